import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { systemClock } from "../../src/basics/time.ts";
import { LivePair } from "../../src/workbench/live-pair.ts";
import { makeSmallShop, type SmallShop } from "../content/small-shop.ts";
import { waitUntil } from "../wait-until.ts";

const fee = "dialogs/delivery/fee.yaml";
/** Training included, on a busy machine. */
const limitMs = 60_000;
let shop: SmallShop;
let live: LivePair;
let heard: { live: string[]; refused: string[] };

beforeEach(async () => {
  shop = makeSmallShop();
  heard = { live: [], refused: [] };
  live = await LivePair.open({
    contentDir: shop.folder,
    recognizer: "linear",
    modelFile: undefined,
    clock: systemClock,
    onNotice: () => undefined,
    onLive: (version) => heard.live.push(version),
    onRefused: (faults) => heard.refused.push(...faults),
  });
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

describe("a maintainer who saves a file while the program runs", () => {
  it("sees the new text live, with a model trained on the same content", async () => {
    const before = live.current;
    shop.edit(fee, "It is", "Pay");
    await waitUntil("the edit is live", () => heard.live.length > 0, limitMs);
    expect(answer()).toMatch(/^Pay ₱85/u);
    expect(heard.live).toEqual([live.current.content.version]);
    expect(live.current.recognizer).not.toBe(before.recognizer);
  });

  it("teaches it a new line", async () => {
    const confidence = async () => {
      const { parts } = await live.current.recognizer.recognize("pabitbit kalabaw", {});
      return parts[0]?.candidates.find(({ intent }) => intent === "payment.cod")?.confidence ?? 0;
    };
    const before = await confidence();
    shop.edit(
      "intents/payment/cod.yaml",
      "  fil:\n",
      '  fil:\n    - "pabitbit kalabaw"\n    - "pabitbit ng kalabaw po"\n    - "pwede po ba pabitbit kalabaw"\n',
    );
    await waitUntil("the edit is live", () => heard.live.length > 0, limitMs);
    expect(before).toBeLessThan(0.3);
    expect(await confidence()).toBeGreaterThan(0.5);
  });

  it("changes nothing by a faulty edit, is told its line, and goes on once it is mended", async () => {
    const before = live.current;
    shop.edit(fee, "  en:", "  english:");
    await waitUntil("the edit is refused", () => heard.refused.length > 0, limitMs);
    expect(heard.refused[0]).toMatch(/^dialogs\/delivery\/fee\.yaml:\d+ say/u);
    expect(live.current).toBe(before);
    expect(live.state).toMatchObject({
      version: before.content.version,
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
    expect(live.state).toEqual({ version, liveSince, learning: false });
  });
});
