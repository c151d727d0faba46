import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { channelsFile, type ChannelsContent } from "./channels-schema.ts";
import type { Dialog } from "./content.ts";
import type { ContentFiles } from "./content-files.ts";
import type { Fault } from "./fault.ts";
import { FormedFiles } from "./formed-files.ts";
import type { ReadFile } from "./read-file.ts";
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

/** Reads intents/ and dialogs/ below one folder, as often as it is asked to: only what changed is parsed again. */
export class ContentReader {
  readonly #root: string;
  readonly #journey = new FormedFiles(journeyFile);
  readonly #teams = new FormedFiles(teamsFile);
  readonly #facts = new FormedFiles(factsFile);
  readonly #shared = new FormedFiles(sharedFile);
  readonly #actions = new FormedFiles(actionsFile);
  readonly #channels = new FormedFiles<ChannelsContent>(channelsFile);
  readonly #intents = new FormedFiles(intentFile);
  readonly #dialogs = new FormedFiles<Dialog>(dialogFile);

  constructor(root: string) {
    this.#root = root;
  }

  /** What stands in the files now. Every fault of every file at once. */
  read(): ReadContent {
    const texts = textsBelow(this.#root);
    const faults: Fault[] = [];
    const unreadIds = new Set<string>();
    const read = <T>(formed: FormedFiles<T>, files: readonly string[]): ReadFile<T>[] => {
      const wanted = new Map(files.map((file) => [file, texts.get(file) ?? ""]));
      return formed.read(wanted).flatMap((result, n) => {
        if (!isFaults(result)) return [result];
        faults.push(...result);
        const text = wanted.get(files[n] ?? "") ?? "";
        const [, id] = /^id: *["']?([\w.-]+)/mu.exec(text) ?? [];
        if (id !== undefined) unreadIds.add(id);
        return [];
      });
    };
    const optional = <T>(formed: FormedFiles<T>, file: string): ReadFile<T> | undefined =>
      read(formed, texts.has(file) ? [file] : [])[0];
    const needed = <T>(formed: FormedFiles<T>, file: string): ReadFile<T> | undefined => {
      if (texts.has(file)) return optional(formed, file);
      faults.push({
        kind: "file.missing",
        file,
        line: 0,
        message: "is missing",
        mend: "bring it back from a copy, or name the folder that holds intents/ and dialogs/",
      });
      return undefined;
    };
    const journey = needed(this.#journey, "intents/journey.yaml");
    const teams = needed(this.#teams, "dialogs/teams.yaml");
    const facts = needed(this.#facts, "dialogs/facts.yaml");
    const shared = needed(this.#shared, "dialogs/shared.yaml");
    const actions = optional(this.#actions, "dialogs/actions.yaml");
    const channels = optional(this.#channels, "dialogs/channels.yaml");
    const plain = [...texts.keys()].filter((file) => !special.has(file.split("/").at(-1) ?? ""));
    const intents = read(
      this.#intents,
      plain.filter((file) => file.startsWith("intents/")),
    ).map((found) => {
      // The folder an intent lies in is its stage: said once, by where the file is.
      const stage = dirname(found.file).slice("intents/".length);
      return { ...found, value: { ...found.value, stage } };
    });
    const dialogs = read(
      this.#dialogs,
      plain.filter((file) => file.startsWith("dialogs/")),
    );
    const version = hashOf(texts);
    const unread = texts.has("dialogs/actions.yaml") && actions === undefined;
    if (journey === undefined || teams === undefined || facts === undefined || shared === undefined || unread)
      return { files: undefined, faults, version };
    const files = { journey, intents, dialogs, teams, facts, shared, actions, channels, unreadIds };
    return { files, faults, version };
  }
}

/** Reads intents/ and dialogs/ below `root` once. Every fault of every file at once. */
export function readContentFiles(root: string): ReadContent {
  return new ContentReader(root).read();
}

/** The texts of all files, by their path below `root`. */
function textsBelow(root: string): ReadonlyMap<string, string> {
  const files = [...yamlFiles(root, "intents"), ...yamlFiles(root, "dialogs")];
  return new Map(files.map((file) => [file, readFileSync(join(root, file), "utf8")]));
}

function hashOf(texts: ReadonlyMap<string, string>): string {
  const hash = createHash("sha256");
  for (const [file, text] of texts) hash.update(`${file}\0`).update(text).update("\0");
  return hash.digest("hex").slice(0, 16);
}
