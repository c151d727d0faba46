import { describe, expect, it } from "@jest/globals";
import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { contentSchemas } from "../../../src/workbench/reference/content-schemas.ts";

const root = join(import.meta.dirname, "../../..");

const schemas = new Map(
  [...contentSchemas()].map(([path, text]) => {
    const schema = z.custom<Parameters<typeof z.fromJSONSchema>[0]>().parse(JSON.parse(text));
    return [path, z.fromJSONSchema(schema)] as const;
  }),
);

/** Does the schema that a content file names take this text? */
function fits(path: string, text: string): boolean {
  const named = /\$schema=(\S+)/u.exec(text)?.[1] ?? "";
  const schema = schemas.get(posix.join(posix.dirname(path), named));
  if (schema === undefined) throw new Error(`${path} names no schema of ours`);
  return schema.safeParse(parse(text)).success;
}

const files = ["intents", "dialogs"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => `${folder}/${name}`),
);

describe("the schema that an editor reads", () => {
  it.each(files)("takes %s as the program does", (path) => {
    expect(fits(path, readFileSync(join(root, path), "utf8"))).toBe(true);
  });

  const intent = "# $schema=../../schemas/intent.schema.json\nid: a\ntitle: A\ndialog: a\nutterances: {}\n";
  const flow = "# $schema=../../schemas/dialog.schema.json\nid: a\nsteps:\n";

  it.each([
    ["a kind that does not exist", "intents/x/a.yaml", `${intent}kind: rant\n`],
    ["a field that does not exist", "intents/x/a.yaml", `${intent}kind: task\nutterance: {}\n`],
    ["a text without Filipino", "dialogs/x/a.yaml", `${flow}  - { type: say, id: a, say: { en: Hi } }\n`],
    ["a step that does not exist", "dialogs/x/a.yaml", `${flow}  - { type: shout, id: a }\n`],
  ])("marks %s", (_what, path, text) => {
    expect(fits(path, text)).toBe(false);
  });

  it("takes what these would be without the mistake", () => {
    expect(fits("intents/x/a.yaml", `${intent}kind: task\n`)).toBe(true);
    expect(fits("dialogs/x/a.yaml", `${flow}  - { type: say, id: a, say: { en: Hi, fil: Uy } }\n`)).toBe(
      true,
    );
  });
});
