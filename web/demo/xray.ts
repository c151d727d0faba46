import type { TrailAnswer, TurnView } from "../../src/console/demo-protocol.ts";
import { createCaseCard, type CaseCard } from "./case-card.ts";
import { element } from "./element.ts";
import { createJourneyMap } from "./journey-map.ts";
import { createTurnCard, type TurnCard } from "./turn-card.ts";
import { outcomeWord, percent } from "./words.ts";

export interface Xray {
  readonly root: HTMLElement;
  show(answer: TrailAnswer): void;
  clear(): void;
  reachable(isReachable: boolean): void;
}

/** What a screen reader says of a turn: one line, for the chat itself reads out the words. */
function spoken(turn: TurnView): string {
  const {
    category: { title, confidence },
    cases,
  } = turn;
  const meant =
    title === null ? "no intent" : `${title}${confidence === null ? "" : `, ${percent(confidence)}`}`;
  const opened = cases.some(({ type }) => type === "opened") ? " A case was opened." : "";
  return `X-ray: ${meant}. ${outcomeWord(turn)}.${opened}`;
}

/** The right half of the demo page: the journey, the cases and each turn, newest first. */
export function createXray(): Xray {
  const map = createJourneyMap();
  const spokenLine = element("p", { class: "unseen", role: "status", "aria-label": "X-ray" });
  const lost = element(
    "p",
    // No status of its own: the chat says already that the connection is lost.
    { class: "lost", hidden: "" },
    "The program does not answer. Start it again with npm start; this page goes on by itself.",
  );
  const cases = element("div", { class: "cases" });
  const empty = element(
    "p",
    { class: "empty" },
    "Nothing yet. Tap “Taglish with typos” above: the chat opens, and what the bot thinks of the line appears here.",
  );
  const turns = element("ol", { class: "turns", "aria-label": "Turns, newest first" });
  const root = element(
    "section",
    { class: "xray", "aria-labelledby": "xray" },
    element("h2", { id: "xray", tabindex: "-1" }, "What the bot thinks"),
    element("a", { class: "up", href: "#try" }, "Tap another line"),
    map.root,
    spokenLine,
    lost,
    cases,
    empty,
    turns,
  );
  const cards = new Map<string, TurnCard>();
  const caseCards = new Map<string, CaseCard>();
  let newest: TurnCard | undefined;
  let stage: string | null = null;
  let conversation = "";
  let teams: TrailAnswer["teams"] = {};

  const cardOf = (turn: TurnView): TurnCard => {
    const known = cards.get(turn.id);
    if (known !== undefined) return known;
    const card = createTurnCard();
    cards.set(turn.id, card);
    newest?.fold();
    newest = card;
    turns.prepend(element("li", {}, card.root));
    if (turn.conversationId !== conversation) stage = null;
    conversation = turn.conversationId;
    stage = turn.category.stage ?? stage;
    spokenLine.textContent = spoken(turn);
    return card;
  };
  const caseOf = (caseId: string): CaseCard => {
    const known = caseCards.get(caseId);
    if (known !== undefined) return known;
    const card = createCaseCard(caseId, () => teams);
    caseCards.set(caseId, card);
    cases.prepend(card.root);
    return card;
  };
  return {
    root,
    show: (answer) => {
      teams = answer.teams;
      const touched = new Set<string>();
      for (const turn of answer.turns) {
        cardOf(turn).show(turn);
        for (const { caseId } of turn.cases) touched.add(caseId);
      }
      for (const caseId of touched) caseOf(caseId).look();
      empty.hidden = cards.size > 0;
      map.show(answer.stages, stage);
    },
    clear: () => {
      for (const list of [cases, turns]) list.replaceChildren();
      cards.clear();
      caseCards.clear();
      newest = undefined;
      stage = null;
      empty.hidden = false;
    },
    reachable: (isReachable) => {
      lost.hidden = isReachable;
    },
  };
}
