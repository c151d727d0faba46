import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { KumustaError, reasonOf } from "../../basics/errors.ts";
import { isoTime } from "../../basics/time.ts";

const line = z.object({ conversation: z.string() });

/**
 * Which conversations were erased, in a file beside the database: random ids, nothing of anybody. The database cannot
 * keep this for us, as a restored backup does not know of it.
 */
export class ErasureLedger {
  readonly #file: string;

  constructor(dataDir: string) {
    this.#file = join(dataDir, "erasures.jsonl");
  }

  /**
   * On the disk when it returns.
   * @throws KumustaError `store.refused` where it cannot be written, as on a full disk
   */
  add(erasure: string, conversations: readonly string[], at: number): void {
    try {
      this.#append(erasure, conversations, at);
    } catch (thrown) {
      throw new KumustaError("store.refused", [reasonOf(thrown)], { cause: thrown, retryAfterSeconds: 10 });
    }
  }

  #append(erasure: string, conversations: readonly string[], at: number): void {
    const opened = openSync(this.#file, "a", 0o600);
    try {
      // A line that a power failure tore ends here, and spoils none after it.
      const lines = conversations.map((conversation) =>
        JSON.stringify({ erasure, conversation, at: isoTime(at) }),
      );
      // Whole or a throw: one write alone may end early where the disk is nearly full.
      writeFileSync(opened, `\n${lines.join("\n")}\n`);
      fsyncSync(opened);
    } finally {
      closeSync(opened);
    }
  }

  /** Every conversation that was ever erased here. */
  conversations(): string[] {
    if (!existsSync(this.#file)) return [];
    const found = new Set<string>();
    for (const text of readFileSync(this.#file, "utf8").split("\n")) {
      const read = line.safeParse(jsonOf(text));
      if (read.success) found.add(read.data.conversation);
    }
    return [...found];
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
