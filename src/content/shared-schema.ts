import { z } from "zod";
import type { Button, MediaSaying } from "./content.ts";
import { id, localText, saying, text } from "./saying-schema.ts";

const lines = z.array(text).min(1);

export const wishedChannelsLists = z.strictObject({
  phrases: lines.describe(
    "Patterns for every channel: {channel} stands for each of its words, a word in (brackets) may be left out, ... stands for up to three words.",
  ),
  except: z.array(text).default([]).describe("Patterns that do not count, as in log in with {channel}."),
  channels: z
    .record(
      id,
      z.strictObject({
        words: lines.describe("What customers call the channel, misspelt too."),
        phrases: z.array(text).default([]).describe("Patterns for this channel alone."),
        except: z.array(text).default([]),
      }),
    )
    .describe("Channels by the name that reports show. The first one that fits counts."),
});

const phrases = z.strictObject({
  person: lines.describe(
    "Asks for a person, anywhere in a message; ... stands for up to three words, as in talk to ... person.",
  ),
  personExcept: z.array(text).default([]).describe("Words that do not count, as in travel agent."),
  yes: lines,
  no: lines,
  skip: lines.describe("Passes over a question that may be skipped."),
  correct: lines.describe("Takes back an answer, as in wrong number."),
  news: lines.describe("Asks for news of an earlier matter."),
  unsolved: lines.describe("Says that an earlier matter is still not solved."),
  nudge: lines.describe("Calls for attention, as in hello."),
  questions: lines.describe("Words by which a message reads like a question, as in how or magkano."),
  wait: lines.describe("Asks for a moment, as in wait lang: an open question then just stays open."),
  fillers: lines.describe("Words that add nothing, as in po."),
  abuse: lines.describe("Abuse, whole words."),
  othersData: lines.describe("Asks for data of somebody else."),
  othersDataExcept: z.array(text).default([]),
  wishedChannels: wishedChannelsLists
    .optional()
    .describe("Asks to be written to, or called, by a channel: counted in reports, answered as before."),
});

const mediaFields: Record<MediaSaying, typeof saying> = {
  voice: saying.describe("To a voice note."),
  photo: saying.describe("To a photo without words where nothing says what it is about."),
  photoToTeam: saying.describe("To a photo that a team takes, before the hand-over."),
  photoToCase: saying.describe("To a photo while a case is open. May show {team}."),
  file: saying.describe("To a video or document without words."),
  location: saying.describe("To a location that nobody asked for."),
  kindWord: saying.describe("To a sticker or a friendly emoji."),
  upset: saying.describe("To an angry emoji."),
};
const buttonFields: Record<Button, typeof localText> = {
  person: localText,
  somethingElse: localText,
  yes: localText,
  no: localText,
  skip: localText,
  bot: localText.describe("Gives a customer in line the bot back."),
  unsolved: localText.describe("Still not solved."),
  solved: localText.describe("It is solved."),
  web: localText.describe("Opens the web chat."),
};

