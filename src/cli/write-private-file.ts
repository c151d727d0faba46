import { closeSync, fchmodSync, fstatSync, openSync, writeFileSync } from "node:fs";
import { KumustaError, reasonOf } from "../basics/errors.ts";

/**
 * Writes what customers said for its owner alone (mode 0600), also where a file stood that others could read. Terminals
 * and pipes keep their own modes.
 * @throws KumustaError `output.refused`
 */
export function writePrivateFile(file: string, text: string): void {
  try {
    const opened = openSync(file, "w", 0o600);
    try {
      if (fstatSync(opened).isFile()) fchmodSync(opened, 0o600);
      writeFileSync(opened, text);
    } finally {
      closeSync(opened);
    }
  } catch (thrown) {
    throw new KumustaError("output.refused", [reasonOf(thrown)], { cause: thrown });
  }
}
