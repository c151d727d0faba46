import type { ConversationAddress, InboundActivity, Reply } from "../../../src/basics/activity.ts";
import { newId } from "../../../src/basics/ids.ts";
import type { TimerChange } from "../../../src/conversation/decision.ts";
import type { CaseChange } from "../../../src/conversation/handoff/case-change.ts";
import { newConversation, type ConversationState } from "../../../src/conversation/state.ts";
import type {
  ConversationRow,
  NewIntake,
  NewOutboxRow,
  OutboxBody,
  TranscriptEntry,
  TurnCommit,
  TurnStore,
} from "../../../src/turn/ports.ts";

/** An arbitrary instant, epoch ms: 2026-11-22T00:00:00Z. */
export const noon = 1_795_305_600_000;

export function addressOf(conversation: string, channel = "webchat", account = "shop"): ConversationAddress {
  return { channel, account, conversation };
}

/** Opens a conversation of its own for a test. */
export function open(
  store: TurnStore,
  address: ConversationAddress = addressOf(newId()),
): Promise<ConversationRow> {
  return store.openConversation({
    id: newId(),
    address,
    contact: `contact of ${address.conversation}`,
    state: newConversation,
    at: noon,
  });
}

export function said(text: string, sentAt = noon): InboundActivity {
  return { type: "message", text, sentAt };
}

interface IntakeParts {
  readonly externalId?: string;
  readonly activity?: InboundActivity;
  readonly transcript?: TranscriptEntry;
  readonly receivedAt?: number;
}

/** One arrival in this conversation. */
export function arrival(
  conversation: ConversationRow,
  { externalId = newId(), activity = said("hello"), transcript, receivedAt = noon }: IntakeParts = {},
): NewIntake {
  return {
    id: newId(),
    conversationId: conversation.id,
    address: conversation.address,
    externalId,
    activity,
    transcript,
    receivedAt,
    readyAt: receivedAt,
  };
}

export function reply(text: string): OutboxBody {
  const content: Reply = { text };
  return { type: "reply", reply: content, replyTo: null };
}

interface TurnParts {
  readonly handled?: readonly string[];
  readonly outbox?: readonly NewOutboxRow[];
  readonly replies?: readonly OutboxBody[];
  readonly timers?: readonly TimerChange[];
  readonly cases?: readonly CaseChange[];
  readonly state?: ConversationState;
  readonly at?: number;
  readonly lastHandledSentAt?: number;
}

/** A turn that moves the conversation one version on. */
export function turn(conversation: ConversationRow, parts: TurnParts = {}): TurnCommit {
  const {
    handled = [],
    replies = [],
    timers = [],
    cases = [],
    state = conversation.state,
    at = noon,
    lastHandledSentAt = noon,
  } = parts;
  const id = newId();
  const outbox = parts.outbox ?? replies.map((body, n) => ({ id: `${id}:${n}`, n, body, notBefore: 0 }));
  return {
    turn: {
      id,
      conversationId: conversation.id,
      seq: conversation.version + 1,
      trigger: "message",
      at,
      acceptedAt: at,
      channel: conversation.address.channel,
      account: conversation.address.account,
      contactId: conversation.contactId,
      locale: null,
      source: null,
      lifecycle: "unknown",
      team: null,
      activities: handled.map((externalId) => ({ externalId, activity: said("hello") })),
      recognition: null,
      category: { kind: "other", stage: null, intent: null, topic: null, decidedBy: "bot", confidence: null },
      dialog: null,
      said: [],
      steps: [],
      replies: [],
      outcome: "answered",
      visitId: null,
      concern: null,
      handOff: null,
      contentVersion: "test",
      arrivedLate: false,
    },
    state,
    vault: conversation.vault,
    lastHandledSentAt,
    handled,
    outbox,
    timers,
    cases,
  };
}

/** What waits in the conversation, in its order. */
export async function pendingIn(store: TurnStore, conversation: ConversationRow): Promise<string[]> {
  return ((await store.takeUp(conversation.id))?.pending ?? []).map(({ externalId }) => externalId);
}

/** The conversation as it stands now. */
export async function reread(store: TurnStore, conversation: ConversationRow): Promise<ConversationRow> {
  const found = await store.getConversation(conversation.id);
  if (found === undefined) throw new TypeError("The conversation of this test is gone");
  return found;
}

/** The texts of the replies that wait to leave, in their order. */
export async function textsToSend(store: TurnStore, conversation: ConversationRow): Promise<string[]> {
  return (await store.unsettledOutbox(conversation.id)).map(({ body }) =>
    body.type === "reply" ? body.reply.text : `action ${body.request.action}`,
  );
}

/** Starts n at once and waits for all. */
export function together<T>(n: number, start: (i: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: n }, (_, i) => start(i)));
}
