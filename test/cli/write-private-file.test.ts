import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writePrivateFile } from "../../src/cli/write-private-file.ts";

const modeOf = (file: string) => statSync(file).mode & 0o777;

describe("a file with customers' words", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "kumusta-private-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("is for its owner alone, also in the place of one that everybody could read", () => {
    const file = join(folder, "report.html");
    writePrivateFile(file, "one");
    expect(modeOf(file)).toBe(0o600);
    writeFileSync(file, "a longer one from before");
    chmodSync(file, 0o644);
    writePrivateFile(file, "two");
    expect([modeOf(file), readFileSync(file, "utf8")]).toEqual([0o600, "two"]);
  });

  it("is refused with the reason where it cannot be", () => {
    for (const file of [folder, join(folder, "no", "report.html")])
      expect(() => {
        writePrivateFile(file, "one");
      }).toThrow(expect.objectContaining({ code: "output.refused" }));
  });
});
