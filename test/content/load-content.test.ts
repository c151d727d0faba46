import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { faultLine } from "../../src/content/fault.ts";
import { loadContent, requireContent } from "../../src/content/load-content.ts";
import { ContentReader, readContentFiles } from "../../src/content/read-content-files.ts";
import { makeSmallShop, type SmallShop } from "./small-shop.ts";

const fee = "dialogs/delivery/fee.yaml";
let shop: SmallShop;

beforeEach(() => {
  shop = makeSmallShop();
});
afterEach(() => {
  shop.remove();
});

function faultsOf(folder: string): string[] {
  const result = loadContent(folder);
  return "faults" in result ? result.faults.map(faultLine) : [];
}

describe("the maintainer's files", () => {
  it("of the sample shop have no fault", () => {
    expect(faultsOf(join(import.meta.dirname, "../.."))).toEqual([]);
  });

  it("give the same version until one of them changes", () => {
    const before = requireContent(shop.folder).version;
    expect(requireContent(shop.folder).version).toBe(before);
    shop.edit(fee, "It is", "That is");
    expect(requireContent(shop.folder).version).not.toBe(before);
  });

  it("are parsed again only where their text changed", () => {
    const reader = new ContentReader(shop.folder);
    const parsed = () => new Map(reader.read().files?.dialogs.map((dialog) => [dialog.file, dialog]) ?? []);
    const before = parsed();
    shop.edit(fee, "It is", "That is");
    const after = parsed();
    expect(after.size).toBe(before.size);
    for (const [file, dialog] of after) if (file !== fee) expect(dialog).toBe(before.get(file));
    expect(JSON.stringify(after.get(fee)?.value)).toContain("That is");
    expect(reader.read().version).toBe(readContentFiles(shop.folder).version);
  });

  it("of channels are refused at the start as they are by the check: misspelt, or naming what is not there", () => {
    const file = "dialogs/channels.yaml";
    shop.write(file, "messanger: {}\n");
    expect(faultsOf(shop.folder)).toEqual([expect.stringMatching(/^dialogs\/channels\.yaml:1 .*messanger/u)]);
    shop.write(
      file,
      "messenger: { profile: { greeting: { en: Hi, fil: Uy }, getStarted: delivery.fees } }\n",
    );
    expect(faultsOf(shop.folder)).toEqual([
      expect.stringMatching(/channels\.yaml:1 no intent is called “delivery\.fees”/u),
    ]);
    shop.write(file, "messenger: { pages: [] }\n");
    expect(faultsOf(shop.folder)).toEqual([]);
  });

  it("say which line cannot be read at all", () => {
    shop.edit("dialogs/teams.yaml", "teams:", "teams: [");
    expect(faultsOf(shop.folder)[0]).toMatch(/^dialogs\/teams\.yaml:\d+ /u);
  });

  it("may not use an id twice, nor lie in a folder that is no stage", () => {
    cpSync(join(shop.folder, "intents/payment/cod.yaml"), join(shop.folder, "intents/shipping/cod.yaml"), {
      recursive: true,
    });
    expect(faultsOf(shop.folder)).toEqual([
      expect.stringMatching(
        /^intents\/shipping\/cod\.yaml:1 intent payment\.cod stands in intents\/payment\/cod\.yaml already/u,
      ),
      expect.stringMatching(
        /^intents\/shipping\/cod\.yaml:1 lies in the folder shipping, which is no stage/u,
      ),
    ]);
  });

  it("that are missing are named", () => {
    rmSync(join(shop.folder, "dialogs/shared.yaml"));
    expect(faultsOf(shop.folder)).toEqual([expect.stringMatching(/^dialogs\/shared\.yaml is missing: /u)]);
  });

  it("need no actions where no flow calls any", () => {
    rmSync(join(shop.folder, "dialogs/actions.yaml"));
    expect(faultsOf(shop.folder)).toEqual(
      expect.arrayContaining([
        expect.stringContaining("action orders.status is not in dialogs/actions.yaml"),
      ]),
    );
    rmSync(join(shop.folder, "dialogs/delivery/status.yaml"));
    shop.edit("intents/delivery/status.yaml", "dialog: delivery.status", "dialog: delivery.fee");
    expect(faultsOf(shop.folder)).toEqual([]);
  });

  it("show a fact of the shop wherever a script names it, and change everywhere when it changes there", () => {
    shop.edit("dialogs/facts.yaml", "₱85", "₱95");
    const dialog = requireContent(shop.folder).dialogs.get("delivery.fee");
    const [wording] = dialog?.type === "script" ? dialog.say.variants : [];
    expect(wording?.text.en).toBe("It is ₱95.");
    // The peso sign would make a text message three times as long.
    expect(wording?.sms?.fil).toBe("P95 po.");
  });
});
