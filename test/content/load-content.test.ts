import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { faultLine } from "../../src/content/fault.ts";
import { loadContent, requireContent } from "../../src/content/load-content.ts";

const shop = join(import.meta.dirname, "../..");
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kumusta-content-"));
  for (const part of ["intents", "dialogs"])
    cpSync(join(shop, part), join(folder, part), { recursive: true });
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function edit(file: string, from: string | RegExp, to: string): void {
  const path = join(folder, file);
  const before = readFileSync(path, "utf8");
  const after = before.replace(from, to);
  if (after === before) throw new Error(`${file} has no ${String(from)}`);
  writeFileSync(path, after);
}

function faults(): string[] {
  const result = loadContent(folder);
  return "faults" in result ? result.faults.map(faultLine) : [];
}

describe("the maintainer's files", () => {
  it("of the sample shop have no fault", () => {
    expect(faults()).toEqual([]);
  });

  it("give the same version until one of them changes", () => {
    const before = requireContent(folder).version;
    expect(requireContent(folder).version).toBe(before);
    edit("dialogs/payment/methods.yaml", "GCash", "Gcash");
    expect(requireContent(folder).version).not.toBe(before);
  });

  it("report every fault of every file at once, each with its line", () => {
    edit("dialogs/payment/methods.yaml", /fil: /u, "tagalog: ");
    edit("intents/delivery/delivery-time.yaml", "kind: question", "kind: querry");
    edit("dialogs/delivery/order-status.yaml", "next: tell", "next: tel");
    edit("intents/payment/methods.yaml", "dialog: payment.methods", "dialog: payment.method");
    expect(faults().sort()).toEqual([
      expect.stringMatching(/^dialogs\/delivery\/order-status\.yaml:\d+ step tel is not in this flow$/u),
      expect.stringMatching(/^dialogs\/payment\/methods\.yaml:\d+ say/u),
      expect.stringMatching(/^dialogs\/payment\/methods\.yaml:\d+ say/u),
      expect.stringMatching(/^intents\/delivery\/delivery-time\.yaml:4 kind: /u),
      expect.stringMatching(/^intents\/payment\/methods\.yaml:\d+ dialog payment\.method is in no file/u),
    ]);
  });

  it("say which line cannot be read at all", () => {
    edit("dialogs/teams.yaml", "teams:", "teams: [");
    expect(faults()[0]).toMatch(/^dialogs\/teams\.yaml:\d+ /u);
  });

  it("may not use an id twice, nor lie in a folder that is no stage", () => {
    cpSync(join(folder, "intents/payment/methods.yaml"), join(folder, "intents/shipping/methods.yaml"), {
      recursive: true,
    });
    expect(faults()).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          /^intents\/shipping\/methods\.yaml:\d+ intent payment\.methods stands in intents\/payment\/methods\.yaml already/u,
        ),
        expect.stringMatching(
          /^intents\/shipping\/methods\.yaml:\d+ lies in the folder shipping, which is no stage/u,
        ),
      ]),
    );
  });

  it("that are missing are named", () => {
    rmSync(join(folder, "dialogs/shared.yaml"));
    expect(faults()).toEqual(["dialogs/shared.yaml is missing"]);
  });

  it("show a fact of the shop wherever a script names it, and change everywhere when it changes there", () => {
    edit(
      "dialogs/payment/methods.yaml",
      /^say:[^]*/mu,
      `say:
  en: "Cash on delivery up to {fact.codLimit}."
  fil: "Hanggang {fact.codLimit} po ang cash on delivery."
  sms: { en: "COD up to {fact.codLimit}.", fil: "COD hanggang {fact.codLimit}." }
`,
    );
    edit("dialogs/facts.yaml", /codLimit: .*/u, 'codLimit: "₱6,500"');
    const dialog = requireContent(folder).dialogs.get("payment.methods");
    const [wording] = dialog?.type === "script" ? dialog.say.variants : [];
    expect(wording?.text.en).toBe("Cash on delivery up to ₱6,500.");
    // The peso sign would make a text message three times as long.
    expect(wording?.sms?.fil).toBe("COD hanggang P6,500.");
  });

  it("may show no fact that nobody wrote down", () => {
    edit(
      "dialogs/payment/methods.yaml",
      /^say:[^]*/mu,
      `say:
  en: "Up to {fact.codLimt}."
  fil: "Hanggang {fact.codLimt}."
`,
    );
    expect(faults()).toEqual(["dialogs/payment/methods.yaml:4 fact codLimt is not in dialogs/facts.yaml"]);
  });
});
