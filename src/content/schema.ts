import { z } from "zod";
import type { Choice, LocalText, Saying, Variant } from "./content.ts";

/* What each kind of content file may hold. Shapes that people write are forgiving (a text or a list of wordings);
 * what comes out is always the full form that the rest of the program reads. Descriptions are what an editor shows
 * (schemas/, by npm run generate). */

const id = z
  .string()
  .regex(
    /^[a-z0-9]+(?:[.-][a-z0-9]+)*$/u,
    "use small letters, digits, dots and hyphens, as in delivery.where-is-my-order",
  );
const text = z.string().trim().min(1, "must not be empty").max(4_000);
const localText: z.ZodType<LocalText> = z.strictObject({ en: text, fil: text });
const utterances = z.strictObject({
  en: z.array(text).default([]).describe("Lines in English, as customers type them."),
  fil: z.array(text).default([]).describe("Lines in Filipino or Taglish, as customers type them."),
});

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
const saying: z.ZodType<Saying> = z.union([
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

const next = id.optional().describe("Step to go on with; without it the one below.");
const step = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("say"), id, say: saying, next }).describe("Says something and goes on."),
  z
    .strictObject({
      type: z.literal("ask"),
      id,
      slot: z
        .string()
        .regex(
          /^[a-z][A-Za-z0-9]*$/u,
          "begin with a small letter, letters and digits only, as in orderNumber",
        )
        .describe("Name under which the answer is kept; {name} in a later text shows it."),
      say: saying.describe("The question."),
      retry: saying.describe("Said when the answer does not fit."),
      pattern: z
        .string()
        .refine(isPattern, "is not a regular expression that can be read")
        .describe(
          "Regular expression that finds the answer: its first group, else all that it matches. Capitals don't matter.",
        ),
      tries: z
        .int()
        .min(1)
        .max(5)
        .default(2)
        .describe("How often it is asked in all before a person takes over."),
      next,
    })
    .describe("Asks and waits for the answer."),
  z
    .strictObject({
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
      failed: id
        .optional()
        .describe("Step to go on with when the action fails; without it a person takes over."),
    })
    .describe("Performs a business action and waits for its result, whose fields later texts may show."),
  z
    .strictObject({ type: z.literal("handOff"), id, team: id.optional() })
    .describe("Hands over to a team; without one to defaultTeam."),
  z.strictObject({ type: z.literal("done"), id }).describe("Ends the flow."),
]);

function isPattern(source: string): boolean {
  try {
    new RegExp(source, "iu");
    return true;
  } catch {
    return false;
  }
}

/** A dialog is a script (`say`) or a flow (`steps`). */
export const dialogFile = z.union([
  z.strictObject({ id, say: saying }).transform(({ id, say }) => ({ type: "script" as const, id, say })),
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

export const sharedFile = z.strictObject({
  name: text.max(60).describe("What the bot is called in the chat: the shop's name."),
  defaultTeam: id.describe("Team that takes what no other is named for."),
  commands: z.strictObject({
    person: z.array(text).min(1).describe("Whole messages that ask for a person."),
    bot: z.array(text).min(1).describe("Whole messages by which a customer in line takes the bot back."),
    cancel: z.array(text).min(1).describe("Whole messages that end the open flow."),
  }),
  disclosure: saying.describe(
    "Added to the first reply: an automated assistant, how to reach a person, the privacy notice.",
  ),
  fallback: z
    .array(saying)
    .min(1)
    .max(3)
    .describe("One for each miss in a row; after the last one a person takes over."),
  clarify: saying.describe("Said above the choices when a few intents are likely."),
  buttons: z.strictObject({
    bot: localText.describe("Button that gives a customer in line the bot back."),
  }),
  handOff: saying.describe("Said at a handover. May show {team} and {when}, as in “by 9:30 am today”."),
  alreadyWaiting: saying.describe("Said once to who asks again while in line. May show {team} and {when}."),
  stillWaiting: saying.describe(
    "Said when the promise runs out and a new one is given. May show {team} and {when}.",
  ),
  escalated: saying.describe(
    "Said when it runs out again and another team takes over. May show {lateTeam}, {team} and {when}.",
  ),
  stillWaitingLast: saying.describe(
    "Said when it ran out so often that no time is named any more. May show {team}.",
  ),
  backToBot: saying.describe(
    "Said to a customer in line who takes the bot back. May show {team} and {when}.",
  ),
  withBot: saying.describe("Said to a customer who asks for the bot and has it."),
  agentJoined: saying.describe("Said when a person takes the case. May show {agent} and {team}."),
  agentSilent: saying.describe(
    "Said when that person does not answer and the case goes back into line. May show {agent}, {team} and {when}.",
  ),
  caseReturned: saying.describe(
    "Said when a person gives the customer back to the bot. May show {agent} and {team}.",
  ),
  caseClosed: saying.describe("Said when a person closes the case. May show {agent} and {team}."),
  cancelled: saying.describe("Said when the customer ends a flow."),
  actionFailed: saying.describe("Said before the hand-over when an action failed."),
  restarted: saying.describe("Said when the content changed under an open flow."),
  cannotRead: saying.describe("Said to a message without text."),
  optedOut: saying.describe(
    "Said once to who wants no more texts, where the provider does not say it. May show {name}.",
  ),
  optedIn: saying.describe("Said to who wants texts again. May show {name}."),
  smsHelp: saying.describe(
    "Said to HELP or INFO by text: who this is, how to reach a person, how to stop. May show {name}.",
  ),
});
