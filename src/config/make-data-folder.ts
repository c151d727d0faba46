import { accessSync, constants, mkdirSync } from "node:fs";
import { KumustaError } from "../basics/errors.ts";

/**
 * Makes the data folder, unless it is there, and sees that this user may write in it.
 * @throws KumustaError `data.unwritable`
 */
export function makeDataFolder(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true });
    accessSync(dataDir, constants.W_OK);
  } catch (thrown) {
    throw new KumustaError("data.unwritable", [dataDir], { cause: thrown });
  }
}
