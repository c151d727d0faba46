import { afterEach, beforeAll, beforeEach, expect, it } from "@jest/globals";
import type { InboundActivity, Json } from "../../src/basics/activity.ts";
import { ScriptValues } from "../../src/basics/masking/script-values.ts";
import { contentTypes, locationAttachment } from "../../src/basics/activity.ts";
import { newId } from "../../src/basics/ids.ts";
import { cardOf, historyLine, summaryOf, transcriptOf } from "../../src/console/case-views.ts";
import { newConversation, type ConversationState } from "../../src/conversation/state.ts";
import { openStore, type Store } from "../../src/store/open-store.ts";
import { CaseStore } from "../../src/store/sql/case-store.ts";
import { nextBurst } from "../../src/turn/burst.ts";
import { Engine } from "../../src/turn/engine.ts";
import { BotHost } from "../../src/turn/host.ts";
import { mapRecord, openCommit } from "../../src/turn/masking/map-commit.ts";
import { openingWith } from "../../src/turn/masking/text-map.ts";
import type { Action, ConversationRow, TurnRecord } from "../../src/turn/ports.ts";
import { runTurn, type ContentAndModel } from "../../src/turn/run-turn.ts";
import { StoredJson } from "../../src/store/sql/stored-json.ts";
import { waitUntil } from "../wait-until.ts";
import { onEachEngine } from "./each-engine.ts";
import { EmulatedChannel } from "./engine/emulated-channel.ts";
import { sampleShop, SetClock } from "./engine/running-engine.ts";

const phone = "0917 123 4567";
const email = "juan.delacruz@example.com";
const card = "4111 1111 1111 1111";
const order = "345672";
const address = "Unit 5, 12 Mabini Street, Poblacion, Makati City";
const rider = "0918 765 4321";
const flat = "3rd floor, blue gate";
/** What must not stand anywhere but in the vault. */
const personal = [
  phone,
  "9171234567",
  email,
  card,
  order,
  "Mabini",
  rider,
  "14.5547",
  "121.0244",
  "Tita Baby",
];

const records = new StoredJson<TurnRecord>();

let pair: ContentAndModel;
beforeAll(async () => {
  pair = await sampleShop();
});

/** The rider's number comes with the result; the test says when. */
class ChangeAddress implements Action {
  readonly name = "orders.change-address";
  readonly timeoutMs = 60_000;
  readonly inputs: Json[] = [];
  #answer: ((value: Json) => void) | undefined;
  perform(input: Json): Promise<Json> {
    this.inputs.push(input);
    return new Promise((resolve) => {
      this.#answer = resolve;
    });
  }
  answer(): void {
    this.#answer?.({ changed: true, rider: { call: `text ${rider}`, number: 639187654321 } });
  }
}