export const sharedFile = z.strictObject({
  name: text.max(60).describe("What the bot is called in the chat: the shop's name."),
  defaultTeam: id.describe("Team that takes what no other is named for."),
  commands: z.strictObject({
    person: lines.describe("Whole messages that ask for a person."),
    bot: lines.describe("Whole messages by which a customer in line takes the bot back."),
    cancel: lines.describe("Whole messages that end the open flow."),
    web: lines.describe("Whole messages that ask to go on in web chat, as in sa website na lang."),
  }),
  phrases: phrases.describe("What is understood by its words. Capitals and punctuation don't matter."),
  emoji: z.strictObject({
    yes: z.array(text).describe("Emoji that say yes where yes or no was asked."),
    upset: z.array(text).describe("Emoji that show anger or sorrow."),
  }),
  examples: z
    .record(id, z.array(id).min(1).max(3))
    .describe(
      "Intents shown as examples when nothing was understood, by stage; any where no stage is known.",
    ),
  rememberedSlots: z
    .array(z.string())
    .describe("Slots that are asked once a visit, by whatever flow: later ones take them as given."),
  photoStages: z.array(id).describe("Stages whose team takes a photo that comes without words."),
  buttons: z.strictObject(buttonFields).describe("Titles of buttons, 20 characters at most."),
  disclosure: saying.describe(
    "Added to the first reply: an automated assistant, how to reach a person, the privacy notice.",
  ),
  fallback: z
    .array(saying)
    .min(1)
    .max(2)
    .describe("Different words for misses in a row; then a person takes over. May show {examples}."),
  clarify: saying.describe("Said above the choices when a few intents are likely."),
  somethingElse: saying.describe("Said when none of them was meant. May show {examples}."),
  handOff: saying.describe("Said at a handover. May show {team} and {when}, as in “by 9:30 am today”."),
  alreadyWaiting: saying.describe("Said once to who asks again while in line. May show {team} and {when}."),
  stillWaiting: saying.describe(
    "Said when the promise runs out and a new one is given. May show {team} and {when}.",
  ),
  escalated: saying.describe(
    "Said when it runs out again and another team takes over. May show {lateTeam}, {team} and {when}.",
  ),
  stillWaitingLast: saying.describe(
    "Said when it ran out so often that no time is named any more. May show {team}.",
  ),
  backToBot: saying.describe(
    "Said to a customer in line who takes the bot back. May show {team} and {when}.",
  ),
  withBot: saying.describe("Said to a customer who asks for the bot and has it."),
  continuedCase: saying.describe(
    "Said to a customer who came over by a link while a team has their case in the conversation they came from. May show {team}.",
  ),
  goOnInWeb: saying.describe(
    "Said to who asks to go on in web chat, above a button or link that opens it with the same concern.",
  ),
  inWebAlready: saying.describe("Said to who asks for web chat in web chat."),
  agentJoined: saying.describe("Said when a person takes the case. May show {agent} and {team}."),
  agentSilent: saying.describe(
    "Said when that person does not answer and the case goes back into line. May show {agent}, {team} and {when}.",
  ),
  caseReturned: saying.describe(
    "Said when a person gives the customer back to the bot. May show {agent} and {team}.",
  ),
  caseClosed: saying.describe("Said when a person closes the case. May show {agent} and {team}."),
  cancelled: saying.describe("Said when the customer ends a flow."),
  actionFailed: saying.describe("Said before the hand-over when an action failed."),
  restarted: saying.describe("Said when the content changed under an open flow."),
  cannotRead: saying.describe("Said to a message without text."),
  optedOut: saying.describe(
    "Said once to who wants no more texts, where the provider does not say it. May show {name}.",
  ),
  optedIn: saying.describe("Said to who wants texts again. May show {name}."),
  smsHelp: saying.describe(
    "Said to HELP or INFO by text: who this is, how to reach a person, how to stop. May show {name}.",
  ),
  pickOne: saying.describe("Said when an answer is none of the options."),
  goOn: saying.describe("Asks whether to go on with {title} of an earlier visit."),
  notVerified: saying.describe(
    "Said before the hand-over when an action needs proof of who the customer is.",
  ),
  othersData: saying.describe("Refuses data of somebody else."),
  tooLong: saying.describe("To a very long message that was not understood."),
  abuse: z
    .array(saying)
    .min(1)
    .max(2)
    .describe("Calm words, one each time; after the last one a person takes over."),
  followUp: z
    .strictObject({
      open: saying.describe("Asks whether it is solved by now."),
      unsolved: saying.describe("Said before the hand-over of what is still not solved."),
      inLine: saying.describe("While its case waits for {team}, who promised to reply {when}."),
      inLineNoTime: saying.describe("While its case waits and no time is promised any more."),
    })
    .describe("Said when news of an earlier matter are asked for. May show {title}, {team} and {when}."),
  media: z
    .strictObject(mediaFields)
    .describe("Said to what is no text. May show {team} while a case is open."),
});
