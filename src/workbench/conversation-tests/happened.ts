import { z } from "zod";
import type { Json, QuickReply, Reply } from "../../basics/activity.ts";
import type { ConversationState } from "../../conversation/state.ts";
import type { TurnRecord } from "../../turn/ports.ts";
import type { RehearsedTurn } from "../rehearsal/watched-store.ts";
import type { ActionCall } from "./fake-actions.ts";

/** All that came of one step of a test. */
export interface Happened {
  readonly turns: readonly RehearsedTurn[];
  readonly before: ConversationState;
  readonly state: ConversationState;
  readonly calls: readonly ActionCall[];
  /** Timers that are set now, and in how many ms each fires. */
  readonly timers: ReadonlyMap<string, number>;
}

export function repliesOf({ turns }: Happened): readonly Reply[] {
  return turns.flatMap(({ commit }) => commit.turn.replies);
}

/** Every saying of these turns, also those that an agent sent or that stand alone by law. */
export function saidIn({ turns }: Pick<Happened, "turns">): TurnRecord["said"] {
  return turns.flatMap(({ commit: { turn } }) => {
    const alone = turn.replies.flatMap(({ script, variant }) =>
      script === undefined || turn.said.some((said) => said.script === script)
        ? []
        : [{ script, variant: variant ?? "" }],
    );
    return [...turn.said, ...alone];
  });
}

export function textOf(happened: Happened): string {
  return repliesOf(happened)
    .map(({ text }) => text)
    .join("\n\n");
}

/** The buttons of the last reply. */
export function buttonsOf(replies: readonly Reply[]): readonly QuickReply[] {
  return replies.at(-1)?.quickReplies ?? [];
}

/** The turn that the words were filed in: the first with an intent, else the first. */
export function filedTurn({ turns }: Happened): TurnRecord | undefined {
  const records = turns.map(({ commit }) => commit.turn);
  return records.find(({ category }) => category.intent !== null) ?? records[0];
}

/** The state as plain JSON, as it is stored. */
export function plainState(state: ConversationState): Json {
  return z.json().parse(JSON.parse(JSON.stringify(state)));
}

/** Whose turn it is, as tests write it. */
export function ownerText({ owner }: ConversationState): { readonly short: string; readonly full: string } {
  switch (owner.type) {
    case "bot":
      return { short: "bot", full: "bot" };
    case "queue":
      return { short: "queue", full: `queue:${owner.team}` };
    case "agent":
      return { short: "agent", full: `agent:${owner.agent}` };
  }
}
