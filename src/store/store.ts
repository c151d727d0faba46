import type { Kysely } from "kysely";
import type { ConversationNews } from "../channels/webchat/ports.ts";
import type { TurnStore } from "../turn/ports.ts";
import type { CountingStore } from "./sql/counting-store.ts";
import type { SqlDriver } from "./sql/driver.ts";
import type { Schema } from "./sql/schema.ts";

/** An open database: the ports on it, and how to close it. */
export interface Store {
  readonly turns: TurnStore;
  /** What reports say, counted from the log. */
  readonly counting: CountingStore;
  /** For repositories of other rooms: builds queries, drives their scripts. */
  readonly db: Kysely<Schema>;
  readonly driver: SqlDriver;
  /**
   * What this process remembers of a conversation is forgotten, and nothing more is accepted in it. Called by the script
   * that erases it, within its transaction.
   */
  noteErased(conversationId: string): void;
  /** What this process remembers of a conversation is read again: the script that calls it changes it by another way. */
  forget(conversationId: string): void;
  /** Empties the engine's own log of what was deleted; false when it cannot just now. Absent where a server keeps it. */
  readonly emptyLog?: () => Promise<boolean>;
  /** What processes on the same database tell each other. Absent where only one may be. */
  readonly news?: ConversationNews;
  /** Writes what still waits and lets go of everything. */
  close(): Promise<void>;
}
