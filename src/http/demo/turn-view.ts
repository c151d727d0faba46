import { z } from "zod";
import { isJsonObject, type InboundActivity, type Json, type JsonObject } from "../../basics/activity.ts";
import { isoTime } from "../../basics/time.ts";
import type { TurnView } from "../../console/demo-protocol.ts";
import type { Content } from "../../content/content.ts";
import type { TurnTimes } from "../../turn/observer.ts";
import type { TurnCommit } from "../../turn/ports.ts";

/** What the log keeps of recognition (src/turn/turn-record.ts), as far as the page shows it. */
const recognitionSchema = z.object({
  parts: z.array(
    z.object({
      candidates: z.array(z.object({ intent: z.string(), confidence: z.number() })),
      outOfScope: z.number(),
    }),
  ),
  language: z.string(),
  recognizer: z.string(),
});

/** What a turn looked like when it was committed. What becomes of its replies is told later. */
export type CommittedView = Omit<TurnView, "times" | "undelivered"> & {
  readonly times: Omit<TurnView["times"], "deliverMs">;
};

/** A turn as the demo page shows it: what the log holds, with titles for ids. Titles are those of the live content. */
export function turnView(commit: TurnCommit, times: TurnTimes, content: Content): CommittedView {
  const { turn, state } = commit;
  const { category } = turn;
  const titleOf = (intent: string) => content.intents.get(intent)?.title.en ?? intent;
  const recognition = recognitionSchema.safeParse(turn.recognition).data;
  return {
    id: turn.id,
    conversationId: turn.conversationId,
    seq: turn.seq,
    at: isoTime(turn.at),
    channel: turn.channel,
    trigger: turn.trigger,
    heard: turn.activities.flatMap(({ activity }) => heardOf(activity)),
    questions: (recognition?.parts ?? []).map(({ candidates, outOfScope }) => ({
      candidates: candidates.map(({ intent, confidence }) => ({
        intent,
        title: titleOf(intent),
        confidence,
      })),
      outOfScope,
    })),
    language: recognition?.language ?? null,
    recognizer: recognition?.recognizer ?? null,
    category: {
      kind: category.kind,
      stage: category.stage,
      intent: category.intent,
      title: category.intent === null ? null : titleOf(category.intent),
      confidence: category.confidence,
      isFollowUp: category.followUpOf !== undefined,
    },
    team: turn.team === null ? null : (content.teams.get(turn.team)?.name ?? turn.team),
    outcome: turn.outcome,
    misses: state.misses,
    said: turn.said,
    replies: turn.replies.map(({ text, agent }) => ({ text, agent: agent ?? null })),
    flow:
      state.open === undefined
        ? null
        : { dialog: state.open.dialog, step: state.open.step, slots: state.open.slots },
    steps: turn.steps,
    calls: commit.outbox.flatMap(({ body }) =>
      body.type === "action" ? [{ action: body.request.action, input: body.request.input }] : [],
    ),
    results: turn.activities.flatMap(({ activity }) => resultOf(activity)),
    handOff: turn.handOff,
    cases: commit.cases.map(({ caseId, type }) => ({ caseId, type })),
    contentVersion: turn.contentVersion,
    times: {
      waitedMs: times.acceptedToDecidedMs,
      decideMs: times.decideMs,
      commitMs: times.commitMs,
    },
    record: jsonOf(turn),
  };
}

function heardOf(activity: InboundActivity): string[] {
  if (activity.type === "choice") return [activity.text];
  if (activity.type !== "message") return [];
  return activity.text === "" ? ["(a file)"] : [activity.text];
}

function resultOf(activity: InboundActivity): TurnView["results"] {
  if (activity.type !== "actionResult") return [];
  const { action, result } = activity;
  return [{ action, ok: result.ok, value: result.ok ? result.value : result.reason }];
}

/** As JSON.stringify writes it: members that are undefined are not there. */
function jsonOf(value: TurnCommit["turn"]): JsonObject {
  const written: Json = z.json().parse(JSON.parse(JSON.stringify(value)));
  return isJsonObject(written) ? written : {};
}
