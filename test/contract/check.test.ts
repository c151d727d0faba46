import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { makeSmallShop, type SmallShop } from "../content/small-shop.ts";

const root = join(import.meta.dirname, "../..");
const report = z.object({
  version: z.string(),
  faults: z.number(),
  warnings: z.number(),
  findings: z.array(
    z.object({
      severity: z.enum(["fault", "warning"]),
      kind: z.string(),
      file: z.string(),
      line: z.number(),
      message: z.string().min(1),
      mend: z.string().min(1),
      harm: z.string().min(1),
    }),
  ),
});
let shop: SmallShop;

beforeEach(() => {
  shop = makeSmallShop();
});
afterEach(() => {
  shop.remove();
});

/** `kumusta check` as a person runs it. */
function run(...args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ["bin/kumusta.js", "check", ...args],
      { cwd: root },
      (thrown, stdout, stderr) => {
        resolve({ code: typeof thrown?.code === "number" ? thrown.code : 0, stdout, stderr });
      },
    );
  });
}

describe("what shows only by training", () => {
  const feeLines = [
    ...["shipping fee to davao", "how much shipping to baguio", "magkano shipping fee", "shipping cost po"],
    ...["fee for shipping two boxes", "is shipping fee free", "shipping fee cebu", "hm shipping fee iloilo"],
  ];
  const codLines = [
    "cash payment ok",
    "pay cash to rider",
    "cash lang po",
    "bayad cash sa rider",
    "cash po pwede",
  ];
  const learn = (file: string, lines: readonly string[]) => {
    shop.edit(file, "  en:\n", `  en:\n${lines.map((line) => `    - "${line}"\n`).join("")}`);
  };
  // One training for all of it: it takes many seconds.
  it("is a line nearer to another intent than to its own, and a counterexample that is taken for its intent", async () => {
    learn("intents/delivery/fee.yaml", feeLines);
    learn("intents/payment/cod.yaml", [...codLines, "what is the shipping fee to bohol"]);
    shop.edit(
      "intents/delivery/fee.yaml",
      "tests:",
      'counterexamples: { en: ["how much is the shipping fee to davao", "cash payment to the rider"], fil: [] }\ntests:',
    );
    const { code, stdout } = await run("--dir", shop.folder, "--json");
    expect(code).toBe(0);
    const { findings } = report.parse(JSON.parse(stdout));
    expect(findings.filter(({ kind }) => kind === "lines.misread")).toContainEqual(
      expect.objectContaining({
        file: "intents/payment/cod.yaml",
        line: 12,
        message: expect.stringMatching(
          /^“what is the shipping fee to bohol” is nearer to delivery\.fee \(\d+ %\) than to its own payment\.cod \(\d+ %\)/u,
        ),
      }),
    );
    const taken = findings.filter(({ kind }) => kind === "counterexample.taken");
    expect(taken.map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /^counterexample “how much is the shipping fee to davao” is recognized as delivery\.fee/u,
      ),
    ]);
  });
});

describe("kumusta check", () => {
  it("ends with 0 on warnings, with 1 when they are taken strictly, and prints one JSON object", async () => {
    const { code, stdout } = await run("--dir", shop.folder, "--json", "--quick");
    expect(code).toBe(0);
    const { faults, warnings, findings } = report.parse(JSON.parse(stdout));
    expect({ faults, warnings }).toEqual({ faults: 0, warnings: findings.length });
    expect(warnings).toBeGreaterThan(0);
    expect((await run("--dir", shop.folder, "--quick", "--strict")).code).toBe(1);
  });

  it("ends with 1 on a fault, and says where it is and how to mend it", async () => {
    shop.edit("dialogs/delivery/fee.yaml", "It is {fact.fee}", "It is {fact.fees}");
    const { code, stdout } = await run("--dir", shop.folder, "--quick");
    expect(code).toBe(1);
    expect(stdout).toContain("dialogs/delivery/fee.yaml:3 fact fees is not in dialogs/facts.yaml");
    expect(stdout).toContain("→ did you mean fee?");
  });

  it("ends with 2 where there is no content, and says which folder it looked in", async () => {
    const empty = mkdtempSync(join(tmpdir(), "kumusta-empty-"));
    mkdirSync(join(empty, "other"));
    const { code, stderr } = await run("--dir", empty);
    rmSync(empty, { recursive: true });
    expect(code).toBe(2);
    expect(stderr).toContain(empty);
    expect((await run("--no-such-option")).code).toBe(2);
  });
});
