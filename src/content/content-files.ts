import type { z } from "zod";
import type { ChannelsContent } from "./channels-schema.ts";
import type { Dialog, Intent } from "./content.ts";
import type { ReadFile } from "./read-file.ts";
import type { actionsFile, factsFile } from "./schema.ts";
import type { sharedFile } from "./shared-schema.ts";
import type { journeyFile, teamsFile } from "./teams-schema.ts";

/** Content files with what is in them, for checks that look across files. */
export interface ContentFiles {
  readonly journey: ReadFile<z.output<typeof journeyFile>>;
  readonly intents: readonly ReadFile<Intent>[];
  readonly dialogs: readonly ReadFile<Dialog>[];
  readonly teams: ReadFile<z.output<typeof teamsFile>>;
  readonly facts: ReadFile<z.output<typeof factsFile>>;
  readonly shared: ReadFile<z.output<typeof sharedFile>>;
  /** Absent where the business has no actions. */
  readonly actions: ReadFile<z.output<typeof actionsFile>> | undefined;
  /** Absent where the business has no such file. Accounts and menus are taken from it at the start only. */
  readonly channels: ReadFile<ChannelsContent> | undefined;
  /** Ids in files that don't fit their schema: they are there, so whoever names one is not to blame. */
  readonly unreadIds: ReadonlySet<string>;
}
