import { z } from "zod";
import type { Choice, LocalText, Saying, Variant } from "./content.ts";

/* What may be said, as people write it: a text or a list of wordings. What comes out is always the full form. */

export const id = z
  .string()
  .regex(
    /^[a-z0-9]+(?:[.-][a-z0-9]+)*$/u,
    "use small letters, digits, dots and hyphens, as in delivery.where-is-my-order",
  );
export const text = z.string().trim().min(1, "must not be empty").max(4_000);
export const localText: z.ZodType<LocalText> = z.strictObject({ en: text, fil: text });
const choice: z.ZodType<Choice> = z.strictObject({
  title: localText.describe("What the button says."),
  intent: id.describe("Id of the intent that a tap means."),
});
const sms = localText
  .optional()
  .describe(
    "Short form for text messages: 160 characters without ₱, curly quotes or long dashes are one part.",
  );
const variant: z.ZodType<Variant> = z.strictObject({
  id: id.describe("Names this wording in the log."),
  text: localText,
  sms,
});
const choices = z.array(choice).default([]).describe("Buttons shown under the text.");
const attachments = z
  .array(
    z.strictObject({
      contentType: z.string().regex(/^[a-z]+\/[a-z0-9.+-]+$/u, "write a media type, as in image/png"),
      contentUrl: z
        .string()
        .regex(/^(?:https:\/\/|\/)/u, "begin with https:// or, for our own files, with /"),
      name: text.max(100),
    }),
  )
  .max(10)
  .default([])
  .describe("Pictures and files sent along.");

/** Either one wording (`en`, `fil`), or `variants`; both may carry `choices`. */
export const saying: z.ZodType<Saying> = z.union([
  z
    .strictObject({ en: text, fil: text, sms, choices, attachments })
    .transform(({ en, fil, sms, choices, attachments }) => ({
      variants: [{ id: "a", text: { en, fil }, sms }],
      choices,
      attachments,
    })),
  z.strictObject({
    variants: z
      .array(variant)
      .min(1)
      .describe("Several wordings. One customer always hears the same one; customers are spread evenly."),
    choices,
    attachments,
  }),
]);
