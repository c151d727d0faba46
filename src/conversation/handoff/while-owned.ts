import type { ActionResultActivity, ChoiceActivity, MessageActivity } from "../../basics/activity.ts";
import { commandIn } from "../decide/command.ts";
import { cancelTimer, say, setTimer, type Draft } from "../decide/draft.ts";
import { noteOf } from "./case-notes.ts";
import { agentSilentTimer, idleTimer } from "./agent-acts.ts";
import { duePromise, promiseWords, teamOf } from "./hand-off.ts";

/**
 * The customer wrote, tapped or sent something while a team or a person has them: it is kept with the case, and the
 * bot says nothing. In line, two things are still heard: asking for a person or for news tells once how it stands, and
 * the customer may take the bot back.
 */
export function whileOwned(draft: Draft, activity: MessageActivity | ChoiceActivity): void {
  const { owner } = draft.state;
  if (owner.type === "bot") return;
  const { caseId } = owner;
  if (caseId !== undefined) draft.cases.push({ caseId, type: "customerWrote" });
  if (owner.type === "agent") {
    // A person in the provider's own inbox is waited for by a timer of its own.
    if (owner.outside !== true) waitForAgent(draft, owner.team);
    return;
  }
  const payload = activity.type === "choice" ? activity.payload : undefined;
  const command = commandIn(activity.text, payload, draft.input.content.shared.phrases);
  if (command === "person" || asksForNews(draft)) tellOnce(draft, owner);
  else if (command === "bot") takeBotBack(draft, owner);
}

/** "any update?", "wala pa rin po": asks how it stands, as asking for a person does. */
function asksForNews({ heard: { words }, input }: Draft): boolean {
  const { news, unsolved } = input.content.shared.phrases;
  return words.length > 0 && (news.isIn(words) || unsolved.isIn(words));
}

/** What the bot had asked of the business came back too late for the bot: whoever has the case reads how it ended. */
export function actionReturnedWhileOwned(draft: Draft, { action, result }: ActionResultActivity): void {
  const { owner } = draft.state;
  if (owner.type === "bot" || owner.caseId === undefined) return;
  draft.cases.push({ caseId: owner.caseId, type: "actionReturned", action, ok: result.ok });
}

type Queued = Extract<Draft["state"]["owner"], { type: "queue" }>;

function tellOnce(draft: Draft, owner: Queued): void {
  const due = noteOf(draft.state, owner.caseId)?.promisedAt;
  const team = teamOf(draft, owner.team);
  if (owner.told === true || due === undefined || due === null || team === undefined) return;
  say(
    draft,
    "shared.alreadyWaiting",
    draft.input.content.shared.alreadyWaiting,
    promiseWords(draft, team, due),
  );
  draft.state = { ...draft.state, owner: { ...owner, told: true } };
  draft.outcome = "answered";
}

function takeBotBack(draft: Draft, owner: Queued): void {
  const { shared } = draft.input.content;
  const due = noteOf(draft.state, owner.caseId)?.promisedAt;
  const team = teamOf(draft, owner.team);
  draft.state = { ...draft.state, owner: { type: "bot" } };
  draft.outcome = "answered";
  if (owner.caseId !== undefined) draft.cases.push({ caseId: owner.caseId, type: "withBot" });
  if (team === undefined || due === undefined || due === null) say(draft, "shared.withBot", shared.withBot);
  else say(draft, "shared.backToBot", shared.backToBot, promiseWords(draft, team, due));
}

/** From a customer's first unanswered words the person has as long as the team promises. */
function waitForAgent(draft: Draft, teamId: string): void {
  cancelTimer(draft, idleTimer);
  const team = teamOf(draft, teamId);
  if (team === undefined || draft.state.timers[agentSilentTimer] !== undefined) return;
  setTimer(draft, agentSilentTimer, duePromise(draft, team));
}
