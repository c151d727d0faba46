import { newId } from "../../../src/basics/ids.ts";
import { newConversation } from "../../../src/conversation/state.ts";
import { SqlWebchatStore } from "../../../src/store/sql/webchat-store.ts";
import type { Store } from "../../../src/store/store.ts";
import type { ConversationRow } from "../../../src/turn/ports.ts";
import { arrival, noon, said, turn } from "../turn-store/samples.ts";

export interface Talker {
  readonly channel: string;
  /** The channel's own id of them, as in the conversation's address. */
  readonly address: string;
  readonly contact: string;
  /** Words that stand in everything of theirs. */
  readonly words: string;
  /** A value that they gave; it stands in their vault. */
  readonly phone: string;
}

/**
 * A customer who wrote so often, was answered, sent a file, and has an open case; one message more waits to be handled.
 * Everything of theirs is in every place in which the store keeps anything.
 */
export async function talk(store: Store, who: Talker, times = 3): Promise<ConversationRow> {
  const { turns } = store;
  const { channel, address, contact, words, phone } = who;
  let conversation = await turns.openConversation({
    id: newId(),
    address: { channel, account: "shop", conversation: address },
    contact,
    state: newConversation,
    at: noon,
  });
  const vault = { "‹phone:1›": phone };
  for (let n = 1; n <= times; n++) {
    const externalId = `m${String(n)}`;
    await turns.accept(
      arrival(conversation, {
        externalId,
        activity: said(`${words} ${String(n)}`),
        transcript: { body: { type: "message", text: `${words} ${String(n)}` } },
      }),
    );
    const made = turn(conversation, { handled: [externalId] });
    const { id } = made.turn;
    const reply = { text: `You said: ${words}` };
    const caseId = `case of ${conversation.id}`;
    const commit = {
      ...made,
      vault,
      turn: {
        ...made.turn,
        visitId: `visit of ${conversation.id}`,
        concern: { visit: `visit of ${conversation.id}`, intent: "order-status" },
        source: {
          device: "mobile" as const,
          page: `/orders/12345?mail=${phone}`,
          referrer: `https://a.example/${phone}`,
        },
        category: {
          ...{ kind: "question" as const, stage: "delivery", intent: "order-status", topic: null },
          ...{ decidedBy: "bot" as const, confidence: 0.9 },
        },
        activities: [{ externalId, activity: said(`${words}, call ‹phone:1›`) }],
        replies: [reply],
      },
      state: { ...newConversation, remembered: { order: words } },
      outbox: [
        { id: `${id}.0`, n: 0, body: { type: "reply" as const, reply, replyTo: null }, notBefore: 0 },
        { id: `${id}.1`, n: 1, body: { type: "reply" as const, reply, replyTo: null }, notBefore: 0 },
      ],
      timers: [{ name: "csat", dueAt: noon + 1 }],
      cases:
        n === 1
          ? [
              {
                ...{ caseId, type: "opened" as const, team: "delivery", reason: "requested" as const },
                promisedAt: noon,
                card: {
                  category: { kind: "question", stage: "delivery", intent: "order-status" },
                  ...{
                    asked: words,
                    tried: [],
                    slots: { order: words },
                    lastCases: [],
                    channel,
                    language: "en",
                  },
                  media: [],
                },
              },
            ]
          : [],
    };
    await turns.commitTurn(commit);
    await turns.settle(conversation.id, `${id}.0`, { status: "delivered" }, noon);
    conversation = (await turns.getConversation(conversation.id)) ?? conversation;
  }
  await turns.accept(arrival(conversation, { externalId: "waiting", activity: said(`${words} again`) }));
  const webchat = new SqlWebchatStore(store.db, store.driver);
  await webchat.addSession(conversation.id, `user of ${address}`, `hash of ${address}`, noon);
  await webchat.addUpload({
    ...{ id: newId(), rowId: conversation.id, name: `${words}.txt`, contentType: "text/plain", at: noon },
    bytes: Buffer.from(`file: ${words}`.repeat(10_000)),
  });
  return conversation;
}

const tables = [
  ...["conversations", "intake", "turns", "outbox", "timers", "transcript", "webchat_sessions", "uploads"],
  ...["upload_pieces", "cases", "case_events", "concerns", "rollups", "corrections", "erasures"],
  ...["erased_conversations", "uncounted"],
] as const;

/** Every row of every table, by table; bytes as text. */
export async function everyRow({ db }: Store): Promise<Map<string, readonly object[]>> {
  const found = new Map<string, readonly object[]>();
  for (const table of tables) {
    const rows: readonly object[] = await db
      .selectFrom(db.dynamic.table(table).as("t"))
      .selectAll()
      .execute();
    const readable = (value: unknown): unknown =>
      value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : value;
    found.set(
      table,
      rows.map((row) =>
        Object.fromEntries(Object.entries(row).map(([name, value]) => [name, readable(value)])),
      ),
    );
  }
  return found;
}

/** The same as JSON. */
export async function everything(store: Store): Promise<Map<string, string>> {
  return new Map([...(await everyRow(store))].map(([table, rows]) => [table, JSON.stringify(rows)]));
}

/** Tables in which any of these texts stands. */
export async function tablesWith(store: Store, texts: readonly string[]): Promise<string[]> {
  return [...(await everything(store))]
    .filter(([, rows]) => texts.some((text) => rows.includes(text)))
    .map(([table]) => table);
}
