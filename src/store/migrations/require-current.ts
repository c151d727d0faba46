import { KumustaError } from "../../basics/errors.ts";
import { migrations } from "./migrations.ts";

/**
 * For those who only read, and so cannot bring the tables up to date.
 * @param applied names of the migrations that the database has had
 * @throws KumustaError `store.newer`, `store.older`
 */
export function requireCurrent(applied: readonly string[]): void {
  const unknown = applied.filter((name) => !(name in migrations));
  if (unknown.length > 0) throw new KumustaError("store.newer", unknown);
  const missing = Object.keys(migrations).filter((name) => !applied.includes(name));
  if (missing.length > 0) throw new KumustaError("store.older", missing);
}
