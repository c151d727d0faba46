import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { atRest } from "./at-rest.ts";
import { readLedger, type LedgerTurn } from "./ledger.ts";
import { faultsOf } from "./ledger-faults.ts";
import { startProgram, temporaryFolder, type Program } from "./program.ts";
import { Sender } from "./sender.ts";

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let program: Program;
let database: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  database = join(folder.path, "kumusta.db");
  // The burst window that is set where nobody sets one.
  program = await startProgram(folder.path, { BURST_QUIET_MS: "" });
});
afterAll(async () => {
  await program.stop();
  await folder.remove();
});

/** The turns of one conversation once everything is answered; nothing may contradict the guarantees by then. */
async function turnsOf(sender: Sender): Promise<LedgerTurn[]> {
  await atRest(database);
  const ledger = readLedger(database);
  expect(faultsOf(ledger, [await sender.witness()])).toEqual([]);
  const row = ledger.conversations.find(({ external_id }) => external_id === sender.conversation);
  return ledger.turns.filter(({ conversation_id }) => conversation_id === row?.id);
}

const begin = () => Sender.begin(() => program.url);

describe("a customer on web chat", () => {
  it("whose client posts the same message three times at once is answered once", async () => {
    const sender = await begin();
    const said = await sender.say("magkano po sf");
    const first = said.activityId;
    const repeats = await Promise.all([1, 2, 3].map(() => sender.post(said)));
    expect(repeats.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(said.activityId).toBe(first);
    expect(await turnsOf(sender)).toHaveLength(1);
    expect((await sender.history()).map(({ from }) => from.role)).toEqual(["user", "bot"]);
  });

  it("whose client posts it three times before any answer is answered once, under one id", async () => {
    const sender = await begin();
    const said = {
      conversation: sender.conversation,
      id: "c0",
      text: "magkano po sf",
      sentAt: performance.now(),
    };
    const copies = [1, 2, 3].map((): typeof said & { activityId?: string } => ({ ...said }));
    sender.said.push(said);
    await Promise.all([sender.post(said), ...copies.map((copy) => sender.post(copy))]);
    expect(new Set(copies.map(({ activityId }) => activityId))).toEqual(
      new Set([sender.said[0]?.activityId]),
    );
    expect((await turnsOf(sender)).map(({ text }) => text)).toEqual(["magkano po sf"]);
    expect(await sender.history()).toHaveLength(2);
  });

  it("who writes three times quickly gets one turn and one reply", async () => {
    const sender = await begin();
    for (const text of ["hi po", "tanong lang", "magkano po shipping"]) await sender.say(text);
    expect((await turnsOf(sender)).map(({ text }) => text)).toEqual([
      "hi po|tanong lang|magkano po shipping",
    ]);
    expect((await sender.history()).map(({ from }) => from.role)).toEqual(["user", "user", "user", "bot"]);
  });

  it("whose messages overtake each other on the way is understood in the order of writing", async () => {
    const sender = await begin();
    const written = Date.now() - 5_000;
    const at = (ms: number) => ({ localTimestamp: new Date(written + ms).toISOString() });
    await sender.say("second", at(2));
    await sender.say("third", at(3));
    await sender.say("first", at(1));
    await atRest(database);
    const ledger = readLedger(database);
    const row = ledger.conversations.find(({ external_id }) => external_id === sender.conversation);
    expect(
      ledger.turns.filter(({ conversation_id }) => conversation_id === row?.id).map(({ text }) => text),
    ).toEqual(["first|second|third"]);
  });

  it("whose clock is too coarse to tell is understood in the order of its own counter", async () => {
    const sender = await begin();
    const localTimestamp = new Date(Date.now() - 5_000).toISOString();
    const at = (sequence: number) => ({ localTimestamp, channelData: { sequence } });
    await sender.say("second", at(2));
    await sender.say("first", at(1));
    await atRest(database);
    const { turns } = readLedger(database);
    expect(turns.map(({ text }) => text)).toContain("first|second");
  });

  it("whose older message arrives after the answer gets a turn of its own for it, marked as late", async () => {
    const sender = await begin();
    const written = Date.now() - 5_000;
    await sender.say("magkano po sf", { localTimestamp: new Date(written + 10).toISOString() });
    await turnsOf(sender);
    await sender.say("paano magbayad", { localTimestamp: new Date(written).toISOString() });
    expect((await turnsOf(sender)).map(({ text, arrivedLate }) => [text, arrivedLate])).toEqual([
      ["magkano po sf", false],
      ["paano magbayad", true],
    ]);
  });
});
