/**
 * Writes every generated file: .env.example, the tables in docs/, the JSON Schemas of content files and the line
 * in each content file that names its schema. What they say is in src/workbench/reference/.
 *
 *     npm run generate                writes what is stale
 *     npm run generate -- --check     only names it; exit code 1 if anything is
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { generatedFiles } from "../src/workbench/reference/generated-files.ts";

const root = join(import.meta.dirname, "..");
const read = (path) => readFileSync(join(root, path), "utf8");

const contentFiles = ["intents", "dialogs"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true })
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => `${folder}/${name.replaceAll("\\", "/")}`),
);

const stale = [...generatedFiles({ read, contentFiles })].filter(
  ([path, text]) => !existsSync(join(root, path)) || read(path) !== text,
);
if (process.argv.includes("--check")) {
  for (const [path] of stale) console.error(`${path} is stale: npm run generate`);
  process.exitCode = stale.length === 0 ? 0 : 1;
} else {
  for (const [path, text] of stale) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), text);
    console.log(`Written: ${path}`);
  }
}
