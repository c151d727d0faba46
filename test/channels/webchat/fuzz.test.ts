import { describe, it } from "@jest/globals";
import fc from "fast-check";
import { KumustaError } from "../../../src/basics/errors.ts";
import { readActivity } from "../../../src/channels/webchat/incoming-activity.ts";
import { parseJson } from "../../../src/channels/webchat/parse-json.ts";
import { anyCharacter } from "../../any-character.ts";

/** 5,000 with every test run; 100,000 by npm run fuzz. */
const runs = Number(process.env["FUZZ_RUNS"] ?? 5_000);
const now = Date.parse("2026-11-22T10:00:00.000Z");
const sender = { conversation: "c-1", user: "dl_ana", name: "Ana" };

const canBeStored = (incoming: ReturnType<typeof readActivity>): boolean =>
  incoming.kind === "typing" ||
  (!JSON.stringify([incoming.body, incoming.activity]).includes("\u0000") &&
    /^[\x20-\x7e]{1,120}$/u.test(incoming.externalId) &&
    Number.isFinite(incoming.activity.sentAt));

describe("whatever is posted", () => {
  const someActivity = fc.record(
    {
      type: fc.constantFrom("message", "event", "typing", "conversationUpdate", "x"),
      text: fc.oneof(fc.string({ unit: anyCharacter }), fc.jsonValue()),
      value: fc.jsonValue(),
      name: fc.oneof(fc.string(), fc.jsonValue()),
      locale: fc.oneof(fc.string(), fc.jsonValue()),
      localTimestamp: fc.oneof(fc.string(), fc.jsonValue()),
      from: fc.jsonValue(),
      attachments: fc.jsonValue(),
      channelData: fc.oneof(
        fc.jsonValue(),
        fc.record(
          { clientActivityID: fc.string({ unit: anyCharacter }), source: fc.jsonValue() },
          { requiredKeys: [] },
        ),
      ),
    },
    { requiredKeys: [] },
  );

  it(`is taken or refused as malformed; what is taken can be stored (${String(runs)} runs)`, () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), someActivity), (posted) => {
        const parsed = parseJson(Buffer.from(JSON.stringify(posted)));
        try {
          return canBeStored(readActivity(parsed, sender, now));
        } catch (thrown) {
          if (!(thrown instanceof KumustaError)) throw thrown;
          return thrown.status === 400 || thrown.status === 413;
        }
      }),
      { numRuns: runs },
    );
  });
});
