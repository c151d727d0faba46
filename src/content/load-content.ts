import { KumustaError } from "../basics/errors.ts";
import type { Content } from "./content.ts";
import type { ContentFiles } from "./content-files.ts";
import { crossCheck } from "./cross-check.ts";
import { withFacts, type Facts } from "./facts.ts";
import { byHarm, faultLine, type Fault } from "./fault.ts";
import { readContentFiles, type ReadContent } from "./read-content-files.ts";
import { changeSayings, changeSharedSayings } from "./sayings.ts";
import { phrasesOf } from "./phrases-of.ts";
import { teamsOf } from "./teams.ts";

export type LoadResult = { readonly content: Content } | { readonly faults: readonly Fault[] };

/** Reads intents/ and dialogs/ below `root`. Reports every fault of every file at once, the most harmful first. */
export function loadContent(root: string): LoadResult {
  return checkedContent(readContentFiles(root));
}

/** The content that stands in files, or every fault of theirs, the most harmful first. */
export function checkedContent({ files, faults, version }: ReadContent): LoadResult {
  const all = files === undefined ? faults : [...faults, ...crossCheck(files)];
  if (files === undefined || all.length > 0) return { faults: all.toSorted(byHarm) };
  return { content: contentOf(files, version) };
}

function contentOf(files: ContentFiles, version: string): Content {
  const { journey, intents, dialogs, teams, shared } = files;
  const facts: Facts = new Map(Object.entries(files.facts.value.facts));
  const byId = <T extends { readonly id: string }>(items: readonly T[]) =>
    new Map(items.map((item) => [item.id, item]));
  const { commands, phrases, photoStages, rememberedSlots, ...said } = shared.value;
  return {
    version,
    stages: byId(journey.value.stages),
    intents: byId(intents.map(({ value }) => value)),
    dialogs: byId(dialogs.map(({ value }) => changeSayings(value, (saying) => withFacts(saying, facts)))),
    touchpoints: journey.value.touchpoints,
    teams: byId(teamsOf(teams.value)),
    actions: new Map(Object.entries(files.actions?.value.actions ?? {})),
    timeZone: teams.value.timeZone,
    shared: {
      ...changeSharedSayings(said, (saying) => withFacts(saying, facts)),
      phrases: phrasesOf(commands, phrases),
      photoStages: new Set(photoStages),
      rememberedSlots: new Set(rememberedSlots),
    },
  };
}

/**
 * The content below `root`.
 * @throws KumustaError `content.invalid` with every fault, each with file and line
 */
export function requireContent(root: string): Content {
  return contentOrThrow(loadContent(root));
}

/** @throws KumustaError `content.invalid` with every fault, each with file and line */
export function contentOrThrow(result: LoadResult): Content {
  if ("faults" in result) throw new KumustaError("content.invalid", result.faults.map(faultLine));
  return result.content;
}
