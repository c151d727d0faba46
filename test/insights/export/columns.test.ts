import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { exportedKinds } from "../../../src/insights/export/export-rows.ts";

const page = readFileSync(join(import.meta.dirname, "../../../docs/export.md"), "utf8");

/** The names in the first column of the table under a heading. */
function documented(heading: string): string[] {
  const section = page.split(`\n## ${heading}\n`)[1]?.split("\n## ")[0] ?? "";
  return [...section.matchAll(/^\| (`.+?) \|/gmu)].flatMap(([, cell = ""]) =>
    [...cell.matchAll(/`(\w+)`/gu)].map(([, name = ""]) => name),
  );
}

describe("the page on exports", () => {
  it.each(Object.entries(exportedKinds))("lists the columns of %s in their order", (what, { columns }) => {
    expect(documented(what)).toEqual(Object.keys(columns));
  });
});
