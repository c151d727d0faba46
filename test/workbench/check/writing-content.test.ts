import { describe, expect, it } from "@jest/globals";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { faultLine } from "../../../src/content/fault.ts";
import { check } from "../../../src/workbench/check/check.ts";

const root = join(import.meta.dirname, "../../..");
const page = readFileSync(join(root, "docs/writing-content.md"), "utf8");

/** The blocks that the page tells to copy, by the file that they go into. */
function blocks(mark: string): Map<string, string> {
  const found = page.matchAll(new RegExp(`<!-- ${mark}: (\\S+) -->\\n\`\`\`yaml\\n([^]*?)\`\`\``, "gu"));
  return new Map([...found].map(([, file = "", text = ""]) => [file, text]));
}

describe("whoever follows docs/writing-content.md to the letter", () => {
  it("has an answer with which nothing is wrong", async () => {
    const folder = mkdtempSync(join(tmpdir(), "kumusta-page-"));
    try {
      for (const part of ["intents", "dialogs"])
        cpSync(join(root, part), join(folder, part), { recursive: true });
      const whole = blocks("file");
      expect([...whole.keys()]).toEqual(["intents/payment/gift-card.yaml", "dialogs/payment/gift-card.yaml"]);
      for (const [file, text] of whole) writeFileSync(join(folder, file), text);
      for (const [file, text] of blocks("add to")) {
        const before = readFileSync(join(folder, file), "utf8");
        expect(before).toContain("# Payment\n");
        writeFileSync(join(folder, file), before.replace("# Payment\n", `# Payment\n${text}`));
      }
      const { findings } = await check(folder, {});
      const own = findings.map(faultLine).filter((line) => line.includes("gift-card"));
      expect(own).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
