import type { Kysely } from "kysely";
import { Migrator } from "kysely/migration";
import { KumustaError } from "../../basics/errors.ts";
import type { Schema } from "../sql/schema.ts";
import { migrations } from "./migrations.ts";

/**
 * Brings the database to this version.
 * @throws KumustaError `store.newer` when it holds migrations that this version does not know: writing to it
 * could destroy what the newer version keeps there.
 */
export async function migrate(db: Kysely<Schema>): Promise<void> {
  const applied = await appliedMigrations(db);
  const unknown = applied.filter((name) => !(name in migrations));
  if (unknown.length > 0) throw new KumustaError("store.newer", unknown);
  // Kysely's migrator reads the whole catalogue several times before it finds that there is nothing to do.
  if (Object.keys(migrations).every((name) => applied.includes(name))) return;
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve({ ...migrations }) },
  });
  const { error } = await migrator.migrateToLatest();
  if (error instanceof Error) throw error;
}

async function appliedMigrations(db: Kysely<Schema>): Promise<string[]> {
  const history = db.$extendTables<{ kysely_migration: { name: string } }>();
  try {
    return (await history.selectFrom("kysely_migration").select("name").execute()).map(({ name }) => name);
  } catch (thrown) {
    const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
    if (tables.some(({ name }) => name === "kysely_migration")) throw thrown;
    return [];
  }
}
