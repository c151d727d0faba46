import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";

/** Outside of the sources, where a clean checkout has nothing. */
export const keptModel = join(import.meta.dirname, "../node_modules/.cache/kumusta-tests/model-linear");
const modelIn = (dataDir: string) => join(dataDir, "model-linear");

/**
 * Gives a new data folder the model that an earlier start trained: the sample shop takes many seconds to learn, and
 * most tests are not about that. The program itself refuses a model that does not belong to its content or code and
 * trains anew, so an old one can only cost time.
 */
export function giveKeptModel(dataDir: string): void {
  if (!existsSync(keptModel) || !existsSync(dataDir) || existsSync(modelIn(dataDir))) return;
  copyFileSync(keptModel, modelIn(dataDir));
}

/** Keeps what the program trained, if it is another one. */
export function keepModel(dataDir: string): void {
  const model = modelIn(dataDir);
  if (!existsSync(model)) return;
  if (existsSync(keptModel) && readFileSync(keptModel).equals(readFileSync(model))) return;
  mkdirSync(join(keptModel, ".."), { recursive: true });
  const beside = `${keptModel}.${String(process.pid)}`;
  copyFileSync(model, beside);
  renameSync(beside, keptModel);
}
