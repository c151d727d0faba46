import { afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { systemClock } from "../../src/basics/time.ts";
import { openLinearRecognizer } from "../../src/recognition/open-recognizer.ts";
import { LivePair } from "../../src/workbench/live-pair.ts";
import { trainingSetOf } from "../../src/workbench/training-set-of.ts";
import { makeSmallShop, type SmallShop } from "../content/small-shop.ts";
import { waitUntil } from "../wait-until.ts";

const fee = "dialogs/delivery/fee.yaml";
/** Training included, on a busy machine. */
const limitMs = 60_000;
let shop: SmallShop;
let live: LivePair;
let heard: { live: string[]; refused: string[]; notices: string[] };
let modelFile: string;

const open = () =>
  LivePair.open({
    contentDir: shop.folder,
    recognizer: "linear",
    modelFile,
    clock: systemClock,
    onNotice: (sentence) => heard.notices.push(sentence),
    onLive: (version) => heard.live.push(version),
    onRefused: (faults) => heard.refused.push(...faults),
  });

/** Each test's shop is the same before its edits: one training serves all. */
let trained: Buffer;
beforeAll(async () => {
  shop = makeSmallShop();
  modelFile = join(shop.folder, "model");
  heard = { live: [], refused: [], notices: [] };
  await (await open()).close();
  trained = readFileSync(modelFile);
  shop.remove();
});
beforeEach(async () => {
  shop = makeSmallShop();
  modelFile = join(shop.folder, "model");
  writeFileSync(modelFile, trained);
  heard = { live: [], refused: [], notices: [] };
  live = await open();
  live.watch();
});
afterEach(async () => {
  await live.close();
  shop.remove();
});

function answer(): string {
  const dialog = live.current.content.dialogs.get("delivery.fee");
  return dialog?.type === "script" ? (dialog.say.variants[0]?.text.en ?? "") : "";
}

async function confidence(line: string, intent: string): Promise<number> {
  const { parts } = await live.current.recognizer.recognize(line, {});
  return parts[0]?.candidates.find((one) => one.intent === intent)?.confidence ?? 0;
}

async function version(recognizer: LivePair["current"]["recognizer"]): Promise<string> {
  return (await recognizer.recognize("hello", {})).modelVersion;
}

const wholly = () =>
  waitUntil("the whole training is over", () => !live.state.pending && !live.state.learning, limitMs);

const buffalo = ["pabitbit kalabaw", "pabitbit ng kalabaw po", "pwede po ba pabitbit kalabaw"]
  .map((line) => `    - "${line}"\n`)
  .join("");
function teachBuffalo(): void {
  shop.edit("intents/payment/cod.yaml", "  fil:\n", `  fil:\n${buffalo}`);
}

describe("a maintainer who saves a file while the program runs", () => {
  it("sees the new text live at once, with the model that was trained on the same lines", async () => {
    const before = live.current;
    shop.edit(fee, "It is", "Pay");
    await waitUntil("the edit is live", () => heard.live.length > 0, limitMs);
    expect(answer()).toMatch(/^Pay ₱85/u);
    expect(heard.live).toEqual([live.current.content.version]);
    expect(live.current.recognizer).toBe(before.recognizer);
    expect(live.state).toMatchObject({ pending: false, learning: false });
  });

  it("teaches it a new line, which it answers before the whole training is over", async () => {
    expect(await confidence("pabitbit kalabaw", "payment.cod")).toBeLessThan(0.3);
    teachBuffalo();
    await waitUntil("the edit is live", () => heard.live.length > 0, limitMs);
    await waitUntil("the rest is being learnt", () => live.state.learning, limitMs);
    const quick = live.current;
    expect(await confidence("pabitbit kalabaw", "payment.cod")).toBeGreaterThan(0.5);
    expect(await confidence("how much is shipping", "delivery.fee")).toBeGreaterThan(0.5);
    expect(live.state).toEqual({
      version: quick.content.version,
      liveSince: expect.any(Number),
      pending: false,
      learning: true,
    });
    const { liveSince } = live.state;
    await wholly();
    expect(live.current.content).toBe(quick.content);
    expect(live.current.recognizer).not.toBe(quick.recognizer);
    expect(await confidence("pabitbit kalabaw", "payment.cod")).toBeGreaterThan(0.5);
    // The same version: it has been live since then, and nobody is told again.
    expect(live.state.liveSince).toBe(liveSince);
    expect(heard.live).toEqual([quick.content.version]);
  });

  it("gets the same quick model of the same edit, whatever was edited between", async () => {
    const before = readFileSync(join(shop.folder, "intents/payment/cod.yaml"), "utf8");
    teachBuffalo();
    await waitUntil("the first edit is live", () => heard.live.length === 1, limitMs);
    const first = live.current.recognizer;
    shop.write("intents/payment/cod.yaml", before.replace("  fil:\n", '  fil:\n    - "kahit ano"\n'));
    await waitUntil("the second edit is live", () => heard.live.length === 2, limitMs);
    expect(await confidence("pabitbit kalabaw", "payment.cod")).toBeLessThan(0.5);
    shop.write("intents/payment/cod.yaml", before);
    teachBuffalo();
    await waitUntil("the first one is live again", () => heard.live.length >= 3, limitMs);
    expect(live.current.recognizer).not.toBe(first);
    expect(await version(live.current.recognizer)).toBe(await version(first));
  });

  it("serves the newest of two edits in a row, and gives the training for the older one up", async () => {
    teachBuffalo();
    await waitUntil("the first edit is live", () => heard.live.length === 1, limitMs);
    shop.edit(
      "intents/delivery/fee.yaml",
      "  fil:\n",
      '  fil:\n    - "sakay ng bangka"\n    - "sakay po ng bangka"\n',
    );
    await waitUntil("the second edit is live", () => heard.live.length === 2, limitMs);
    expect(await confidence("pabitbit kalabaw", "payment.cod")).toBeGreaterThan(0.5);
    expect(await confidence("sakay ng bangka", "delivery.fee")).toBeGreaterThan(0.5);
    await wholly();
    expect(await confidence("pabitbit kalabaw", "payment.cod")).toBeGreaterThan(0.5);
    expect(await confidence("sakay ng bangka", "delivery.fee")).toBeGreaterThan(0.5);
    expect(live.current.content.version).toBe(heard.live[1]);
    expect(heard.refused).toEqual([]);
  });

  it("goes on learning while words of dialogs are edited, and ends with both", async () => {
    teachBuffalo();
    await waitUntil("the first edit is live", () => heard.live.length === 1, limitMs);
    const quick = live.current.recognizer;
    shop.edit(fee, "It is", "Pay");
    await waitUntil("the words are live", () => heard.live.length === 2, limitMs);
    expect(live.current.recognizer).toBe(quick);
    await wholly();
    expect(answer()).toMatch(/^Pay ₱85/u);
    expect(live.current.recognizer).not.toBe(quick);
    expect(await confidence("pabitbit kalabaw", "payment.cod")).toBeGreaterThan(0.5);
  });

  it("has what it had before, trained whole, once an edit of utterances is undone", async () => {
    const before = live.current;
    teachBuffalo();
    await waitUntil("the edit is live", () => heard.live.length === 1, limitMs);
    shop.edit("intents/payment/cod.yaml", buffalo, "");
    await waitUntil("it is undone", () => heard.live.length === 2, limitMs);
    expect(live.current.recognizer).toBe(before.recognizer);
    expect(live.state).toMatchObject({ version: before.content.version, pending: false, learning: false });
  });

  it("keeps no quick model: a start before the whole training is over trains whole", async () => {
    teachBuffalo();
    await waitUntil("the edit is live", () => heard.live.length > 0, limitMs);
    const quick = await version(live.current.recognizer);
    await live.close();
    expect(readFileSync(modelFile)).toEqual(trained);
    live = await open();
    expect(live.state.learning).toBe(false);
    expect(await version(live.current.recognizer)).not.toBe(quick);
    expect(await confidence("pabitbit kalabaw", "payment.cod")).toBeGreaterThan(0.5);
    expect(heard.notices).toContainEqual(expect.stringContaining("it was trained from other content"));
  });

  it("trains whole at once where most of it is new", async () => {
    const lines = Array.from(
      { length: 12 },
      (_, i) => `    - "gift card number ${"abcdefghijkl".charAt(i)} please"\n`,
    );
    shop.edit("intents/payment/cod.yaml", "  en:\n", `  en:\n${lines.join("")}`);
    await waitUntil("the edit is live", () => heard.live.length > 0, limitMs);
    expect(live.state.learning).toBe(false);
    const again = await openLinearRecognizer({
      trainingSet: trainingSetOf(live.current.content),
      clock: systemClock,
      modelFile,
    });
    expect(await version(live.current.recognizer)).toBe(again.modelVersion);
  });

  it("changes nothing by a faulty edit, is told its line, and goes on once it is mended", async () => {
    const before = live.current;
    shop.edit(fee, "  en:", "  english:");
    await waitUntil("the edit is refused", () => heard.refused.length > 0, limitMs);
    expect(heard.refused[0]).toMatch(/^dialogs\/delivery\/fee\.yaml:\d+ say/u);
    expect(live.current).toBe(before);
    expect(live.state).toMatchObject({
      version: before.content.version,
      pending: false,
      learning: false,
      refused: { faults: heard.refused },
    });
    shop.edit(fee, "  english:", "  en:");
    shop.edit(fee, "It is", "Now");
    await waitUntil("the mended edit is live", () => heard.live.length > 0, limitMs);
    expect(answer()).toMatch(/^Now ₱85/u);
    expect(live.state).toEqual({
      version: live.current.content.version,
      liveSince: expect.any(Number),
      pending: false,
      learning: false,
    });
  });

  it("is told of a fault in the accounts of channels, which the next start would refuse", async () => {
    const before = live.current;
    shop.write("dialogs/channels.yaml", "messanger: {}\n");
    await waitUntil("the edit is refused", () => heard.refused.length > 0, limitMs);
    expect(heard.refused).toEqual([expect.stringMatching(/^dialogs\/channels\.yaml:1 /u)]);
    expect(live.current).toBe(before);
  });

  it("is told nothing any more of a faulty edit that was undone", async () => {
    const { version, liveSince } = live.state;
    shop.edit(fee, "  en:", "  english:");
    await waitUntil("the edit is refused", () => live.state.refused !== undefined, limitMs);
    shop.edit(fee, "  english:", "  en:");
    await waitUntil("nothing is wrong any more", () => live.state.refused === undefined, limitMs);
    expect(live.state).toEqual({ version, liveSince, pending: false, learning: false });
  });

  describe("however a file is saved", () => {
    const at = (file: string) => join(shop.folder, file);
    const says = (words: string) => waitUntil(`it says ${words}`, () => answer().startsWith(words), limitMs);

    it("takes a file that is replaced by another, each time, and then one that is written in place", async () => {
      for (const [from, to] of [
        ["It is", "One"],
        ["One", "Two"],
        ["Two", "Three"],
      ] as const) {
        // As vim, sed -i and git do: a new file under another name, moved over the old one.
        writeFileSync(at(`${fee}.new`), readFileSync(at(fee), "utf8").replace(from, to));
        renameSync(at(`${fee}.new`), at(fee));
        await says(to);
      }
      shop.edit(fee, "Three", "Four");
      await says("Four");
    });

    it("takes files of a folder that came later, and of one that was replaced", async () => {
      mkdirSync(at("dialogs/new/inner"), { recursive: true });
      renameSync(at(fee), at("dialogs/new/inner/fee.yaml"));
      shop.edit("dialogs/new/inner/fee.yaml", "It is", "One");
      await says("One");
      shop.edit("dialogs/new/inner/fee.yaml", "One", "Two");
      await says("Two");
      // As when git changes branches: the whole folder goes, and another comes under its name.
      cpSync(at("dialogs"), at("other"), { recursive: true });
      rmSync(at("dialogs"), { recursive: true });
      renameSync(at("other"), at("dialogs"));
      shop.edit("dialogs/new/inner/fee.yaml", "Two", "Three");
      await says("Three");
      shop.edit("dialogs/new/inner/fee.yaml", "Three", "Four");
      await says("Four");
    });
  });
});
