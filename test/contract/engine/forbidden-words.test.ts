import { afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { KumustaError } from "../../../src/basics/errors.ts";
import type { HttpRequest } from "../../../src/channels/http-port.ts";
import { CaseActs } from "../../../src/console/case-acts.ts";
import { CaseStore } from "../../../src/store/sql/case-store.ts";
import type { Channel } from "../../../src/turn/ports.ts";
import type { ContentAndModel } from "../../../src/turn/run-turn.ts";
import { waitUntil } from "../../wait-until.ts";
import { EmulatedChannel } from "./emulated-channel.ts";
import { RunningEngine, sampleShop, SetClock } from "./running-engine.ts";

/** A channel whose window closed on people, too. */
class ClosedChannel extends EmulatedChannel implements Channel {
  closed = false;
  forbids(): string | undefined {
    return this.closed ? "7 days have passed since the customer last wrote" : undefined;
  }
}

let pair: ContentAndModel;
let running: RunningEngine;

beforeAll(async () => {
  pair = await sampleShop();
});
afterEach(async () => {
  await running.end();
});

describe("an agent who writes where the channel lets nobody write", () => {
  it("is told so in a sentence; the case stays in line and its promise stands", async () => {
    const channel = new ClosedChannel();
    const clock = new SetClock();
    running = await RunningEngine.start({ pair, channel, clock });
    const customer = await running.customer();
    await running.say(customer, "agent");
    const cases = new CaseStore(running.store.db, running.store.driver);
    const row = async () => (await cases.list({ statuses: [], limit: 5 }))[0];
    await waitUntil("the case is in line", async () => (await row())?.status === "queued");
    const before = await row();
    if (before === undefined) throw new Error("no case");
    await waitUntil("the customer was told", () => channel.received.length === 1);
    const timers = await running.timers(customer);
    channel.closed = true;
    const acts = new CaseActs({
      cases,
      turns: running.store.turns,
      inlet: { accept: (id, arrival) => running.engine.accept(id, arrival) },
      clock,
    });
    const body = Buffer.from(JSON.stringify({ agent: "Maria", text: "Hi, Maria here.", key: "k1" }));
    const request: HttpRequest = {
      id: "r1",
      method: "POST",
      path: `/api/cases/${before.id}/reply`,
      params: { id: before.id },
      query: new URLSearchParams(),
      rawQuery: "",
      headers: {},
      body,
      remoteAddress: "127.0.0.1",
    };
    const refusal = await acts.act("reply", before, request).catch((thrown: unknown) => thrown);
    if (!(refusal instanceof KumustaError)) throw new Error("it was taken");
    expect(refusal.code).toBe("case.conflict");
    expect(refusal.details).toEqual([
      "the channel does not let anybody write to this customer now: 7 days have passed since the customer last wrote",
    ]);
    expect(await row()).toEqual(before);
    expect(await running.timers(customer)).toEqual(timers);
    expect(channel.received).toHaveLength(1);
  });
});
