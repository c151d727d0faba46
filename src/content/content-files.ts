import type { z } from "zod";
import type { Dialog, Intent } from "./content.ts";
import type { ReadFile } from "./read-file.ts";
import type { factsFile, journeyFile, sharedFile, teamsFile } from "./schema.ts";

/** Content files with what is in them, for checks that look across files. */
export interface ContentFiles {
  readonly journey: ReadFile<z.output<typeof journeyFile>>;
  readonly intents: readonly ReadFile<Intent>[];
  readonly dialogs: readonly ReadFile<Dialog>[];
  readonly teams: ReadFile<z.output<typeof teamsFile>>;
  readonly facts: ReadFile<z.output<typeof factsFile>>;
  readonly shared: ReadFile<z.output<typeof sharedFile>>;
}
