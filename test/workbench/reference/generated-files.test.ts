import { describe, expect, it } from "@jest/globals";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { withSchemaLine } from "../../../src/workbench/reference/content-schemas.ts";
import { generatedFiles } from "../../../src/workbench/reference/generated-files.ts";
import { withBlock } from "../../../src/workbench/reference/marked-block.ts";

const root = join(import.meta.dirname, "../../..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");

const contentFiles = ["intents", "dialogs"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => `${folder}/${name}`),
);

describe("a generated file", () => {
  const files = generatedFiles({ read, contentFiles });

  it("is one of those we know of", () => {
    expect([...files.keys()].filter((path) => !/^(intents|dialogs)\//u.test(path))).toEqual([
      ".env.example",
      "docs/configuration.md",
      "docs/errors.md",
      "docs/writing-content.md",
      "docs/middleware.md",
      "src/content/philippine-holidays.ts",
      "src/basics/look.ts",
      "schemas/journey.schema.json",
      "schemas/intent.schema.json",
      "schemas/dialog.schema.json",
      "schemas/shared.schema.json",
      "schemas/teams.schema.json",
      "schemas/actions.schema.json",
      "schemas/facts.schema.json",
      "schemas/channels.schema.json",
      "schemas/test.schema.json",
    ]);
    expect(contentFiles.length).toBeGreaterThan(3);
  });

  it("is not stale; if it is: npm run generate", () => {
    const stale = [...files].filter(([path, text]) => !existsSync(join(root, path)) || read(path) !== text);
    expect(stale.map(([path]) => path)).toEqual([]);
  });

  it("would be seen to be stale", () => {
    const changed = generatedFiles({
      read: (path) => read(path).replace(/PORT/gu, "PART"),
      contentFiles: [],
    }).get("docs/configuration.md");
    expect(changed).toBeDefined();
    expect(changed).not.toBe(read("docs/configuration.md"));
  });
});

describe("the line that names a content file's schema", () => {
  it("is put at the top once, leading from the file to its schema", () => {
    const line = "# yaml-language-server: $schema=../../schemas/intent.schema.json\n";
    expect(withSchemaLine("intents/delivery/late.yaml", "id: a\n")).toBe(`${line}id: a\n`);
    expect(withSchemaLine("intents/delivery/late.yaml", `${line}id: a\n`)).toBe(`${line}id: a\n`);
  });

  it.each([
    ["intents/journey.yaml", "../schemas/journey.schema.json"],
    ["dialogs/shared.yaml", "../schemas/shared.schema.json"],
    ["dialogs/teams.yaml", "../schemas/teams.schema.json"],
    ["dialogs/delivery/late.yaml", "../../schemas/dialog.schema.json"],
  ])("of %s is that of its kind", (path, schema) => {
    expect(withSchemaLine(path, "")).toContain(`$schema=${schema}\n`);
    expect(existsSync(join(root, path, "..", schema))).toBe(true);
  });
});

describe("a block of a page", () => {
  it("is replaced between its marks, and the rest is left alone", () => {
    expect(withBlock("a\n<!-- generated: x -->\nold\n<!-- end -->\nb", "x", "new")).toBe(
      "a\n<!-- generated: x -->\nnew\n<!-- end -->\nb",
    );
  });

  it("that is missing is a fault, not a silent nothing", () => {
    expect(() => withBlock("a", "x", "new")).toThrow('"<!-- generated: x -->"');
  });
});
