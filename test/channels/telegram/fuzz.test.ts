import { describe, expect, it } from "@jest/globals";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { parseUpdate } from "../../../src/channels/telegram/parse.ts";
import { secretMatches } from "../../../src/channels/telegram/verify.ts";
import { anyCharacter } from "../../any-character.ts";
import { mutatedJson } from "../../mutated-json.ts";

/** 5,000 with every test run; 100,000 by npm run fuzz. */
const runs = Number(process.env["FUZZ_RUNS"] ?? 5_000);
const folder = join(import.meta.dirname, "../../fixtures/telegram");
const bodyOf = (name: string): unknown => {
  const read: unknown = JSON.parse(readFileSync(join(folder, name), "utf8"));
  return typeof read === "object" && read !== null && "body" in read ? read.body : undefined;
};
const names = readdirSync(folder);
const updates = names.map(bodyOf);

/** Longer than reading any of these takes by far, ms. */
const hangMs = 1_000;
const canBeStored = (parsed: ReturnType<typeof parseUpdate>): boolean =>
  parsed.type !== "activity" ||
  (/^-?\d{1,16}$/u.test(parsed.chat) &&
    /^-?\d{1,16}\.[^\u0000]{1,200}$/u.test(parsed.externalId) &&
    Number.isSafeInteger(parsed.activity.sentAt));

describe("updates as Telegram documents them", () => {
  it.each([
    ["text", "message"],
    ["start", "choice"],
    ["photo", "message"],
    ["voice", "message"],
    ["document", "message"],
    ["sticker", "message"],
    ["video-note", "message"],
    ["location", "message"],
    ["contact", "message"],
    ["reply-to", "message"],
    ["tap", "choice"],
    ["tap-inaccessible", "choice"],
    ["blocked", "event"],
    ["unblocked", "event"],
  ])("%s is a %s of the customer's", (name, type) => {
    expect(parseUpdate(bodyOf(`${name}.json`), 5, "discovery.greeting")).toMatchObject({
      type: "activity",
      chat: "5004123456",
      contact: "telegram:5004123456",
      activity: { type },
    });
  });

  it.each([
    ["edited", { type: "ignored", what: "edit" }],
    ["poll", { type: "ignored", what: "unknown" }],
    ["group-migrated", { type: "ignored", what: "group" }],
    ["group-added", { type: "group" }],
    ["group-text", { type: "group" }],
  ])("%s is nobody's private matter with us", (name, parsed) => {
    expect(parseUpdate(bodyOf(`${name}.json`), 5, undefined)).toMatchObject(parsed);
  });
});

describe("updates of Telegram's, mutated", () => {
  it(`neither crash nor hang the reading, and give only what can be stored (${String(runs)} runs)`, () => {
    fc.assert(
      fc.property(mutatedJson(updates), (update) => {
        const begun = performance.now();
        const parsed = parseUpdate(update, 5, "discovery.greeting");
        const tookMs = performance.now() - begun;
        return tookMs < hangMs && canBeStored(parsed);
      }),
      { numRuns: runs },
    );
  }, 600_000);

  it("are not taken with any other secret", () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), (guess) => {
        fc.pre(guess !== "the-secret-of-the-webhook");
        return !secretMatches(guess, "the-secret-of-the-webhook");
      }),
      { numRuns: 1_000 },
    );
    expect(secretMatches(undefined, "the-secret-of-the-webhook")).toBe(false);
  });
});
