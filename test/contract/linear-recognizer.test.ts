import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "../../src/basics/time.ts";
import { decodeModel } from "../../src/recognition/linear/model-file.ts";
import { openLinearRecognizer } from "../../src/recognition/open-recognizer.ts";
import type { LinearRecognizer } from "../../src/recognition/linear/linear-recognizer.ts";
import { promisesOfARecognizer } from "../recognition/contract.ts";
import { shop } from "../recognition/shop.ts";

let folder: string;
let modelFile: string;
let recognizer: LinearRecognizer;
const steps: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kumusta-model-"));
  modelFile = join(folder, "models", "shop.model");
  recognizer = await openLinearRecognizer({
    trainingSet: shop,
    clock: systemClock,
    modelFile,
    onProgress: (done, total) => steps.push(`${done}/${total}`),
  });
});
afterAll(() => rm(folder, { recursive: true }));

const reopened = async (
  trainingSet = shop,
): Promise<{ trained: boolean; notices: string[]; recognizer: LinearRecognizer }> => {
  const notices: string[] = [];
  const again = await openLinearRecognizer({
    trainingSet,
    clock: systemClock,
    modelFile,
    onNotice: (sentence) => notices.push(sentence),
  });
  return { trained: again.trainSeconds !== null, notices, recognizer: again };
};

describe("the linear recognizer", () => {
  promisesOfARecognizer(() => recognizer);

  it("answers at once, without a promise", () => {
    expect(recognizer.recognize("where is my order", {})).not.toBeInstanceOf(Promise);
  });

  it("finds the intent in spite of a typo", () => {
    expect(recognizer.recognize("how do i chnage my pasword", {}).parts[0]?.candidates[0]?.intent).toBe(
      "reset-password",
    );
  });

  it("reports its progress to the last step", () => {
    const [done, total] = (steps.at(-1) ?? "").split("/");
    expect(steps.length).toBeGreaterThan(5);
    expect(done).toBe(total);
  });
});

describe("the model file", () => {
  it("is used when it was trained from the same lines, and says the same", async () => {
    const { trained, notices, recognizer: again } = await reopened();
    expect({ trained, notices }).toEqual({ trained: false, notices: [] });
    const line = "pwede pa bang i-cancel yung order";
    expect(again.recognize(line, {})).toEqual(recognizer.recognize(line, {}));
  });

  it("leaves nothing half-written beside it", async () => {
    expect(await readdir(join(folder, "models"))).toEqual(["shop.model"]);
  });

  it("tells on its second line what it is", async () => {
    const header: unknown = JSON.parse((await readFile(modelFile)).toString("latin1").split("\n")[1] ?? "");
    expect(header).toMatchObject({
      intents: ["cancel-order", "order-status", "reset-password", "shipping-fee"],
      thresholds: {},
      figures: {},
      features: {},
    });
  });

  it.each<[string, (good: Buffer) => Buffer, RegExp]>([
    ["other bytes", () => Buffer.from("not a model"), /not a model of Kumusta/],
    [
      "an older format",
      (good) => Buffer.from(good.toString("latin1").replace(/model \d+/, "model 0"), "latin1"),
      /format 0.*reads format/,
    ],
    ["a cut-off file", (good) => good.subarray(0, good.length - 100), /cut off/],
    [
      "a changed byte",
      (good) => Buffer.concat([good.subarray(0, -1), Buffer.from([(good.at(-1) ?? 0) ^ 1])]),
      /checksum/,
    ],
    [
      "a broken header",
      (good) => Buffer.from(good.toString("latin1").replace('"intents"', '"intents'), "latin1"),
      /header is damaged/,
    ],
    ["no bytes at all", () => Buffer.alloc(0), /not a model/],
  ])("with %s is refused in a sentence", async (_what, spoil, sentence) => {
    expect(await decodeModel(spoil(await readFile(modelFile)))).toEqual({
      refused: expect.stringMatching(sentence),
    });
  });

  it("that is refused is trained anew, and written again", async () => {
    const good = await readFile(modelFile);
    await writeFile(modelFile, good.subarray(0, good.length - 100));
    const { trained, notices } = await reopened();
    expect({ trained, notices }).toEqual({
      trained: true,
      notices: [expect.stringMatching(/is not used: it is cut off.*Training a new one/)],
    });
    expect((await readFile(modelFile)).equals(good)).toBe(true);
  });

  it("of other content is trained anew", async () => {
    const { trained, notices } = await reopened({
      ...shop,
      utterances: [...shop.utterances, { text: "bye", intent: "goodbye" }],
    });
    expect({ trained, notices }).toEqual({
      trained: true,
      notices: [expect.stringMatching(/other content/)],
    });
  });
});

describe("training", () => {
  const opened = (trainingSet: typeof shop, signal?: AbortSignal): Promise<LinearRecognizer> =>
    openLinearRecognizer({ trainingSet, clock: systemClock, signal });

  it("ends when it is aborted, with the reason", async () => {
    const abort = new AbortController();
    const opening = opened(shop, abort.signal);
    abort.abort(new RangeError("enough"));
    await expect(opening).rejects.toThrow("enough");
  });

  it("refuses to start without any utterance", async () => {
    await expect(opened({ utterances: [] })).rejects.toThrow(/no intent has an utterance/);
  });
});
