import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ErasureLedger } from "../../../src/store/privacy/erasure-ledger.ts";

describe("the list of who was erased", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "kumusta-ledger-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("keeps each conversation once, also behind a line that a power failure tore", () => {
    const ledger = new ErasureLedger(folder);
    expect(ledger.conversations()).toEqual([]);
    ledger.add("e1", ["ana", "ben"], 0);
    appendFileSync(join(folder, "erasures.jsonl"), '{"erasure":"e2","conver');
    ledger.add("e3", ["carla", "ana"], 0);
    expect(new ErasureLedger(folder).conversations()).toEqual(["ana", "ben", "carla"]);
  });

  it("says that it is worth another try where it cannot be written", () => {
    mkdirSync(join(folder, "erasures.jsonl"));
    expect(() => {
      new ErasureLedger(folder).add("e1", ["ana"], 0);
    }).toThrow(expect.objectContaining({ code: "store.refused" }));
  });
});
