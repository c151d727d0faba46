import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe } from "@jest/globals";
import { openStore } from "../../src/store/open-store.ts";
import { startCluster, type PostgresCluster } from "./postgres-cluster.ts";

/** Describes the same promises for SQLite and for PostgreSQL. `fresh` makes an empty, migrated database and gives its address. */
export function onEachEngine(
  what: string,
  promises: (fresh: () => Promise<string>, engine: "sqlite" | "postgres") => void,
): void {
  describe(`${what} on SQLite`, () => {
    let folder = "";
    let made = 0;
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), "kumusta-each-"));
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));
    promises(async () => {
      const url = `file:${join(folder, `${String(++made)}.db`)}`;
      await (await openStore(url)).close();
      return url;
    }, "sqlite");
  });

  describe(`${what} on PostgreSQL`, () => {
    let cluster: PostgresCluster;
    let made = 0;
    beforeAll(async () => {
      cluster = await startCluster();
      const store = await openStore(await cluster.createDatabase("template"));
      await store.close();
    });
    afterAll(() => cluster.stop());
    promises(() => cluster.createDatabase(`t${String(++made)}`, "template"), "postgres");
  });
}
