import type { Intent } from "../../content/content.ts";
import type { Draft } from "../decide/draft.ts";
import type { ContextCard } from "./case-change.ts";

/**
 * What the matter is: the intent of this turn, else of the open flow, else the last one. Greetings and thanks are no
 * matter of anybody's: they send a customer to no team.
 */
export function matterOf({ category, state, input }: Draft): Intent | undefined {
  for (const id of [category.intent, state.open?.intent, state.lastIntent]) {
    const intent = id === undefined || id === null ? undefined : input.content.intents.get(id);
    if (intent !== undefined && intent.kind !== "other") return intent;
  }
  return undefined;
}

/** The card of a case that opens now. Taken before the handover clears the open flow. */
export function contextCard(draft: Draft): ContextCard {
  const { state, input } = draft;
  const { activity } = input;
  const matter = matterOf(draft);
  const words = activity.type === "message" || activity.type === "choice" ? activity.text : "";
  const concerns = (state.concerns ?? []).filter(({ visit }) => visit === state.visit?.id);
  const tried = [
    ...concerns.map(({ intent, outcome }) => `${intent} (${outcome})`),
    ...Array.from({ length: state.misses }, () => "not understood"),
  ];
  return {
    category: {
      kind: matter?.kind ?? draft.category.kind,
      stage: matter?.stage ?? null,
      intent: matter?.id ?? null,
    },
    asked: words,
    tried,
    slots: { ...state.remembered, ...state.open?.slots },
    lastCases: (state.cases ?? []).map(({ id, intent, team, status, openedAt }) => ({
      id,
      intent,
      team,
      status,
      openedAt,
    })),
    channel: input.channel ?? null,
    language: draft.language,
    media: activity.type === "message" ? (activity.attachments ?? []) : [],
  };
}
