import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import type { z } from "zod";
import { KumustaError } from "../basics/errors.ts";
import { bareWords } from "./bare-words.ts";
import type { Content, Dialog } from "./content.ts";
import type { ContentFiles } from "./content-files.ts";
import { crossCheck } from "./cross-check.ts";
import { faultLine, type Fault } from "./fault.ts";
import { readFile, type ReadFile } from "./read-file.ts";
import { withFacts, type Facts } from "./facts.ts";
import { changeSayings, changeSharedSayings } from "./sayings.ts";
import { dialogFile, factsFile, intentFile, journeyFile, sharedFile, teamsFile } from "./schema.ts";

export type LoadResult = { readonly content: Content } | { readonly faults: readonly Fault[] };

const special = new Set([
  "journey.yaml",
  "teams.yaml",
  "shared.yaml",
  "facts.yaml",
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

/** Reads intents/ and dialogs/ below `root`. Reports every fault of every file at once. */
export function loadContent(root: string): LoadResult {
  const faults: Fault[] = [];
  const read = <T>(file: string, schema: z.ZodType<T>): ReadFile<T> | undefined => {
    if (!existsSync(join(root, file))) {
      faults.push({ file, line: 0, message: "is missing" });
      return undefined;
    }
    const result = readFile(root, file, schema);
    if (!isFaults(result)) return result;
    faults.push(...result);
    return undefined;
  };
  const all = [...yamlFiles(root, "intents"), ...yamlFiles(root, "dialogs")];
  const journey = read("intents/journey.yaml", journeyFile);
  const teams = read("dialogs/teams.yaml", teamsFile);
  const facts = read("dialogs/facts.yaml", factsFile);
  const shared = read("dialogs/shared.yaml", sharedFile);
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
  if (journey === undefined || teams === undefined || facts === undefined || shared === undefined)
    return { faults };
  const files: ContentFiles = { journey, intents, dialogs, teams, facts, shared };
  faults.push(...crossCheck(files));
  if (faults.length > 0) return { faults };
  return { content: contentOf(files, hashOf(root, all)) };
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

function contentOf(files: ContentFiles, version: string): Content {
  const { journey, intents, dialogs, teams, shared } = files;
  const facts: Facts = new Map(Object.entries(files.facts.value.facts));
  const byId = <T extends { readonly id: string }>(items: readonly T[]) =>
    new Map(items.map((item) => [item.id, item]));
  const phrases = (lines: readonly string[]) => new Set(lines.map(bareWords));
  const { commands } = shared.value;
  return {
    version,
    stages: byId(journey.value.stages),
    intents: byId(intents.map(({ value }) => value)),
    dialogs: byId(dialogs.map(({ value }) => changeSayings(value, (saying) => withFacts(saying, facts)))),
    teams: byId(teams.value.teams),
    shared: {
      ...changeSharedSayings(shared.value, (saying) => withFacts(saying, facts)),
      commands: { person: phrases(commands.person), cancel: phrases(commands.cancel) },
    },
  };
}

/**
 * The content below `root`.
 * @throws KumustaError `content.invalid` with every fault, each with file and line
 */
export function requireContent(root: string): Content {
  const result = loadContent(root);
  if ("faults" in result) throw new KumustaError("content.invalid", result.faults.map(faultLine));
  return result.content;
}
