import { entityFinder } from "../../src/recognition/entities/entity-finder.ts";
import { utteranceLanguage } from "../../src/recognition/language/utterance-language.ts";
import { LinearRecognizer } from "../../src/recognition/linear/linear-recognizer.ts";
import { decodeModel, encodeModel } from "../../src/recognition/linear/model-file.ts";
import { trainLinear } from "../../src/recognition/linear/train.ts";
import { defaultSettings } from "../../src/recognition/linear/training-settings.ts";
import type { TrainingSet } from "../../src/recognition/training-set.ts";
import { shop } from "./shop.ts";

/** The recognizer of the small shop, trained on this thread: starting a worker costs more than training it. */
export async function shopRecognizer(trainingSet: TrainingSet = shop): Promise<LinearRecognizer> {
  const model = trainLinear(
    trainingSet,
    { ...defaultSettings, hidden: { few: [64], some: [64], many: [64] } },
    () => undefined,
  );
  const file = encodeModel(model, {
    contentHash: "shop",
    settings: "{}",
    figures: model.figures,
  });
  const stored = await decodeModel(file);
  if ("refused" in stored) throw new TypeError(stored.refused);
  const parts = { findEntities: entityFinder({ now: () => 0 }), languageOf: utteranceLanguage };
  return new LinearRecognizer(stored, parts, {
    file,
    trainSeconds: null,
    traits: trainingSet.intents,
  });
}
