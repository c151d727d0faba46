import { describe, it } from "@jest/globals";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { parseWebhook } from "../../../src/channels/messenger/parse.ts";
import { isSigned } from "../../../src/channels/messenger/verify.ts";
import { mutatedJson } from "../../mutated-json.ts";
import { escapedJson, signedHeaders } from "../../emulators/messenger/signed-webhook.ts";

/** 5,000 with every test run; 100,000 by FUZZ_RUNS=100000 npm run fuzz. */
const runs = Number(process.env["FUZZ_RUNS"] ?? 5_000);
const folder = join(import.meta.dirname, "../../fixtures/messenger");
const bodies = readdirSync(folder).map((name): unknown => {
  const read: unknown = JSON.parse(readFileSync(join(folder, name), "utf8"));
  return typeof read === "object" && read !== null && "body" in read ? read.body : undefined;
});

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
