import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { endpointActions } from "../../../src/actions/endpoint-actions.ts";
import { httpEndpoint, type HttpEndpoint } from "../../../src/actions/http-endpoint.ts";
import { systemClock } from "../../../src/basics/time.ts";
import type { DeclaredAction, Proof } from "../../../src/content/content.ts";
import { newConversation } from "../../../src/conversation/state.ts";
import { performAction } from "../../../src/turn/actions.ts";
import type { ConversationRow } from "../../../src/turn/ports.ts";
import { BusinessServer, gives, hangsUp, silent, status } from "./business-server.ts";

const secret = "a-secret-for-tests-only";
const declared: Readonly<Record<string, DeclaredAction>> = {
  "orders.status": { gives: ["statusEn", "arrives"], personal: "none" },
  "addresses.change": { gives: [], personal: "changes" },
};
const parcel = { statusEn: "out for delivery", arrives: "November 25" };

let business: BusinessServer;
let endpoint: HttpEndpoint;
let waits: number[];

beforeEach(async () => {
  business = new BusinessServer(secret);
  endpoint = httpEndpoint(await business.listen());
  waits = [];
});
afterEach(async () => {
  await endpoint.close();
  await business.close();
});

function conversation(verified: boolean): ConversationRow {
  return {
    id: "conversation-1",
    address: { channel: "webchat", account: "page", conversation: "c" },
    contact: "ana",
    contactId: "a-customer",
    vault: {},
    version: 3,
    state: { ...newConversation, verified },
    lastHandledSentAt: 0,
  };
}

interface Asked {
  readonly name?: string;
  readonly needs?: Proof;
  readonly verified?: readonly boolean[];
  readonly signedWith?: string;
  readonly timeoutMs?: number;
}

/** Performs an action as the outbox does; `verified` tells how the contact stands at each try. */
async function perform(asked: Asked = {}) {
  const { name = "orders.status", needs = "anonymous", signedWith = secret, timeoutMs } = asked;
  const proofs = [...(asked.verified ?? [false])];
  const book = endpointActions({
    endpoint: endpoint.post,
    secret: signedWith,
    clock: systemClock,
    declared: (action) => declared[action],
  });
  const action = book.get(name);
  return performAction({
    action: action === undefined || timeoutMs === undefined ? action : { ...action, timeoutMs },
    request: { action: name, needs, input: { orderNumber: "104233" } },
    idempotencyKey: "turn-7.1",
    current: () => Promise.resolve(conversation((proofs.length > 1 ? proofs.shift() : proofs[0]) ?? false)),
    pause: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
  });
}

describe("an action asked of the business over HTTP", () => {
  it("travels as a signed JSON POST and brings its fields back", async () => {
    business.answers = [gives(parcel)];
    expect(await perform()).toEqual({ ok: true, value: parcel });
    expect(business.seen).toEqual([
      {
        idempotencyKey: "turn-7.1",
        body: {
          action: "orders.status",
          input: { orderNumber: "104233" },
          contact: "ana",
          verified: false,
          conversation: "conversation-1",
          idempotencyKey: "turn-7.1",
        },
      },
    ]);
  });

  it("with another secret is refused by a business that checks, and not sent again", async () => {
    business.answers = [gives(parcel)];
    const result = await perform({ signedWith: "another-secret-of-tests" });
    expect(result).toEqual({ ok: false, reason: expect.stringContaining("status 401") });
    expect([business.seen.length, waits]).toEqual([0, []]);
  });

  it.each([
    ["fails with 503", status(503)],
    ["is busy with 429", status(429)],
    ["hangs up", hangsUp],
  ])("is asked again under the same key when the business %s", async (_what, trouble) => {
    business.answers = [trouble, trouble, gives(parcel)];
    expect(await perform()).toEqual({ ok: true, value: parcel });
    expect(business.seen.map(({ idempotencyKey }) => idempotencyKey)).toEqual([
      "turn-7.1",
      "turn-7.1",
      "turn-7.1",
    ]);
    expect(waits).toEqual([500, 2_000]);
  });

  it("waits as long as the business asks, within reason", async () => {
    business.answers = [
      status(429, { "retry-after": "7" }),
      status(503, { "retry-after": "9000" }),
      gives(parcel),
    ];
    await perform();
    expect(waits).toEqual([7_000, 20_000]);
  });

  it("gives up after the third failure, and says why", async () => {
    business.answers = [status(500)];
    expect(await perform()).toEqual({ ok: false, reason: expect.stringContaining("status 500") });
    expect(business.seen).toHaveLength(3);
  });

  it.each([400, 404, 409, 302])("is not asked again after status %i", async (code) => {
    business.answers = [status(code)];
    expect(await perform()).toEqual({ ok: false, reason: expect.stringContaining(`status ${String(code)}`) });
    expect(business.seen).toHaveLength(1);
  });

  it("that is never answered ends at its time-out", async () => {
    business.answers = [silent];
    expect(await perform({ timeoutMs: 50 })).toEqual({
      ok: false,
      reason: expect.stringContaining("time-out"),
    });
    expect(business.seen).toHaveLength(3);
  });

  it.each([
    ["lacks a field that texts show", gives({ statusEn: "here" }), "lacks arrives"],
    ["is no object", gives(["here"]), "plain fields"],
    ["holds more than plain fields", gives({ ...parcel, order: { price: 5 } }), "plain fields"],
    ["is longer than 64 KiB", gives({ ...parcel, note: "x".repeat(70_000) }), "too long"],
  ])("is not believed when its answer %s", async (_what, answer, reason) => {
    business.answers = [answer];
    expect(await perform()).toEqual({ ok: false, reason: expect.stringContaining(reason) });
    expect(business.seen).toHaveLength(1);
  });

  it("that nobody declared is not sent", async () => {
    expect((await perform({ name: "orders.delete" })).ok).toBe(false);
    expect(business.seen).toEqual([]);
  });
});

describe("personal data", () => {
  it("is asked for a verified contact", async () => {
    business.answers = [gives({})];
    const result = await perform({ name: "addresses.change", needs: "verified", verified: [true] });
    expect(result.ok).toBe(true);
    expect(business.seen[0]?.body.verified).toBe(true);
  });

  it("is not asked for anybody else, whatever the step says it needs", async () => {
    for (const needs of ["verified", "channel", "anonymous"] as const) {
      const result = await perform({ name: "addresses.change", needs });
      expect(result).toEqual({ ok: false, reason: expect.stringContaining("verified contact") });
    }
    expect(business.seen).toEqual([]);
  });

  it("is not asked again for a contact who lost their proof between two tries", async () => {
    business.answers = [status(503), gives({})];
    const result = await perform({ name: "addresses.change", needs: "verified", verified: [true, false] });
    expect(result.ok).toBe(false);
    expect(business.seen).toHaveLength(1);
  });
});
