import { createHash, randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { KumustaError } from "../../basics/errors.ts";
import { newId } from "../../basics/ids.ts";
import { isoTime, type Clock } from "../../basics/time.ts";
import { argument, change, statement } from "../sql/statement.ts";
import type { Store } from "../store.ts";
import type { ErasureLedger } from "./erasure-ledger.ts";
import { Eraser, type Removed } from "./eraser.ts";
import { namedPerson } from "./named-person.ts";
import { PersonFinder, type FoundConversation } from "./person-finder.ts";

/** What an erasure leaves to show: when, by whom, what. Names nobody; whoever knows the contact can check the digest. */
export interface ErasureReceipt {
  readonly erasure: string;
  readonly at: string;
  readonly by: string;
  /** SHA-256, hexadecimal, of the salt and the contact as it was written: `sha256(salt + contact)`. */
  readonly salt: string;
  readonly digest: string;
  readonly removed: Removed;
  /** True when no bytes of it are left in the database's own log; false: not yet, or not known (PostgreSQL). */
  readonly logEmptied: boolean;
}

export interface ErasePersonParts {
  readonly store: Pick<Store, "db" | "driver" | "noteErased" | "emptyLog">;
  readonly ledger: Pick<ErasureLedger, "add" | "conversations">;
  readonly clock: Pick<Clock, "now">;
  /** These conversations are nobody's now: what remembers them forgets them. */
  readonly onErased?: (conversations: readonly FoundConversation[], removed: Removed) => void;
}

/** A reader may need the log for a moment: so often it is tried again, with so many ms between. */
const logTries = 20;
const logPauseMs = 100;

/**
 * Erases one person: every conversation of theirs. The ledger comes first, so that an erasure that is cut short is
 * finished at the next start.
 * @throws KumustaError `person.unknown`, `person.ambiguous`
 */
export async function erasePerson(
  { store, ledger, clock, onErased }: ErasePersonParts,
  contact: string,
  by: string,
): Promise<ErasureReceipt> {
  const person = namedPerson(contact);
  const found = await new PersonFinder(store.db, store.driver).conversationsOfOne(person);
  if (found.length === 0) throw new KumustaError("person.unknown");
  const ids = found.map(({ id }) => id);
  const erasure = newId();
  const at = clock.now();
  ledger.add(erasure, ids, at);
  const removed = await new Eraser(store, clock).erase(ids);
  onErased?.(found, removed);
  const salt = randomBytes(16).toString("hex");
  const digest = createHash("sha256").update(salt).update(person.text).digest("hex");
  const insert = statement(
    store.db.insertInto("erasures").values({
      id: argument<string>("erasure"),
      at: argument<number>("at"),
      by: argument<string>("by"),
      salt: argument<string>("salt"),
      digest: argument<string>("digest"),
      removed: argument<string>("removed"),
    }),
  );
  await store.driver.commit(() =>
    change(insert, { erasure, at, by, salt, digest, removed: JSON.stringify(removed) }),
  );
  return {
    ...{ erasure, at: isoTime(at), by, salt, digest, removed },
    logEmptied: await emptied(store),
  };
}

async function emptied({ emptyLog }: Pick<Store, "emptyLog">): Promise<boolean> {
  if (emptyLog === undefined) return false;
  for (let tries = 0; tries < logTries; tries++) {
    if (await emptyLog()) return true;
    await pause(logPauseMs);
  }
  return false;
}

/**
 * Erases again what a restored backup brought back, and finishes what a crash cut short: before anything is served.
 * @returns how many conversations that were
 */
export async function eraseAgain({ store, ledger, clock }: ErasePersonParts): Promise<number> {
  const eraser = new Eraser(store, clock);
  const known = new Set([...ledger.conversations(), ...(await eraser.unfinished())]);
  const again = await eraser.needErasing([...known]);
  if (again.length === 0) return 0;
  await eraser.erase(again);
  await emptied(store);
  return again.length;
}
