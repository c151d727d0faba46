import { change, type Script } from "../sql/statement.ts";
import { outboxAtOnce, type EraseStatements } from "./erase-statements.ts";

/**
 * Deletes what a turn sent and asked for. Its rows are numbered from 0 without a hole: the first batch that comes back
 * less than full was the last. Retention may have taken the first ones of a batch, never all of it and not the next.
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
    if (now < outboxAtOnce) return removed;
  }
}
