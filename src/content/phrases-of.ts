import type { z } from "zod";
import type { Phrases } from "./content.ts";
import { PhraseList } from "./phrase-list.ts";
import type { sharedFile } from "./shared-schema.ts";
import { wishedChannelsOf } from "./wished-channels.ts";

/** The lists of dialogs/shared.yaml, indexed once so that a message is compared with all of them at little cost. */
export function phrasesOf(
  commands: z.output<typeof sharedFile>["commands"],
  lists: z.output<typeof sharedFile>["phrases"],
): Phrases {
  return {
    person: new PhraseList(lists.person, lists.personExcept),
    personAlone: new PhraseList(commands.person),
    bot: new PhraseList(commands.bot),
    cancel: new PhraseList(commands.cancel),
    web: new PhraseList(commands.web),
    yes: new PhraseList(lists.yes),
    no: new PhraseList(lists.no),
    skip: new PhraseList(lists.skip),
    correct: new PhraseList(lists.correct),
    news: new PhraseList(lists.news),
    unsolved: new PhraseList(lists.unsolved),
    nudge: new PhraseList(lists.nudge),
    questions: new PhraseList(lists.questions),
    wait: new PhraseList(lists.wait),
    fillers: new PhraseList(lists.fillers),
    abuse: new PhraseList(lists.abuse),
    othersData: new PhraseList(lists.othersData, lists.othersDataExcept),
    wishedChannels: wishedChannelsOf(lists.wishedChannels),
  };
}
