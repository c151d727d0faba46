import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { KumustaError } from "../basics/errors.ts";
import { newKey } from "../basics/ids.ts";

/**
 * A secret that the program needs and nobody set: made once, kept in a file that only this user can read.
 * @throws KumustaError `data.unwritable`
 */
export function keptSecret(dataDir: string, name: string): string {
  const file = join(dataDir, name);
  try {
    mkdirSync(dataDir, { recursive: true });
    // `wx` lets the file system arbitrate between two processes that start at once.
    writeFileSync(file, `${newKey()}\n`, { mode: 0o600, flag: "wx" });
  } catch (thrown) {
    const exists = thrown instanceof Error && "code" in thrown && thrown.code === "EEXIST";
    if (!exists) throw new KumustaError("data.unwritable", [dataDir], { cause: thrown });
  }
  chmodSync(file, 0o600);
  return readFileSync(file, "utf8").trim();
}