onEachEngine("a conversation in which people tell who they are", (fresh) => {
  let store: Store;
  let engine: Engine;
  let channel: EmulatedChannel;
  let clock: SetClock;
  let action: ChangeAddress;
  let conversation: ConversationRow;
  const failures: string[] = [];

  beforeEach(async () => {
    store = await openStore(await fresh());
    clock = new SetClock();
    channel = new EmulatedChannel();
    action = new ChangeAddress();
    failures.length = 0;
    engine = new Engine({
      store: store.turns,
      clock,
      host: new BotHost(),
      pair: () => pair,
      channels: [channel],
      actions: new Map([[action.name, action]]),
      window: { quietMs: 0, mostMs: 3_000 },
      limits: { retryMs: 5, timerLookMs: 10, sweepMs: 20 },
      observer: {
        accepted: () => undefined,
        turned: () => undefined,
        settled: () => undefined,
        failed: (what, ids, thrown) => {
          failures.push(`${what} ${JSON.stringify(ids)} ${String(thrown)}`);
        },
      },
    });
    await engine.start();
    const id = newId();
    conversation = await store.turns.openConversation({
      id,
      address: { channel: channel.name, account: "page", conversation: id },
      contact: "c",
      state: { ...newConversation, verified: true },
      at: clock.now(),
    });
  });
  afterEach(async () => {
    await engine.stop();
    await store.close();
  });

  const now = async (): Promise<ConversationRow> => {
    const row = await store.turns.getConversation(conversation.id);
    if (row === undefined) throw new Error("the conversation is gone");
    return row;
  };
  const turns = () =>
    store.db
      .selectFrom("turns")
      .selectAll()
      .where("conversation_id", "=", conversation.id)
      .orderBy("seq")
      .execute();
  /** Waits for the turn after `before`, and until its replies have left. */
  const turnAfter = async (before: ConversationRow) => {
    await waitUntil("the turn is recorded", async () => (await now()).version > before.version);
    await waitUntil("its replies have left", async () =>
      (await store.turns.unsettledOutbox(conversation.id)).every(({ body }) => body.type === "action"),
    );
  };
  const happens = async (activity: InboundActivity) => {
    const before = await now();
    const { address: where } = conversation;
    await engine.accept(conversation.id, { address: where, externalId: newId(), activity });
    await turnAfter(before);
    return before;
  };
  const says = (text: string) => happens({ type: "message", text, sentAt: clock.now() });
  const agentSays = async (text: string) => {
    const caseId = (await now()).state.cases?.at(-1)?.id ?? "";
    return happens({
      type: "agent",
      agent: "Maria",
      caseId,
      op: "reply",
      key: newId(),
      text,
      sentAt: clock.now(),
    });
  };
  /** All that happens in these tests; gives the conversation as it stood before each turn. */
  const everything = async (): Promise<ConversationRow[]> => {
    const before = [
      await happens({
        type: "choice",
        text: "Change address",
        payload: "intent:delivery.change-address",
        sentAt: clock.now(),
        source: { page: `/orders?email=${email}` },
      }),
      await says(`TND-${order}`),
      await says(address),
      await says("yes"),
    ];
    await waitUntil("the action is asked for", () => action.inputs.length === 1);
    const asked = await now();
    action.answer();
    await turnAfter(asked);
    return [
      ...before,
      asked,
      await says(
        `I want to talk to a person, text me at ${phone} or ${email}, I paid ${order} with ${card} ‹phone:1›`,
      ),
      await happens({
        type: "message",
        text: "",
        attachments: [
          { ...locationAttachment(14.5547, 121.0244), name: "Tita Baby's house" },
          { contentType: contentTypes.contactCard, content: { phone: "09171234567" } },
        ],
        sentAt: clock.now(),
      }),
      await says("agent"),
      await says(`${flat}, order ${order}`),
      await agentSays(`Hello! I'll call ${phone} about ${order}.`),
    ];
  };
  /** Every row of every table but what arrived raw and is cleared away, and the vault itself. */
  const kept = async () => {
    const { db } = store;
    const { vault, ...snapshot } = await db.selectFrom("conversations").selectAll().executeTakeFirstOrThrow();
    const others = await Promise.all([
      db.selectFrom("turns").selectAll().execute(),
      db.selectFrom("outbox").selectAll().execute(),
      db.selectFrom("cases").selectAll().execute(),
      db.selectFrom("case_events").selectAll().execute(),
      db.selectFrom("timers").selectAll().execute(),
    ]);
    return { vault, text: JSON.stringify([snapshot, others]) };
  };

  it("keeps no number, address or name of theirs anywhere but in the vault", async () => {
    await everything();
    const { vault, text } = await kept();
    for (const value of personal) expect(text).not.toContain(value);
    expect(text).toContain("‹orderNumber:1›");
    expect(text).toContain("‹address:1›");
    for (const value of [phone, email, card, order, address, rider]) expect(vault).toContain(value);
    expect(failures).toEqual([]);
  });

  it("answers the customer, and asks the business, with the values themselves", async () => {
    await everything();
    expect(action.inputs).toEqual([{ orderNumber: order, address }]);
    const heard = channel.texts.join("\n");
    expect(heard).toContain(`Done. Order ${order} now goes to ${address}.`);
    expect(heard).toContain(`Hello! I'll call ${phone} about ${order}.`);
    expect(heard).not.toContain("‹");
  });

  it("shows the people who answer what the customer wrote, letter by letter", async () => {
    await everything();
    const cases = new CaseStore(store.db, store.driver);
    const [row] = await cases.list({ statuses: [], limit: 10 });
    if (row === undefined) throw new Error("no case was opened");
    const transcript = transcriptOf(await cases.turns(row), row.vault);
    const texts = transcript.map(({ text }) => text);
    expect(texts).toContain(
      `I want to talk to a person, text me at ${phone} or ${email}, I paid ${order} with ${card} ‹phone:1›`,
    );
    expect(texts).toContain(`TND-${order}`);
    expect(texts).toContain(address);
    expect(transcript.flatMap(({ media }) => media).map(({ name }) => name)).toContain("Tita Baby's house");
    expect(cardOf(row, transcript).slots).toMatchObject({ orderNumber: order });
    expect(summaryOf(row).asked).toContain(`text me at ${phone}`);
    const lines = (await cases.history(row.id)).map((event) => historyLine(event, row.vault));
    expect(lines.map(({ type }) => type)).toContain("replied");
  });

  it("says only of what kind a value was once the vault is emptied", async () => {
    await everything();
    await store.db.updateTable("conversations").set({ vault: "{}" }).execute();
    const cases = new CaseStore(store.db, store.driver);
    const [row] = await cases.list({ statuses: [], limit: 10 });
    if (row === undefined) throw new Error("no case was opened");
    const shown = JSON.stringify([cardOf(row, []), transcriptOf(await cases.turns(row), row.vault)]);
    for (const value of personal) expect(shown).not.toContain(value);
    expect(shown).toMatch(/‹phone:\d›/u);
  });

  it("replays exactly with its vault", async () => {
    const before = await everything();
    const { vault, state } = await now();
    const logged = await turns();
    expect(logged).toHaveLength(before.length);
    let last: ConversationState | undefined;
    for (const [i, row] of logged.entries()) {
      const standing = before[i];
      if (standing === undefined) throw new Error("no snapshot");
      const { id, conversation_id: conversationId, seq, at, trigger, outcome, record: kept } = row;
      const columns = { id, conversationId, seq, at, trigger, outcome };
      const whole = { ...records.parse(kept), ...columns };
      const record = mapRecord(records.parse(JSON.stringify(whole)), openingWith(vault));
      const burst = nextBurst(
        record.activities.map(({ externalId, activity }) => ({
          id: externalId,
          externalId,
          activity,
          receivedAt: record.acceptedAt,
          attempts: 0,
        })),
        standing.lastHandledSentAt,
        false,
      );
      if (burst === undefined) throw new Error("no activity");
      const again = openCommit(
        await runTurn(
          {
            clock: { now: () => at, elapsed: () => 0 },
            host: new BotHost(),
            scripts: new ScriptValues(),
            pair: () => pair,
            entryOf: () => undefined,
            channelOf: () => undefined,
          },
          standing,
          burst,
        ),
      );
      // Ids are drawn anew; everything else is as it was.
      expect({ ...again.turn, id }).toEqual(record);
      last = again.state;
    }
    expect(JSON.parse(JSON.stringify(last))).toEqual(JSON.parse(JSON.stringify(state)));
  });
});
