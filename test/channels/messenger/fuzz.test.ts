import { describe, expect, it } from "@jest/globals";
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

describe("payloads of Meta's, mutated", () => {
  it(`neither crash nor hang the reading, and give only what can be stored (${String(runs)} runs)`, () => {
    fc.assert(
      fc.property(mutatedJson(bodies), (body) => {
        const bytes = Buffer.from(escapedJson(body));
        const begun = performance.now();
        const events = parseWebhook(bytes, 5);
        expect(performance.now() - begun).toBeLessThan(hangMs);
        for (const event of events) {
          if (event.type !== "arrival") continue;
          expect(event.externalId).toMatch(plainId);
          expect(event.customer).toMatch(plainId);
          expect(Number.isSafeInteger(event.activity.sentAt)).toBe(true);
        }
      }),
      { numRuns: runs },
    );
  }, 600_000);

  it("are refused when the signature is of another body", () => {
    fc.assert(
      fc.property(mutatedJson(bodies), fc.constantFrom(...bodies), (body, signed) => {
        const [text, other] = [escapedJson(body), escapedJson(signed)];
        fc.pre(text !== other);
        expect(isSigned({ headers: signedHeaders(other, "secret"), body: Buffer.from(text) }, "secret")).toBe(
          false,
        );
      }),
      { numRuns: Math.min(runs, 5_000) },
    );
  }, 600_000);
});
