import type { Kysely } from "kysely";
import type { TurnStore } from "../turn/ports.ts";
import type { SqlDriver } from "./sql/driver.ts";
import type { Schema } from "./sql/schema.ts";

/** An open database: the ports on it, and how to close it. */
export interface Store {
  readonly turns: TurnStore;
  /** For repositories of other rooms: builds queries, drives their scripts. */
  readonly db: Kysely<Schema>;
  readonly driver: SqlDriver;
  /** Writes what still waits and lets go of everything. */
  close(): Promise<void>;
}
