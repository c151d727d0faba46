import { z } from "zod";

/* What a conversation test may say. Descriptions are what an editor shows (schemas/, by npm run generate). */

const text = z.string().trim().min(1, "must not be empty").max(20_000);
const oneOrMore = z.union([text.transform((one) => [one]), z.array(text).min(1)]);
const span = z
  .string()
  .regex(/^\d+(?:ms|s|m|h|d)$/u, "write a number and a unit, as in 30s, 20m, 25h or 7d")
  .transform((written) => {
    const unit = written.replace(/^\d+/u, "");
    const factor = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }[unit] ?? 1;
    return Number.parseInt(written, 10) * factor;
  });

const category = z.strictObject({
  kind: z.enum(["problem", "task", "question", "other"]).optional(),
  stage: text.optional(),
  intent: text.optional(),
  topic: text.optional(),
  followUpOf: z.boolean().optional().describe("Whether it was taken for a follow-up of an earlier concern."),
});

const fullExpectation = z.strictObject({
  script: oneOrMore
    .optional()
    .describe("Ids of what must be said, as in delivery.shipping-fee, shared.handOff or a flow's flow.step."),
  variant: text.optional().describe("Wording of the first saying."),
  text: oneOrMore.optional().describe("What the reply must hold. Capitals count."),
  not: oneOrMore.optional().describe("What the reply must not hold."),
  silent: z.literal(true).optional().describe("Nothing is said."),
  intent: text.optional().describe("The intent that the words were filed under."),
  category: category.optional(),
  slots: z.record(z.string(), z.json()).optional().describe("What the open flow knows by now."),
  step: z
    .union([text, z.null()])
    .optional()
    .describe("Where the open flow waits, as flow.step; null: none is open."),
  owner: text
    .optional()
    .describe("bot, queue, agent, or with the team or the person: queue:delivery, agent:Ana."),
  outcome: z.enum(["answered", "clarified", "fellBack", "handedOff", "silent"]).optional(),
  handOff: text.optional().describe("Why a person takes over, as in requested or actionFailed."),
  buttons: oneOrMore.optional().describe("Buttons that must be there: what they say, or what they send."),
  language: z.enum(["en", "fil"]).optional(),
  attachments: z.int().min(0).optional().describe("How many pictures or files come with the reply."),
  timers: z
    .record(z.string(), span)
    .optional()
    .describe("Timers that must be set, and in how long each fires, as in handOff.promise: 20m."),
  called: z
    .record(z.string(), z.record(z.string(), z.json()))
    .optional()
    .describe("Actions that must have been asked of the business, with what they must have been given."),
  cases: oneOrMore
    .optional()
    .describe("What must have happened to a case, as in opened, assigned or closed."),
  state: z.record(z.string(), z.json()).optional().describe("Parts of what the conversation remembers."),
});

const expect = z
  .union([text.transform((script) => ({ script: [script] })), fullExpectation])
  .optional()
  .describe("What must come of it. A text alone is the id of the script that must answer.");

const attachment = z.strictObject({
  type: text.describe("A media type, as in image/jpeg or audio/ogg."),
  name: text.optional(),
});

const step = z.union([
  z.strictObject({
    says: z.string().max(20_000).describe("Words, as customers type them."),
    sends: z.array(attachment).optional(),
    expect,
  }),
  z.strictObject({
    taps: text.describe("A button of the last reply: what it says, or what it sends."),
    expect,
  }),
  z.strictObject({
    sends: z.array(attachment).min(1).describe("Pictures, voice notes and files without a word."),
    expect,
  }),
  z.strictObject({ wait: span.describe("Time passes, as in 30s, 20m, 25h or 7d."), expect }),
  z.strictObject({
    event: text.describe("What a channel says of the customer, as in contact.optedOut."),
    expect,
  }),
  z.strictObject({
    agent: z
      .enum(["assign", "reply", "return", "close"])
      .describe("What a person of the team does with the last case."),
    name: text.default("Ana"),
    text: text.optional(),
    script: text.optional(),
    expect,
  }),
]);

const answer = z.union([
  z.literal("fails").describe("The business refuses."),
  z.literal("unreachable").describe("The endpoint cannot be reached, however often it is tried."),
  z.strictObject({
    result: z.record(z.string(), z.json()).optional().describe("What the business answers."),
    fails: z.literal(true).optional(),
    slow: span.optional().describe("How long it takes."),
  }),
]);

const test = z.strictObject({
  name: text.describe("What this shows, in a sentence."),
  channel: z.enum(["webchat", "messenger", "sms", "telegram", "viber"]).default("webchat"),
  locale: text.optional().describe("Language of the customer's app, as in fil-PH."),
  verified: z.boolean().default(false).describe("The customer proved who they are."),
  lifecycle: z.enum(["prospect", "first-purchase", "repeat-purchase", "unknown"]).optional(),
  at: z
    .string()
    .regex(
      /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}$/u,
      "write a local date and time of the shop, as in 2026-11-24 10:00",
    )
    .default("2026-11-24 10:00")
    .describe("When it begins: local time of the shop. A Tuesday morning unless told otherwise."),
  actions: z
    .record(z.string(), z.union([answer.transform((one) => [one]), z.array(answer).min(1)]))
    .default({})
    .describe(
      "How the business answers, by the name of the action: { result: {…} }, fails, { slow: 10s, result: {…} }. A list answers one call after the other; its last answer stays.",
    ),
  conversation: z.array(step).min(1),
});

export const testFile = z.strictObject({ tests: z.array(test).min(1) });

export type ConversationTest = z.output<typeof test>;
export type TestStep = ConversationTest["conversation"][number];
export type Expectation = z.output<typeof fullExpectation>;
export type FakeAnswer = z.output<typeof answer>;
