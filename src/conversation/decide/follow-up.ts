import { beginFlow } from "../dialog/run-flow.ts";
import { openCase } from "../handoff/case-notes.ts";
import { handOff, promiseWords, teamOf } from "../handoff/hand-off.ts";
import type { Intent } from "../../content/content.ts";
import type { CaseNote, Concern } from "../state.ts";
import { sureIntents } from "./answer.ts";
import { fileUnder, offerButton, offerPerson, say, type Draft } from "./draft.ts";
import { onlySays } from "./says.ts";

/** Words; a longer message that was not understood is a new matter told in its own words, not a call for news. */
const longestFollowUp = 12;

/** How soon the business may know more than it told last, ms. */
const newsMs = 30 * 60_000;

type Asked = "news" | "unsolved";

/**
 * "any update?", "wala pa rin po", "hello??": goes back to an earlier concern of this visit or the one before and
 * answers with its state. False when the message is no follow-up or there is nothing to follow up.
 */
export function followUp(draft: Draft): boolean {
  const asked = askedFor(draft);
  if (asked === undefined) return false;
  const named = namesNothing(draft) ? "nothing" : namedMatter(draft);
  const open = openCase(draft.state);
  if (open !== undefined && (named === "nothing" || named === open.intent)) {
    caseStands(draft, open);
    return true;
  }
  const concern = concernMeant(draft, named);
  if (concern === undefined) return false;
  const intent = draft.input.content.intents.get(concern.intent);
  if (intent === undefined) return false;
  answerFollowUp(draft, concern, intent, asked);
  return true;
}

/** The customer was asked whether an earlier matter is still not solved, and it is not. */
export function stillUnsolved(draft: Draft, intentId: string): void {
  const concern = earlierConcerns(draft).findLast(({ intent }) => intent === intentId);
  const intent = draft.input.content.intents.get(intentId);
  if (concern === undefined || intent === undefined) handOff(draft, "followUpUnresolved");
  else answerFollowUp(draft, concern, intent, "unsolved");
}

function askedFor(draft: Draft): Asked | undefined {
  const { phrases } = draft.input.content.shared;
  const { words, text } = draft.heard;
  if (words.length === 0) return undefined;
  if (phrases.unsolved.isIn(words)) return "unsolved";
  if (phrases.news.isIn(words)) return "news";
  // "hello" greets; "hello??" waits for an answer.
  return text.includes("?") && onlySays(draft, phrases.nudge) ? "news" : undefined;
}

/** Concerns of this visit and of the one before it, oldest first. */
function earlierConcerns({ state, input: { content } }: Draft): readonly Concern[] {
  const concerns = (state.concerns ?? []).filter(
    ({ intent }) => content.intents.get(intent)?.kind !== "other",
  );
  const before = concerns.findLast(({ visit }) => visit !== state.visit?.id)?.visit;
  return concerns.filter(({ visit }) => visit === state.visit?.id || visit === before);
}

/** Nothing but words such as "any update po": they name no matter, whatever the recognizer takes them for. */
function namesNothing(draft: Draft): boolean {
  const { phrases } = draft.input.content.shared;
  return [phrases.news, phrases.unsolved, phrases.nudge].some((list) => onlySays(draft, list));
}

/** The intent that the message surely names beside asking for news; "nothing" for a short message that names none. */
function namedMatter(draft: Draft): string | undefined {
  const sure = sureIntents(draft).find(({ intent }) => intent.kind !== "other");
  if (sure !== undefined) return sure.intent.id;
  return draft.heard.words.length <= longestFollowUp ? "nothing" : undefined;
}

/** The earlier concern with the matter named, or the last one; none when a new matter is named. */
function concernMeant(draft: Draft, named: string | undefined): Concern | undefined {
  return earlierConcerns(draft).findLast(({ intent }) => named === "nothing" || intent === named);
}

/** A team or a person has it: who, and by when. */
function caseStands(draft: Draft, note: CaseNote): void {
  const { content, now } = draft.input;
  const { shared } = content;
  const intent = content.intents.get(note.intent ?? "");
  const team = teamOf(draft, note.team);
  const concern = draft.state.concerns?.findLast(({ caseId }) => caseId === note.id);
  if (intent !== undefined) fileUnder(draft, intent, 1);
  if (concern !== undefined) noteFollowUp(draft, concern);
  draft.outcome = "answered";
  if (team === undefined) return;
  const title = intent?.title[draft.language];
  const { promisedAt } = note;
  if (promisedAt === null || promisedAt <= now) {
    const words = { title: title ?? team.name, team: team.name };
    say(draft, "shared.followUp.inLineNoTime", shared.followUp.inLineNoTime, words);
    return;
  }
  const words = promiseWords(draft, team, promisedAt);
  // A customer who just asked for a person: there is no matter to name.
  if (title === undefined) say(draft, "shared.alreadyWaiting", shared.alreadyWaiting, words);
  else say(draft, "shared.followUp.inLine", shared.followUp.inLine, { ...words, title });
}

function noteFollowUp(draft: Draft, { visit, intent, caseId }: Concern): void {
  const followUpOf = { visit, intent, ...(caseId === undefined ? {} : { caseId }) };
  draft.category = { ...draft.category, followUpOf };
}

function answerFollowUp(draft: Draft, concern: Concern, intent: Intent, asked: Asked): void {
  const { content } = draft.input;
  const { shared } = content;
  fileUnder(draft, intent, 1);
  noteFollowUp(draft, concern);
  draft.state = { ...draft.state, misses: 0, lastIntent: intent.id };
  const title = intent.title[draft.language];
  const dialog = content.dialogs.get(intent.dialog);
  // It was looked up a moment ago and is not what they need: the same again would be no answer.
  const justTold =
    draft.state.lastScript?.startsWith(`${intent.dialog}.`) === true && draft.input.now - concern.at < newsMs;
  const isStale = asked === "unsolved" && justTold;
  if (!isStale && dialog?.type === "flow" && dialog.steps.some(({ type }) => type === "call")) {
    // What the business knows now is the news: the flow looks again, with what it was told before.
    beginFlow(draft, dialog, intent.id, concern.slots);
    return;
  }
  if (asked === "unsolved") {
    say(draft, "shared.followUp.unsolved", shared.followUp.unsolved, { title });
    handOff(draft, "followUpUnresolved");
    return;
  }
  draft.outcome = "answered";
  if (dialog?.type === "script" && dialog.followUp !== undefined) {
    draft.dialog = { id: dialog.id, step: null };
    say(draft, `${dialog.id}.followUp`, dialog.followUp);
    offerPerson(draft);
    return;
  }
  say(draft, "shared.followUp.open", shared.followUp.open, { title });
  offerButton(draft, "unsolved", "command:unsolved");
  offerButton(draft, "solved", "command:solved");
  offerPerson(draft);
  draft.state = { ...draft.state, asking: { type: "unsolved", intent: intent.id } };
}
