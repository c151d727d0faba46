import { z } from "zod";
import type { QuickReply, Reply } from "../../basics/activity.ts";
import { isoTime } from "../../basics/time.ts";
import type { RehearsedTurn } from "./watched-store.ts";

const recognized = z.object({
  language: z.string(),
  parts: z.array(
    z.object({
      outOfScope: z.number(),
      candidates: z.array(z.object({ intent: z.string(), confidence: z.number() })),
    }),
  ),
});

/** A reply as a terminal shows it: the words, what comes with them, and the buttons with their numbers. */
export function replyLines(reply: Reply, short: boolean): string[] {
  const { agent, attachments = [], quickReplies = [] } = reply;
  const text = short ? (reply.short ?? reply.text) : reply.text;
  return [
    `${agent ?? "bot"}: ${text.replace(/\n(?=.)/gu, "\n     ")}`,
    ...attachments.map(({ name, contentType }) => `     [${name ?? contentType}]`),
    ...quickReplies.map(({ title }: QuickReply, index) => `     ${String(index + 1)}. ${title}`),
  ];
}

/** What lies behind a turn: what was recognized, what was decided, and how long it took. */
export function debugLines({ commit, times }: RehearsedTurn): string[] {
  const { turn, state, timers, outbox, cases } = commit;
  const { kind, stage, intent, confidence } = turn.category;
  const read = recognized.safeParse(turn.recognition);
  const parts = read.data?.parts ?? [];
  const candidates = parts.map((part) =>
    [
      ...part.candidates.slice(0, 4).map((one) => `${one.intent} ${one.confidence.toFixed(2)}`),
      `nothing of ours ${part.outOfScope.toFixed(2)}`,
    ].join(", "),
  );
  const { owner, open } = state;
  const who =
    owner.type === "bot" ? "bot" : owner.type === "queue" ? `queue ${owner.team}` : `agent ${owner.agent}`;
  const actions = outbox.flatMap(({ body }) => (body.type === "action" ? [body.request] : []));
  const lines = [
    ...candidates.map((line) => `candidates  ${line}`),
    ...(read.data === undefined ? [] : [`language    ${read.data.language}`]),
    `category    ${[kind, stage, intent].filter((part) => part !== null).join(" / ")}${confidence === null ? "" : ` ${confidence.toFixed(2)}`}`,
    ...(turn.said.length === 0
      ? []
      : [`said        ${turn.said.map(({ script, variant }) => `${script} · ${variant}`).join(", ")}`]),
    ...(turn.steps.length === 0
      ? []
      : [`steps       ${turn.steps.map(({ dialog, step }) => `${dialog}.${step}`).join(" → ")}`]),
    ...(open === undefined ? [] : [`open        ${open.dialog}.${open.step} ${JSON.stringify(open.slots)}`]),
    `owner       ${who}, outcome ${turn.outcome}`,
    ...actions.map(({ action, input }) => `action      ${action} ${JSON.stringify(input)}`),
    ...cases.map(({ type, caseId }) => `case        ${type} ${caseId}`),
    ...timers.map(
      (timer) => `timer       ${timer.name} ${"dueAt" in timer ? isoTime(timer.dueAt) : "cancelled"}`,
    ),
    ...(times === undefined
      ? []
      : [`took        ${times.decideMs.toFixed(1)} ms to decide, ${times.commitMs.toFixed(1)} ms to commit`]),
  ];
  return lines.map((line) => `     | ${line}`);
}
