import Sqlite, { type Database } from "better-sqlite3";
import { z } from "zod";

/** Everything the program wrote about its messages, read behind its back. */
export interface Ledger {
  readonly conversations: readonly { id: string; external_id: string; version: number }[];
  readonly intake: readonly {
    conversation_id: string;
    external_id: string;
    id: string;
    type: string;
    status: string;
    turn_id: string | null;
  }[];
  readonly turns: readonly LedgerTurn[];
  readonly outbox: readonly {
    id: string;
    conversation_id: string;
    turn_id: string;
    turn_seq: number;
    n: number;
    kind: string;
    status: string;
  }[];
  readonly timers: readonly { conversation_id: string; name: string; generation: number }[];
  readonly transcript: readonly { conversation_id: string; seq: number; source_id: string }[];
}

export interface LedgerTurn {
  readonly id: string;
  readonly conversation_id: string;
  readonly seq: number;
  readonly trigger: string;
  readonly outcome: string;
  /** External ids of what it handled, in the order in which it understood them. */
  readonly handled: readonly string[];
  readonly text: string;
  /** Scripts of its replies. */
  readonly replies: readonly (string | undefined)[];
  readonly arrivedLate: boolean;
  readonly handedOff: boolean;
}

interface StoredTurn {
  readonly id: string;
  readonly conversation_id: string;
  readonly seq: number;
  readonly trigger: string;
  readonly outcome: string;
  readonly record: string;
}

const storedRecord = z.object({
  activities: z.array(
    z.object({ externalId: z.string(), activity: z.object({ text: z.string().optional() }) }),
  ),
  replies: z.array(z.object({ script: z.string().optional() })),
  arrivedLate: z.boolean(),
  handOff: z.unknown(),
});

function turnOf({ record, ...row }: StoredTurn): LedgerTurn {
  const { activities, replies, arrivedLate, handOff } = storedRecord.parse(JSON.parse(record));
  return {
    ...row,
    handled: activities.map(({ externalId }) => externalId),
    text: activities.map(({ activity }) => activity.text ?? "").join("|"),
    replies: replies.map(({ script }) => script),
    arrivedLate,
    handedOff: handOff !== null,
  };
}

function look<Result>(file: string, reading: (database: Database) => Result): Result {
  const database = new Sqlite(file, { readonly: true });
  try {
    return reading(database);
  } finally {
    database.close();
  }
}

/** Reads the whole database at one instant, read-only: the program may be running on it. */
export function readLedger(file: string): Ledger {
  return look(file, (database) => {
    const all = <Row>(text: string) => database.prepare<[], Row>(text).all();
    return database.transaction(() => ({
      conversations: all<Ledger["conversations"][number]>(
        "select id, external_id, version from conversations",
      ),
      intake: all<Ledger["intake"][number]>(
        "select conversation_id, external_id, id, type, status, turn_id from intake order by id",
      ),
      turns: all<StoredTurn>(
        'select id, conversation_id, seq, "trigger", outcome, record from turns order by conversation_id, seq',
      ).map(turnOf),
      outbox: all<Ledger["outbox"][number]>(
        "select id, conversation_id, turn_id, turn_seq, n, kind, status from outbox order by conversation_id, turn_seq, n",
      ),
      timers: all<Ledger["timers"][number]>("select conversation_id, name, generation from timers"),
      transcript: all<Ledger["transcript"][number]>(
        "select conversation_id, seq, source_id from transcript order by conversation_id, seq",
      ),
    }))();
  });
}

/** Rows that wait for something to happen to them: activities not handled, sends and actions not settled, timers due. */
export function waitingIn(file: string, now: number): { intake: number; outbox: number; timersDue: number } {
  return look(file, (database) => {
    const count = (text: string, ...values: number[]) =>
      database
        .prepare<number[], number>(text)
        .pluck()
        .get(...values) ?? 0;
    return {
      intake: count("select count(*) from intake where status = 'pending'"),
      outbox: count("select count(*) from outbox where status in ('due', 'sending')"),
      timersDue: count("select count(*) from timers where due_at <= ?", now),
    };
  });
}
