import { contentTypes } from "../../basics/activity.ts";
import type { Intent, MediaSaying } from "../../content/content.ts";
import { askAgain } from "../dialog/answer-question.ts";
import { openStep, questionOf } from "../dialog/open-step.ts";
import { askOpenQuestion } from "../dialog/run-flow.ts";
import { isPicture } from "../dialog/slots.ts";
import { openCase } from "../handoff/case-notes.ts";
import { handOff, teamOf } from "../handoff/hand-off.ts";
import { fileUnder, offerPerson, say, type Draft } from "./draft.ts";
import { miss } from "./fallback.ts";

/** Pictures with what joins and colours them: skin tones, flags, keycaps, zero-width joiners (Unicode TS #51). */
const emojiOnly =
  /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u200d|\ufe0f|\u20e3|\s)+$/u;

/** A message without words: files, a voice note, a sticker, only emoji, or nothing at all. False when it has words. */
export function answerMedia(draft: Draft): boolean {
  const { text, attachments } = draft.heard;
  const bare = text.trim();
  const has = (fits: (contentType: string) => boolean) =>
    attachments.some(({ contentType }) => fits(contentType));
  if (bare !== "" && !emojiOnly.test(bare)) return false;
  if (attachments.some(isPicture)) photo(draft);
  else if (has((type) => type.startsWith("audio/"))) unread(draft, "voice");
  else if (has((type) => type === contentTypes.location)) unread(draft, "location");
  else if (has((type) => type === contentTypes.sticker)) kindWord(draft);
  else if (attachments.length > 0) unread(draft, "file");
  else if (bare === "") cannotRead(draft);
  else if (draft.input.content.shared.emoji.upset.some((emoji) => bare.includes(emoji))) upset(draft);
  else kindWord(draft);
  return true;
}

function sayMedia(draft: Draft, which: MediaSaying, values: Readonly<Record<string, string>> = {}): void {
  say(draft, `shared.media.${which}`, draft.input.content.shared.media[which], values);
}

/** The matter that is talked about in this visit. */
function currentMatter({ state, input: { content } }: Draft): Intent | undefined {
  const intent = content.intents.get(state.lastIntent ?? "");
  return intent?.kind === "other" ? undefined : intent;
}

/** A receipt while payment is the matter, a torn shirt while a return is: its team takes it. */
function photo(draft: Draft): void {
  const { shared } = draft.input.content;
  const standing = openCase(draft.state);
  if (standing !== undefined) {
    sayMedia(draft, "photoToCase", { team: teamOf(draft, standing.team)?.name ?? standing.team });
    draft.cases.push({ caseId: standing.id, type: "customerWrote" });
    draft.outcome = "answered";
    askOpenQuestion(draft);
    return;
  }
  const matter = currentMatter(draft);
  if (
    questionOf(openStep(draft)) !== undefined ||
    matter === undefined ||
    !shared.photoStages.has(matter.stage)
  ) {
    unread(draft, "photo");
    return;
  }
  fileUnder(draft, matter, 1);
  sayMedia(draft, "photoToTeam");
  handOff(draft, "policy");
}

/** What the bot cannot read: says so truly, offers a person, and asks its open question again. */
function unread(draft: Draft, which: MediaSaying): void {
  const question = questionOf(openStep(draft));
  if (question !== undefined && draft.state.lastScript === `shared.media.${which}`) {
    askAgain(draft, question);
    return;
  }
  miss(draft, `shared.media.${which}`, draft.input.content.shared.media[which]);
  if (question !== undefined && draft.state.owner.type === "bot") askOpenQuestion(draft);
}

function cannotRead(draft: Draft): void {
  miss(draft, "shared.cannotRead", draft.input.content.shared.cannotRead);
}

function upset(draft: Draft): void {
  if (draft.state.lastScript === "shared.media.upset") {
    handOff(draft, "negativeSentiment");
    return;
  }
  sayMedia(draft, "upset");
  offerPerson(draft);
  draft.outcome = "answered";
  askOpenQuestion(draft);
}

/** A sticker or a smile after an answer: a kind word once, then nothing; while a question is open it answers nothing. */
function kindWord(draft: Draft): void {
  const question = questionOf(openStep(draft));
  if (question !== undefined) {
    askAgain(draft, question);
    return;
  }
  if (draft.state.lastScript === "shared.media.kindWord") return;
  sayMedia(draft, "kindWord");
  draft.outcome = "answered";
}
