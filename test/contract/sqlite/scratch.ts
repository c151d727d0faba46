import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach } from "@jest/globals";
import { openStore, type StoreOptions } from "../../../src/store/open-store.ts";
import type { Store } from "../../../src/store/store.ts";

/** A folder for each test of the file, and stores in it; all is closed and removed after each. */
export function scratch() {
  let folder: string | undefined;
  const stores = new Set<Store>();
  afterEach(async () => {
    for (const store of stores) await store.close();
    stores.clear();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    folder = undefined;
  });
  const path = (name: string) => join((folder ??= mkdtempSync(join(tmpdir(), "kumusta-sqlite-"))), name);
  return {
    path,
    open: async (query = "", options: StoreOptions = {}): Promise<Store> => {
      const store = await openStore(`file:${path("shop.db")}${query}`, options);
      stores.add(store);
      return store;
    },
    close: async (store: Store): Promise<void> => {
      stores.delete(store);
      await store.close();
    },
  };
}
