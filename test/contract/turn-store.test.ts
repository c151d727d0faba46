import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe } from "@jest/globals";
import { openStore } from "../../src/store/open-store.ts";
import type { Store } from "../../src/store/store.ts";
import { startCluster, type PostgresCluster } from "./postgres-cluster.ts";
import { countsTheLog } from "./turn-store/counts-the-log.ts";
import { commitsTurns } from "./turn-store/commits-turns.ts";
import { keepsCases } from "./turn-store/keeps-cases.ts";
import { keepsEveryCharacter } from "./turn-store/keeps-every-character.ts";
import { keepsWhatArrived } from "./turn-store/keeps-what-arrived.ts";
import { sendsAndWaits } from "./turn-store/sends-and-waits.ts";
import { showsWhatStands } from "./turn-store/shows-what-stands.ts";

/** What the path of a message may rely on, whatever the engine. `fresh` opens a database that is empty. */
function promisesOfATurnStore(fresh: () => Promise<Store>, scratch = fresh): void {
  let store: Store;
  beforeEach(async () => {
    store = await fresh();
  });
  afterEach(() => store.close());
  const current = () => store;
  keepsWhatArrived(current);
  commitsTurns(current);
  sendsAndWaits(current);
  keepsEveryCharacter(current);
  showsWhatStands(current);
  keepsCases(current);
  countsTheLog(current, scratch);
}

describe("the store on SQLite", () => {
  let folder = "";
  let made = 0;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "kumusta-store-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  promisesOfATurnStore(() => openStore(`file:${join(folder, `${++made}.db`)}`));
});

describe("the store on PostgreSQL", () => {
  let cluster: PostgresCluster;
  let made = 0;
  beforeAll(async () => {
    cluster = await startCluster();
    const store = await openStore(await cluster.createDatabase("template"));
    await store.close();
  });
  afterAll(() => cluster.stop());
  // Copying a migrated database is quicker than migrating an empty one; opening checks it all the same.
  promisesOfATurnStore(async () => openStore(await cluster.createDatabase(`t${++made}`, "template")));
});
