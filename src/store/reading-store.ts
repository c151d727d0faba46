import type { Kysely } from "kysely";
import type { SqlDriver } from "./sql/driver.ts";
import type { Schema } from "./sql/schema.ts";

/** A database opened beside whoever serves it: nothing can be written through it, and nobody is held up. */
export interface ReadingStore {
  /** Builds queries; run them by the driver. */
  readonly db: Kysely<Schema>;
  readonly driver: Pick<SqlDriver, "readApart">;
  close(): Promise<void>;
}
