import { z } from "zod";
import { entityTypes, type Condition, type Option } from "./content.ts";
import { PhraseList } from "./phrase-list.ts";
import { id, localText, saying, text } from "./saying-schema.ts";

/* The steps of a flow, as people write them. */

const next = id.optional().describe("Step to go on with; without it the one below.");
const slot = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]*$/u, "begin with a small letter, letters and digits only, as in orderNumber")
  .describe("Name under which the answer is kept; {name} in a later text shows it.");
const tries = z
  .int()
  .min(1)
  .max(3)
  .default(2)
  .describe("How often it is asked in all before a person takes over.");

function isPattern(source: string): boolean {
  try {
    new RegExp(source, "iu");
    return true;
  } catch {
    return false;
  }
}

/** A pattern that fits any word at all is no sign that a message names the slot. */
function fitsAnything(pattern: string | undefined): boolean {
  return pattern !== undefined && isPattern(pattern) && new RegExp(pattern, "iu").test("zzz");
}

const ask = z
  .strictObject({
    type: z.literal("ask"),
    id,
    slot,
    title: localText.optional().describe("What the slot is called, as in order number."),
    say: saying.describe("The question."),
    retry: saying.describe("Said when the answer does not fit."),
    pattern: z
      .string()
      .refine(isPattern, "is not a regular expression that can be read")
      .optional()
      .describe(
        "Regular expression that finds the answer: its first group, else all that it matches. Capitals don't matter.",
      ),
    entity: z
      .enum(entityTypes)
      .optional()
      .describe("Takes what recognition finds: a date as 2026-11-30, a phone as digits."),
    text: z
      .union([z.literal(true).transform(() => 3), z.int().min(1).max(200)])
      .optional()
      .describe("Takes any words: true, or the fewest characters."),
    photo: z.literal(true).optional().describe("Takes a picture."),
    optional: z.boolean().default(false).describe("Shows a button to skip it."),
    days: z
      .enum(["fromToday", "future", "past"])
      .optional()
      .describe("Which days a date may name, by the clock in Manila."),
    least: z.number().optional().describe("The smallest number that is taken."),
    most: z.number().optional().describe("The largest number that is taken."),
    known: saying
      .optional()
      .describe(
        "Said instead of the question when the answer is known already, from the first message or the visit.",
      ),
    confirm: saying
      .optional()
      .describe("Said with the answer in it; the customer says yes or no before it counts."),
    tries,
    next,
  })
  .refine(
    ({ pattern, entity, text, photo }) =>
      pattern !== undefined || entity !== undefined || text !== undefined || photo === true,
    "say what answers it: pattern, entity, text or photo",
  )
  .transform(({ photo, ...asked }) => ({
    ...asked,
    photo: photo === true,
    fromOpening: asked.text === undefined && !fitsAnything(asked.pattern),
  }));

const option: z.ZodType<Option> = z
  .strictObject({
    id,
    title: localText.describe("What the button says."),
    words: z.array(text).default([]).describe("Words that mean it too, in any language."),
    next: id.optional().describe("Step that this option goes on with."),
  })
  .transform(({ words, ...rest }) => ({
    ...rest,
    words: new PhraseList([...words, rest.title.en, rest.title.fil]),
  }));

const choose = z.strictObject({
  type: z.literal("choose"),
  id,
  slot: slot.optional(),
  say: saying.describe("The question above the buttons."),
  retry: saying
    .optional()
    .describe("Said when the answer is none of them; without it pickOne of dialogs/shared.yaml."),
  options: z.array(option).min(2).max(10),
  tries,
  next,
});

const value = z.union([z.string(), z.number(), z.boolean()]);
const when = z
  .strictObject({
    type: z.literal("when"),
    id,
    slot: slot.optional().describe("The slot that is looked at."),
    is: value.optional(),
    isNot: value.optional(),
    oneOf: z.array(value).min(1).optional(),
    known: z.boolean().optional().describe("Whether the slot has a value."),
    above: z.number().optional(),
    below: z.number().optional(),
    verified: z.boolean().optional().describe("Whether the customer is proved. Needs no slot."),
    then: id.describe("Step to go on with when it is so."),
    else: id.optional().describe("Step to go on with when it is not; without it the one below."),
  })
  .transform((written, context) => {
    const condition = conditionOf(written);
    if (condition === undefined) {
      context.addIssue({
        code: "custom",
        message: "name one slot and one of is, isNot, oneOf, known, above, below; or verified alone",
      });
      return z.NEVER;
    }
    return { type: written.type, id: written.id, condition, then: written.then, else: written.else };
  });

interface Written {
  readonly slot?: string | undefined;
  readonly is?: string | number | boolean | undefined;
  readonly isNot?: string | number | boolean | undefined;
  readonly oneOf?: readonly (string | number | boolean)[] | undefined;
  readonly known?: boolean | undefined;
  readonly above?: number | undefined;
  readonly below?: number | undefined;
  readonly verified?: boolean | undefined;
}

function conditionOf({
  slot,
  is,
  isNot,
  oneOf,
  known,
  above,
  below,
  verified,
}: Written): Condition | undefined {
  const found: Condition[] = [];
  if (slot !== undefined) {
    if (is !== undefined) found.push({ test: "is", slot, value: is });
    if (isNot !== undefined) found.push({ test: "isNot", slot, value: isNot });
    if (oneOf !== undefined) found.push({ test: "oneOf", slot, values: oneOf });
    if (known !== undefined) found.push({ test: "known", slot, value: known });
    if (above !== undefined) found.push({ test: "above", slot, value: above });
    if (below !== undefined) found.push({ test: "below", slot, value: below });
  }
  if (verified !== undefined) found.push({ test: "verified", value: verified });
  return found.length === 1 && (verified === undefined || slot === undefined) ? found[0] : undefined;
}

const call = z.strictObject({
  type: z.literal("call"),
  id,
  action: id.describe("Name of the business action."),
  needs: z
    .enum(["anonymous", "channel", "verified"])
    .describe("verified: a customer who is not is handed to a person instead."),
  with: z.array(z.string()).default([]).describe("Slots given to the action."),
  slow: saying.optional().describe("Said when the action takes longer than slowAfterMs."),
  slowAfterMs: z.int().min(500).max(60_000).default(3_000).describe("Milliseconds."),
  next,
  failed: id.optional().describe("Step to go on with when the action fails; without it a person takes over."),
  unverified: id
    .optional()
    .describe("Step to go on with when it needs proof that is not there; without it a person takes over."),
});

export const step = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("say"), id, say: saying, next }).describe("Says something and goes on."),
  ask.describe("Asks and waits for the answer."),
  choose.describe("Shows options and waits for one: tapped, typed, or by its number."),
  when.describe("Goes one way or the other by what is known."),
  call.describe("Performs a business action and waits for its result, whose fields later texts may show."),
  z
    .strictObject({ type: z.literal("handOff"), id, team: id.optional() })
    .describe("Hands over to a team; without one to the team that owns the matter."),
  z.strictObject({ type: z.literal("done"), id }).describe("Ends the flow."),
]);
