import { z } from "zod";
import { step } from "./flow-schema.ts";
import { id, localText, saying, text } from "./saying-schema.ts";

/* What each kind of content file may hold. Shapes that people write are forgiving (a text or a list of wordings);
 * what comes out is always the full form that the rest of the program reads. Descriptions are what an editor shows
 * (schemas/, by npm run generate). */

const utterances = z.strictObject({
  en: z.array(text).default([]).describe("Lines in English, as customers type them."),
  fil: z.array(text).default([]).describe("Lines in Filipino or Taglish, as customers type them."),
});

export const intentFile = z.strictObject({
  id: id.describe("Unique among all intents; by custom stage.name."),
  title: z
    .union([localText, text.transform((same) => ({ en: same, fil: same }))])
    .describe("What customers see when the bot asks “did you mean”: one text, or one each for en and fil."),
  kind: z.enum(["problem", "task", "question", "other"]).describe("What reports count it as."),
  topic: id.optional().describe("A finer heading for reports."),
  dialog: id.describe("Id of the dialog that answers it."),
  utterances: utterances.describe("Lines the recognizer learns from."),
  tests: utterances
    .default({ en: [], fil: [] })
    .describe("Lines kept apart: they measure, nothing is learned from them."),
  counterexamples: utterances
    .default({ en: [], fil: [] })
    .describe(
      "Lines that look alike and mean something else: check tells when this intent is recognized in one.",
    ),
});

/** A dialog is a script (`say`) or a flow (`steps`). */
export const dialogFile = z.union([
  z
    .strictObject({
      id,
      say: saying,
      followUp: saying
        .optional()
        .describe(
          "Said when the customer asks for news of this later; without it they are asked whether it is solved.",
        ),
    })
    .transform((script) => ({ type: "script" as const, ...script })),
  z
    .strictObject({ id, steps: z.array(step).min(1) })
    .transform(({ id, steps }) => ({ type: "flow" as const, id, steps })),
]);

const fieldName = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]*$/u, "begin with a small letter, letters and digits only, as in orderNumber");

export const actionsFile = z.strictObject({
  actions: z
    .record(
      id,
      z.strictObject({
        does: text.describe("What the business does, in a sentence."),
        takes: z.array(fieldName).default([]).describe("Slots that a step may give it, in `with`."),
        gives: z
          .array(fieldName)
          .default([])
          .describe("Fields of its result: texts after the step may show {field}."),
        personal: z
          .enum(["none", "shows", "changes"])
          .describe(
            "Whether it shows or changes personal data: steps that call it must then say `needs: verified`.",
          ),
      }),
    )
    .describe("What the business can do when a step calls it, each by its name."),
});

export const factsFile = z.strictObject({
  facts: z
    .record(
      z
        .string()
        .regex(
          /^[a-z][A-Za-z0-9]*$/u,
          "begin with a small letter, letters and digits only, as in shippingFee",
        ),
      z.union([localText, text.transform((same) => ({ en: same, fil: same }))]),
    )
    .describe("A text may show a fact as {fact.name}."),
});
