import { resolve } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { parseDatabaseUrl } from "../../src/store/database-url.ts";

describe("DATABASE_URL", () => {
  it.each([
    ["file:./data/kumusta.db", resolve("data/kumusta.db"), undefined],
    ["file:shop.db?max_page_count=500", resolve("shop.db"), 500],
    ["file:/var/lib/kumusta/a b.db", "/var/lib/kumusta/a b.db", undefined],
    ["file:///var/lib/a%20b.db", "/var/lib/a b.db", undefined],
  ])("%s is a file of SQLite", (url, file, maxPages) => {
    expect(parseDatabaseUrl(url)).toEqual({ engine: "sqlite", file, maxPages });
  });

  it.each(["postgres://me:secret@db.example:5432/shop", "postgresql://db/shop?sslmode=verify-full"])(
    "%s is PostgreSQL",
    (url) => {
      expect(parseDatabaseUrl(url)).toEqual({ engine: "postgres", url });
    },
  );

  it.each([
    "",
    "mysql://x",
    "./data/kumusta.db",
    "file:",
    "file:x.db?max_page_count=0",
    "file:x.db?max_page_count=ten",
    "file:x.db?mode=ro",
    "postgres://a:secret@b:port/c",
  ])("“%s” is refused with a fault that names the variable and never the value", (url) => {
    const thrown = (() => {
      try {
        return parseDatabaseUrl(url);
      } catch (fault) {
        return fault;
      }
    })();
    expect(thrown).toMatchObject({
      code: "config.invalid",
      details: [expect.stringMatching(/^DATABASE_URL /u)],
    });
    expect(String(thrown)).not.toContain("secret");
  });
});
