import type { Json, JsonObject } from "../basics/activity.ts";
import type { Decision } from "../conversation/decision.ts";
import type { Recognition } from "../conversation/recognized.ts";
import type { Burst } from "./burst.ts";
import type { StagedReply } from "./host.ts";
import { forbidsBeginning } from "./may-still-send.ts";
import type {
  Channel,
  ConversationRow,
  NewOutboxRow,
  OutboxBody,
  OutgoingReply,
  TranscriptEntry,
  TurnRecord,
} from "./ports.ts";
import type { UnmaskedCommit } from "./masking/mask-commit.ts";

/** Candidates kept in the log: enough to see what nearly won. */
const keptCandidates = 5;

/** More digits say nothing more, and a tenth of the row was digits. */
function sixDecimals(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

function recordOfRecognition(recognition: Recognition | undefined): Json {
  if (recognition === undefined) return null;
  const parts = recognition.parts.map((part): JsonObject => ({
    candidates: part.candidates.slice(0, keptCandidates).map(({ intent, score, confidence }) => ({
      intent,
      score: sixDecimals(score),
      confidence: sixDecimals(confidence),
    })),
    outOfScope: sixDecimals(part.outOfScope),
  }));
  return {
    parts,
    language: recognition.language,
    recognizer: recognition.recognizer,
    modelVersion: recognition.modelVersion,
  };
}

export interface FinishedTurn {
  readonly turnId: string;
  readonly conversation: ConversationRow;
  readonly burst: Burst;
  readonly recognition: Recognition | undefined;
  readonly decision: Decision;
  readonly staged: readonly StagedReply[];
  readonly contentVersion: string;
  /** Team named for where the matter sits; null where nobody is. */
  readonly team: string | null;
  /** What the history of a channel without a provider shows of a reply; undefined for other channels. */
  readonly entryOf: (outgoing: OutgoingReply) => TranscriptEntry | undefined;
  /** What the conversation's channel can do, how it splits replies, and its law; undefined where it is not set up. */
  readonly channelOf: (
    conversation: ConversationRow,
  ) => Pick<Channel, "parts" | "forbids" | "capabilities"> | undefined;
  /** When it was decided, epoch ms. */
  readonly at: number;
}

/** Turns a decision into the one unit that is committed: record, state, outbox, timers, intake done. */
export function commitOf(finished: FinishedTurn): UnmaskedCommit {
  const { turnId, conversation, burst, decision, at } = finished;
  const { state } = decision;
  const { rows, withheld } = outboxOf(finished);
  const silenced = withheld !== undefined && !rows.some(({ body }) => body.type === "reply");
  const turn: TurnRecord = {
    id: turnId,
    conversationId: conversation.id,
    seq: conversation.version + 1,
    trigger: burst.activity.type,
    at,
    acceptedAt: burst.rows.reduce((earliest, row) => Math.min(earliest, row.receivedAt), Infinity),
    channel: conversation.address.channel,
    account: conversation.address.account,
    contactId: conversation.contactId,
    locale: decision.state.language ?? null,
    source: burst.rows.findLast(({ activity }) => activity.source !== undefined)?.activity.source ?? null,
    lifecycle: decision.state.lifecycle ?? "unknown",
    team: finished.team,
    activities: burst.rows.map(({ externalId, activity }) => ({ externalId, activity })),
    recognition: recordOfRecognition(finished.recognition),
    category: decision.category,
    dialog: decision.dialog,
    said: decision.said,
    steps: decision.steps,
    replies: finished.staged.map(({ reply }) => reply),
    outcome: silenced ? "silent" : decision.outcome,
    visitId: decision.visitId,
    concern: decision.concern,
    handOff: decision.handOff,
    ...(decision.wishedChannel === undefined ? {} : { wishedChannel: decision.wishedChannel }),
    contentVersion: finished.contentVersion,
    arrivedLate: burst.arrivedLate,
    ...(withheld === undefined ? {} : { withheld }),
  };
  return {
    turn,
    // Nobody was told anything: the first words that do leave still say what we are.
    state: silenced ? { ...state, repliedTurns: conversation.state.repliedTurns } : state,
    lastHandledSentAt: burst.rows.reduce(
      (latest, row) => Math.max(latest, row.activity.sentAt),
      conversation.lastHandledSentAt,
    ),
    handled: burst.rows.map(({ externalId }) => externalId),
    outbox: rows,
    timers: decision.timers,
    cases: decision.cases,
  };
}

/** The rows that leave, a reply of several messages as several; and why replies are withheld where the channel's law says so. */
function outboxOf({ turnId, conversation, burst, decision, staged, at, entryOf, channelOf }: FinishedTurn): {
  rows: NewOutboxRow[];
  withheld: string | undefined;
} {
  const replyTo = burst.rows.at(-1)?.id ?? null;
  const channel = channelOf(conversation);
  const after = { ...conversation, state: decision.state };
  const byAgent = burst.activity.type === "agent" ? { byAgent: true as const } : {};
  const byTimer = burst.activity.type === "timer";
  const rows: NewOutboxRow[] = [];
  let withheld: string | undefined;
  const add = (body: OutboxBody, notBefore: number) => {
    const n = rows.length;
    const id = `${turnId}.${String(n)}`;
    if (body.type === "action") {
      rows.push({ id, n, body, notBefore });
      return;
    }
    const unprompted = byTimer ? { unpromptedSince: at } : {};
    const outgoing = {
      outboxId: id,
      conversation: after,
      reply: body.reply,
      replyTo,
      at: notBefore,
      ...unprompted,
    };
    const refusal = forbidsBeginning(body, decision.state) ?? channel?.forbids?.(outgoing);
    if (refusal === undefined)
      rows.push({ id, n, body, notBefore, transcript: notBefore <= at ? entryOf(outgoing) : undefined });
    else withheld = refusal;
  };
  for (const { reply, delayMs } of staged) {
    for (const part of channel?.parts?.(reply) ?? [reply])
      add(
        { type: "reply", reply: part, replyTo, ...byAgent, ...(byTimer ? { unprompted: true } : {}) },
        at + delayMs,
      );
  }
  for (const request of decision.actions) add({ type: "action", request }, at);
  return { rows, withheld };
}
