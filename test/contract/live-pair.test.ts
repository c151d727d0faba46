import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "../../src/basics/time.ts";
import { LivePair } from "../../src/workbench/live-pair.ts";
import { waitUntil } from "../wait-until.ts";

const shop = join(import.meta.dirname, "../..");
const methods = "dialogs/payment/methods.yaml";
let folder: string;
let live: LivePair;
let heard: { live: string[]; refused: string[] };

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "kumusta-live-"));
  for (const part of ["intents", "dialogs"])
    cpSync(join(shop, part), join(folder, part), { recursive: true });
  heard = { live: [], refused: [] };
  live = await LivePair.open({
    contentDir: folder,
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
  rmSync(folder, { recursive: true });
});

function edit(file: string, from: string, to: string): void {
  const path = join(folder, file);
  writeFileSync(path, readFileSync(path, "utf8").replace(from, to));
}

function answer(): string {
  const dialog = live.current.content.dialogs.get("payment.methods");
  return dialog?.type === "script" ? (dialog.say.variants[0]?.text.en ?? "") : "";
}

describe("a maintainer who saves a file while the program runs", () => {
  it("sees the new text live, with a model trained on the same content", async () => {
    const before = live.current;
    edit(methods, "You can pay by GCash", "Pay by GCash");
    await waitUntil("the edit is live", () => heard.live.length > 0);
    expect(answer()).toMatch(/^Pay by GCash/u);
    expect(heard.live).toEqual([live.current.content.version]);
    expect(live.current.recognizer).not.toBe(before.recognizer);
  });

  it("teaches it a new line", async () => {
    const confidence = async () => {
      const { parts } = await live.current.recognizer.recognize("pabitbit kalabaw", {});
      return parts[0]?.candidates.find(({ intent }) => intent === "payment.methods")?.confidence ?? 0;
    };
    const before = await confidence();
    edit(
      "intents/payment/methods.yaml",
      "  fil:\n",
      '  fil:\n    - "pabitbit kalabaw"\n    - "pabitbit ng kalabaw po"\n    - "pwede po ba pabitbit kalabaw"\n',
    );
    await waitUntil("the edit is live", () => heard.live.length > 0);
    expect(before).toBeLessThan(0.3);
    expect(await confidence()).toBeGreaterThan(0.5);
  });

  it("changes nothing by a faulty edit, is told its line, and goes on once it is mended", async () => {
    const before = live.current;
    edit(methods, "  en:", "  english:");
    await waitUntil("the edit is refused", () => heard.refused.length > 0);
    expect(heard.refused[0]).toMatch(/^dialogs\/payment\/methods\.yaml:\d+ say/u);
    expect(live.current).toBe(before);
    edit(methods, "  english:", "  en:");
    edit(methods, "You can pay by GCash", "Now by GCash");
    await waitUntil("the mended edit is live", () => heard.live.length > 0);
    expect(answer()).toMatch(/^Now by GCash/u);
  });
});
