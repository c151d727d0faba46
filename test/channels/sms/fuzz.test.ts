import { describe, it } from "@jest/globals";
import fc from "fast-check";
import { activityOf } from "../../../src/channels/sms/inbound-door.ts";
import { formParams, jsonParams } from "../../../src/channels/sms/params.ts";
import { parseInbound } from "../../../src/channels/sms/parse.ts";
import { parseStatus } from "../../../src/channels/sms/status.ts";
import { anyCharacter } from "../../any-character.ts";
import { captured } from "./requests.ts";

const accountSid = "AC00000000000000000000000000000001";
const number = "+639170000001";

const names = [
  "MessageSid",
  "AccountSid",
  "From",
  "To",
  "Body",
  "NumMedia",
  "MediaUrl0",
  "OptOutType",
  "MessageStatus",
];
const mutated = fc.record({
  base: fc.constantFrom(
    "text.form",
    "media.form",
    "stop-handled.form",
    "status-undelivered.form",
    "text.json",
  ),
  at: fc.nat(),
  bytes: fc.uint8Array({ maxLength: 6 }),
  drop: fc.constantFrom("", ...names),
  add: fc.tuple(
    fc.constantFrom(...names, "__proto__", "constructor"),
    fc.string({ unit: anyCharacter, maxLength: 40 }),
  ),
});

/** 5,000 with every test run; 100,000 by npm run fuzz. */
const runs = Number(process.env["FUZZ_RUNS"] ?? 5_000);

describe("any body at all", () => {
  it(`is read without a throw, ${String(runs)} times`, () => {
    fc.assert(
      fc.property(mutated, ({ base, at, bytes, drop, add }) => {
        const body = captured(base);
        const cut = at % (body.length + 1);
        const changed = Buffer.concat([body.subarray(0, cut), bytes, body.subarray(cut + (at % 3))]);
        for (const read of [formParams, jsonParams]) {
          const params = new Map(read(changed));
          params.delete(drop);
          params.set(add[0], [...(params.get(add[0]) ?? []), add[1]]);
          const parsed = parseInbound(params, accountSid, number);
          if (parsed.type === "text")
            activityOf(parsed, { choices: [{ title: "Talk to a person", payload: "command:person" }] }, 0);
          parseStatus(params, new URLSearchParams(), number, 0);
        }
      }),
      { numRuns: runs },
    );
  });
});
