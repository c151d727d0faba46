import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import type { z } from "zod";
import type { Dialog } from "./content.ts";
import type { ContentFiles } from "./content-files.ts";
import type { Fault } from "./fault.ts";
import { readFile, type ReadFile } from "./read-file.ts";
import { actionsFile, dialogFile, factsFile, intentFile } from "./schema.ts";
import { sharedFile } from "./shared-schema.ts";
import { journeyFile, teamsFile } from "./teams-schema.ts";

/** What stands in the files, as far as they could be read. */
export interface ReadContent {
  /** Absent where one of the files is missing or unreadable that all others lean on. */
  readonly files: ContentFiles | undefined;
  /** Everything that does not fit the schemas. */
  readonly faults: readonly Fault[];
  /** SHA-256 over all files, hexadecimal, first 16 characters. */
  readonly version: string;
}

const special = new Set([
  "journey.yaml",
  "teams.yaml",
  "shared.yaml",
  "facts.yaml",
  "actions.yaml",
  "channels.yaml",
  "experiments.yaml",
]);

/** YAML files below a folder, in an order that does not depend on the machine. */
function yamlFiles(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".yaml") && !name.endsWith(".test.yaml"))
    .map((name) => `${folder}/${name.split(sep).join("/")}`)
    .sort();
}

function isFaults(read: ReadFile<unknown> | readonly Fault[]): read is readonly Fault[] {
  return Array.isArray(read);
}

/** Reads intents/ and dialogs/ below `root`. Every fault of every file at once. */
export function readContentFiles(root: string): ReadContent {
  const faults: Fault[] = [];
  const unreadIds = new Set<string>();
  const read = <T>(file: string, schema: z.ZodType<T>): ReadFile<T> | undefined => {
    const result = readFile(root, file, schema);
    if (!isFaults(result)) return result;
    faults.push(...result);
    const [, id] = /^id: *["']?([\w.-]+)/mu.exec(readFileSync(join(root, file), "utf8")) ?? [];
    if (id !== undefined) unreadIds.add(id);
    return undefined;
  };
  const needed = <T>(file: string, schema: z.ZodType<T>): ReadFile<T> | undefined => {
    if (existsSync(join(root, file))) return read(file, schema);
    faults.push({
      kind: "file.missing",
      file,
      line: 0,
      message: "is missing",
      mend: "bring it back from a copy, or name the folder that holds intents/ and dialogs/",
    });
    return undefined;
  };
  const all = [...yamlFiles(root, "intents"), ...yamlFiles(root, "dialogs")];
  const journey = needed("intents/journey.yaml", journeyFile);
  const teams = needed("dialogs/teams.yaml", teamsFile);
  const facts = needed("dialogs/facts.yaml", factsFile);
  const shared = needed("dialogs/shared.yaml", sharedFile);
  const hasActions = all.includes("dialogs/actions.yaml");
  const actions = hasActions ? read("dialogs/actions.yaml", actionsFile) : undefined;
  const plain = all.filter((file) => !special.has(file.split("/").at(-1) ?? ""));
  const intents = plain
    .filter((file) => file.startsWith("intents/"))
    .flatMap((file) => {
      // The folder an intent lies in is its stage: said once, by where the file is.
      const stage = dirname(file).slice("intents/".length);
      const found = read(file, intentFile);
      return found === undefined ? [] : [{ ...found, value: { ...found.value, stage } }];
    });
  const dialogs = plain
    .filter((file) => file.startsWith("dialogs/"))
    .flatMap((file) => read<Dialog>(file, dialogFile) ?? []);
  const version = hashOf(root, all);
  if (journey === undefined || teams === undefined || facts === undefined || shared === undefined)
    return { files: undefined, faults, version };
  if (hasActions && actions === undefined) return { files: undefined, faults, version };
  return {
    files: { journey, intents, dialogs, teams, facts, shared, actions, unreadIds },
    faults,
    version,
  };
}

function hashOf(root: string, files: readonly string[]): string {
  const hash = createHash("sha256");
  for (const file of files)
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update("\0");
  return hash.digest("hex").slice(0, 16);
}
