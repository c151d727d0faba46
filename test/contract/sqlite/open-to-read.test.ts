import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import Sqlite from "better-sqlite3";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openToRead } from "../../../src/store/open-to-read.ts";

let folder = "";
let file = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kumusta-read-"));
  file = join(folder, "shop.db");
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const opening = () => openToRead(`file:${file}`);

describe("reading a file that is no database of ours", () => {
  it("says that it is damaged where it is no database at all", async () => {
    writeFileSync(file, "This was a shopping list. ".repeat(400));
    await expect(opening()).rejects.toMatchObject({
      code: "store.damaged",
      details: [file, "file is not a database"],
    });
  });

  it("says so of a database that another program made, even with a table that is named as one of ours", async () => {
    const other = new Sqlite(file);
    other.exec("create table turns (a)");
    other.close();
    await expect(opening()).rejects.toMatchObject({ code: "store.foreign", details: [file] });
  });

  it("says so of an empty file", async () => {
    writeFileSync(file, "");
    await expect(opening()).rejects.toMatchObject({ code: "store.foreign" });
  });

  it("says why it cannot be opened", async () => {
    mkdirSync(file);
    await expect(opening()).rejects.toMatchObject({
      code: "store.unreachable",
      details: [file, expect.stringMatching(/./u)],
    });
  });
});
