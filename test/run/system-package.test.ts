import { afterAll, describe, expect, it } from "@jest/globals";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { canInstall, findProgram, installCommand } from "./system-package.ts";

describe("a system package", () => {
  const folder = mkdtempSync(join(tmpdir(), "kumusta-programs-"));
  writeFileSync(join(folder, "apt-get"), "#!/bin/sh\n", { mode: 0o755 });
  writeFileSync(join(folder, "readme"), "", { mode: 0o644 });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("is found where its program can be run", () => {
    expect(findProgram("apt-get", `/nowhere:${folder}`)).toBe(join(folder, "apt-get"));
    expect(findProgram("readme", folder)).toBeUndefined();
    expect(findProgram("chromium", folder)).toBeUndefined();
  });

  it("is installed only by root where apt-get is", () => {
    expect(canInstall(0, folder)).toBe(true);
    expect(canInstall(1000, folder)).toBe(false);
    expect(canInstall(0, "/nowhere")).toBe(false);
  });

  it("has one command that installs it by hand", () => {
    expect(installCommand({ program: "chromium", aptPackage: "chromium" })).toBe(
      "apt-get update && apt-get install -y --no-install-recommends chromium",
    );
  });
});
