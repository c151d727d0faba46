import { describe, expect, it } from "@jest/globals";
import { resolve } from "node:path";
import { storeFile } from "../../src/cli/store-file.ts";

describe("the file that --store names", () => {
  it("is the same written as a path and as DATABASE_URL has it", () => {
    expect(storeFile("/srv/shop.db")).toBe("/srv/shop.db");
    expect(storeFile("file:/srv/shop.db")).toBe("/srv/shop.db");
    expect(storeFile("file:///srv/shop.db")).toBe("/srv/shop.db");
    expect(storeFile("shop.db")).toBe(resolve("shop.db"));
    expect(storeFile("file:./shop.db")).toBe(resolve("shop.db"));
  });

  it("is refused where it is no SQLite file", () => {
    for (const written of [
      "",
      "file:",
      "postgres://shop@localhost/shop",
      "sqlite:///shop.db",
      "file://elsewhere/shop.db",
    ])
      expect(() => storeFile(written)).toThrow(/file/u);
    expect(() => storeFile("file:shop.db?max_page_count=5")).toThrow("Write a file alone");
  });
});
