import { change, type Script } from "../sql/statement.ts";
import { outboxAtOnce, type EraseStatements } from "./erase-statements.ts";

/**
 * Deletes what a turn sent and asked for. Its rows are numbered from 0: a batch of which none is there comes after the
 * last. One that comes back less than full need not: a reply of it may wait to leave, or be gone, while an action behind
 * it was performed long ago.
 */
export function* deleteOutboxOf(sql: EraseStatements, turnId: string): Script<number> {
  let removed = 0;
  for (let from = 0; ; from += outboxAtOnce) {
    const ids = Array.from({ length: outboxAtOnce }, (_, n): [string, string] => [
      `id${String(n)}`,
      `${turnId}.${String(from + n)}`,
    ]);
    const now = yield* change(sql.outbox, Object.fromEntries(ids));
    removed += now;
    if (now === 0) return removed;
  }
}
