import { z } from "zod";
import type { Choice, LocalText, Saying, Variant } from "./content.ts";

/* What each kind of content file may hold. Shapes that people write are forgiving (a text or a list of wordings);
 * what comes out is always the full form that the rest of the program reads. */

const id = z
  .string()
  .regex(/^[a-z0-9]+(?:[.-][a-z0-9]+)*$/u, "use small letters, digits, dots and hyphens, as in delivery.where-is-my-order");
const text = z.string().trim().min(1, "must not be empty").max(4_000);
const localText: z.ZodType<LocalText> = z.strictObject({ en: text, fil: text });
const utterances = z.strictObject({ en: z.array(text).default([]), fil: z.array(text).default([]) });

const choice: z.ZodType<Choice> = z.strictObject({ title: localText, intent: id });
const variant: z.ZodType<Variant> = z.strictObject({ id, text: localText });

/** Either one wording (`en`, `fil`), or `variants`; both may carry `choices`. */
const saying: z.ZodType<Saying> = z.union([
  z
    .strictObject({ en: text, fil: text, choices: z.array(choice).default([]) })
    .transform(({ en, fil, choices }) => ({ variants: [{ id: "a", text: { en, fil } }], choices })),
  z.strictObject({ variants: z.array(variant).min(1), choices: z.array(choice).default([]) }),
]);

export const journeyFile = z.strictObject({
  stages: z.array(z.strictObject({ id, title: text, owner: id })).min(1),
});

export const intentFile = z.strictObject({
  id,
  title: text,
  kind: z.enum(["problem", "task", "question", "other"]),
  topic: id.optional(),
  dialog: id,
  utterances,
  tests: utterances.default({ en: [], fil: [] }),
});

const next = id.optional();
const step = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("say"), id, say: saying, next }),
  z.strictObject({
    type: z.literal("ask"),
    id,
    slot: z.string().regex(/^[a-z][A-Za-z0-9]*$/u, "begin with a small letter, letters and digits only, as in orderNumber"),
    say: saying,
    retry: saying,
    pattern: z.string().refine(isPattern, "is not a regular expression that can be read"),
    tries: z.int().min(1).max(5).default(2),
    next,
  }),
  z.strictObject({
    type: z.literal("call"),
    id,
    action: id,
    needs: z.enum(["anonymous", "channel", "verified"]),
    with: z.array(z.string()).default([]),
    slow: saying.optional(),
    slowAfterMs: z.int().min(500).max(60_000).default(3_000),
    next,
    failed: id.optional(),
  }),
  z.strictObject({ type: z.literal("handOff"), id, team: id.optional() }),
  z.strictObject({ type: z.literal("done"), id }),
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
  z.strictObject({ id, steps: z.array(step).min(1) }).transform(({ id, steps }) => ({ type: "flow" as const, id, steps })),
]);

export const teamsFile = z.strictObject({
  teams: z.array(z.strictObject({ id, name: text, answersWithinMinutes: z.int().min(1).max(10_080) })).min(1),
});

export const sharedFile = z.strictObject({
  defaultTeam: id,
  commands: z.strictObject({ person: z.array(text).min(1), cancel: z.array(text).min(1) }),
  disclosure: saying,
  greeting: saying,
  fallback: z.array(saying).min(1).max(3),
  clarify: saying,
  handOff: saying,
  stillWaiting: saying,
  cancelled: saying,
  actionFailed: saying,
  restarted: saying,
  cannotRead: saying,
});
