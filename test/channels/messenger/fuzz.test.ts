import { describe, expect, it } from "@jest/globals";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { readBody, readEntry, readWords } from "../../../src/channels/messenger/envelope.ts";
import { parseWebhook } from "../../../src/channels/messenger/parse.ts";
import { readEvent } from "../../../src/channels/messenger/read-event.ts";
import { isSigned } from "../../../src/channels/messenger/verify.ts";
import { readWireEvent, type WireEvent } from "../../../src/channels/messenger/wire.ts";
import { mutatedJson } from "../../mutated-json.ts";
import { escapedJson, signedHeaders } from "../../emulators/messenger/signed-webhook.ts";

/** 5,000 with every test run; 100,000 by FUZZ_RUNS=100000 npm run fuzz. */
const runs = Number(process.env["FUZZ_RUNS"] ?? 5_000);
const folder = join(import.meta.dirname, "../../fixtures/messenger");
const bodies = readdirSync(folder).map((name): unknown => {
  const read: unknown = JSON.parse(readFileSync(join(folder, name), "utf8"));
  return typeof read === "object" && read !== null && "body" in read ? read.body : undefined;
});

const events = bodies
  .flatMap((body) => readBody(body)?.entries ?? [])
  .flatMap((entry) => readEntry(entry)?.messaging ?? [])
  .filter((event) => typeof event === "object" && event !== null);
const fieldsOf = (value: unknown): Record<string, unknown>[] =>
  Object.entries(typeof value === "object" && value !== null ? value : {}).map(([name, field]) =>
    Object.fromEntries([[name, field]]),
  );
const ids = { sender: { id: "2002" }, recipient: { id: "1001" }, timestamp: 1_764_000_000_000 };
const message = { mid: "m_1", text: "Magkano po?" };
/** A customer's words beside each field that any event or message of Meta's has. */
const withWords = [
  { ...ids, message: { ...message, referral: { ref: "summer" } } },
  ...events.flatMap((event) => fieldsOf(event).map((field) => ({ ...field, ...ids, message }))),
  ...events
    .flatMap((event) => fieldsOf("message" in event ? event.message : undefined))
    .map((field) => ({ ...ids, message: { ...field, ...message } })),
];

/** Longer than reading any of these takes by far, ms. */
const hangMs = 1_000;
const plainId = /^[\x21-\x7e]{1,600}$/u;
const canBeStored = (event: ReturnType<typeof parseWebhook>[number]): boolean =>
  event.type !== "arrival" ||
  (plainId.test(event.externalId) &&
    plainId.test(event.customer) &&
    Number.isSafeInteger(event.activity.sentAt));

describe("payloads of Meta's, mutated", () => {
  it(`neither crash nor hang the reading, and give only what can be stored (${String(runs)} runs)`, () => {
    fc.assert(
      fc.property(mutatedJson(bodies), (body) => {
        const bytes = Buffer.from(escapedJson(body));
        const begun = performance.now();
        const events = parseWebhook(bytes, 5);
        const tookMs = performance.now() - begun;
        return tookMs < hangMs && events.every(canBeStored);
      }),
      { numRuns: runs },
    );
  }, 600_000);

  it("say the same whether a customer's words are read by hand or by their schema", () => {
    let byHand = 0;
    const said = (event: WireEvent | undefined) =>
      event && readEvent({ page: "1001", event, at: event.timestamp ?? 7, standby: false, sequence: 0 });
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(...withWords), mutatedJson(withWords)), (item) => {
        const words = readWords(item);
        if (words === undefined) return true;
        byHand += 1;
        return isDeepStrictEqual(said(words), said(readWireEvent(item)));
      }),
      { numRuns: runs },
    );
    expect(byHand).toBeGreaterThan(runs / 10);
  }, 600_000);

  it("are refused when the signature is of another body", () => {
    fc.assert(
      fc.property(mutatedJson(bodies), fc.constantFrom(...bodies), (body, signed) => {
        const [text, other] = [escapedJson(body), escapedJson(signed)];
        fc.pre(text !== other);
        return !isSigned({ headers: signedHeaders(other, "secret"), body: Buffer.from(text) }, "secret");
      }),
      { numRuns: Math.min(runs, 5_000) },
    );
  }, 600_000);
});
