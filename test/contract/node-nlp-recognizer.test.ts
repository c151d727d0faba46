import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "../../src/basics/time.ts";
import { openRecognizer } from "../../src/recognition/open-recognizer.ts";
import type { TrainedRecognizer } from "../../src/recognition/trained-recognizer.ts";
import { promisesOfARecognizer } from "../recognition/contract.ts";
import { shop } from "../recognition/shop.ts";

let folder: string;
let modelFile: string;
let recognizer: TrainedRecognizer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kumusta-node-nlp-"));
  modelFile = join(folder, "shop.model");
  recognizer = await openRecognizer("node-nlp", { trainingSet: shop, clock: systemClock, modelFile });
}, 30_000);
afterAll(async () => {
  await recognizer.close();
  await rm(folder, { recursive: true });
});

describe("node-nlp behind our port", () => {
  promisesOfARecognizer(() => recognizer);

  it("is loaded from its file, and says the same", async () => {
    const again = await openRecognizer("node-nlp", { trainingSet: shop, clock: systemClock, modelFile });
    try {
      expect(again.trainSeconds).toBeNull();
      expect(await again.recognize("where is my order", {})).toEqual(
        await recognizer.recognize("where is my order", {}),
      );
    } finally {
      await again.close();
    }
  });

  it("is trained anew when its file is damaged, and says so", async () => {
    const notices: string[] = [];
    await writeFile(modelFile, "not a model");
    const again = await openRecognizer("node-nlp", {
      trainingSet: shop,
      clock: systemClock,
      modelFile,
      onNotice: (sentence) => notices.push(sentence),
    });
    await again.close();
    expect(again.trainSeconds).not.toBeNull();
    expect(notices).toEqual([expect.stringMatching(/is not used: it is damaged.*Training a new one/)]);
  });

  it("writes no file of its own into the working directory", async () => {
    const { access } = await import("node:fs/promises");
    await expect(access("model.nlp")).rejects.toThrow("ENOENT");
  });
});
