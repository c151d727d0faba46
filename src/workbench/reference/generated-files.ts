import { configurationTable, envExample } from "../../config/env-example.ts";
import { contentSchemas, withSchemaLine } from "./content-schemas.ts";
import { errorTable } from "./error-table.ts";
import { findingTable } from "./finding-table.ts";
import { philippineHolidaysFile } from "./holiday-tables.ts";
import { lookFile } from "./look-file.ts";
import { withBlock } from "./marked-block.ts";

/** The tree as it stands, for pages that are partly written by hand. Paths are relative to the project, with slashes. */
export interface WrittenByHand {
  readonly read: (path: string) => string;
  /** All YAML files below intents/ and dialogs/. */
  readonly contentFiles: readonly string[];
}

const example = "src/additions/holiday-notice.ts";

/** Every file that is generated, whole or in part, with the text that it must have now. */
export function generatedFiles({ read, contentFiles }: WrittenByHand): ReadonlyMap<string, string> {
  const block = (path: string, name: string, text: string): [string, string] => [
    path,
    withBlock(read(path), name, text),
  ];
  return new Map([
    [".env.example", envExample()],
    block("docs/configuration.md", "configuration", configurationTable()),
    block("docs/errors.md", "errors", errorTable()),
    block("docs/writing-content.md", "findings", findingTable()),
    block("docs/middleware.md", example, `\`\`\`ts\n${read(example).trimEnd()}\n\`\`\``),
    ["src/content/philippine-holidays.ts", philippineHolidaysFile()],
    ["src/basics/look.ts", lookFile(read("web/look/tokens.css"))],
    ...contentSchemas(),
    ...contentFiles.map((path): [string, string] => [path, withSchemaLine(path, read(path))]),
  ]);
}
