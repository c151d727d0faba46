import { z } from "zod";
import type { Flow } from "../content.ts";
import type { ContentFiles } from "../content-files.ts";
import { didYouMean } from "../did-you-mean.ts";
import type { Fault } from "../fault.ts";
import { filledBy } from "../flow-ways.ts";
import { factsOf, sayingsIn, textsIn, withStandIns, type SayingInFile } from "../placed-texts.ts";
import { sharedFile } from "../shared-schema.ts";
import { faultAt } from "./fault-at.ts";

/** Characters of one Messenger message (Send API, `message.text`). */
const MESSENGER_TEXT = 2_000;
/** Characters that Twilio takes as one text (Message resource, `Body`). */
const SMS_TEXT = 1_600;
/** Quick replies under one Messenger message (Send API, `quick_replies`). */
const MOST_CHOICES = 13;

/** Every text can be filled in and sent; every button leads somewhere. */
export function textFaults(files: ContentFiles): Fault[] {
  return sayingsIn(files).flatMap((placed) => [
    ...choiceFaults(placed, files),
    ...nameFaults(placed, files),
    ...lengthFaults(placed, files),
  ]);
}

function choiceFaults({ file, path, saying }: SayingInFile, { intents, unreadIds }: ContentFiles): Fault[] {
  if (saying.choices.length === 0) return [];
  const known = new Set(intents.map(({ value }) => value.id));
  const faults = saying.choices.flatMap(({ intent }, index) =>
    known.has(intent) || unreadIds.has(intent)
      ? []
      : [
          faultAt(
            file,
            [...path, "choices", index, "intent"],
            "name.unknown",
            `intent ${intent} is in no file below intents/`,
            didYouMean(intent, known, "write the intent first, or remove the button"),
          ),
        ],
  );
  if (saying.choices.length > MOST_CHOICES) {
    faults.push(
      faultAt(
        file,
        [...path, "choices"],
        "choices.tooMany",
        `has ${String(saying.choices.length)} buttons; Messenger takes ${String(MOST_CHOICES)}`,
        "keep the three that customers need most",
      ),
    );
  }
  return faults;
}

const shown = /\{([\w.]+)\}/gu;

function nameFaults(placed: SayingInFile, files: ContentFiles): Fault[] {
  return textsIn(placed).flatMap((text) => {
    const names = new Set([...text.text.matchAll(shown)].map(([, name = ""]) => name));
    return [...names].flatMap((name) => {
      const wrong = name.startsWith("fact.") ? unknownFact(name, files) : unfilled(name, placed, files);
      return wrong === undefined ? [] : [{ file: placed.file.file, line: text.line(), ...wrong }];
    });
  });
}

type Wrong = Pick<Fault, "kind" | "message" | "mend">;

function unknownFact(name: string, { facts }: ContentFiles): Wrong | undefined {
  const fact = name.slice("fact.".length);
  const known = facts.value.facts;
  if (known[fact] !== undefined) return undefined;
  return {
    kind: "fact.unknown",
    message: `fact ${fact} is not in dialogs/facts.yaml`,
    mend: didYouMean(fact, Object.keys(known), "add it there"),
  };
}

function unfilled(name: string, placed: SayingInFile, files: ContentFiles): Wrong | undefined {
  const fillable = fillableIn(placed, files);
  if (fillable.has(name)) return undefined;
  const list = [...fillable].map((other) => `{${other}}, `).join("");
  return {
    kind: "variable.unfilled",
    message: `nothing fills {${name}}`,
    mend:
      files.facts.value.facts[name] === undefined
        ? didYouMean(name, fillable, `what may stand here: ${list}{fact.…}`)
        : `write {fact.${name}}`,
  };
}

/** Names that a text may show at this place, facts aside. */
function fillableIn({ path, dialog }: SayingInFile, { actions }: ContentFiles): ReadonlySet<string> {
  if (dialog === undefined) return shownBy(String(path[0]));
  if (dialog.type === "script") return new Set();
  return new Set(namesFilledIn(dialog, actions?.value.actions ?? {}));
}

function namesFilledIn(
  flow: Flow,
  actions: Readonly<Record<string, { readonly gives: readonly string[] }>>,
): string[] {
  return flow.steps.flatMap((step) => filledBy(step, (action) => actions[action]?.gives ?? []));
}

/** What a text of dialogs/shared.yaml may show: the `{names}` in its field's description, which editors show too. */
function shownBy(field: string): ReadonlySet<string> {
  const schema: unknown = Reflect.get(sharedFile.shape, field);
  const description = schema instanceof z.ZodType ? (schema.description ?? "") : "";
  return new Set([...description.matchAll(/\{(\w+)\}/gu)].map(([, name = ""]) => name));
}

function lengthFaults(placed: SayingInFile, files: ContentFiles): Fault[] {
  const texts = textsIn(placed, factsOf(files));
  return texts.flatMap((text): Fault[] => {
    const { length } = Array.from(withStandIns(text.text));
    const alone = !texts.some(({ form, variant }) => form === "sms" && variant === text.variant);
    const tooLong = (channel: string, most: number, mend: string): Fault[] =>
      length <= most
        ? []
        : [
            {
              kind: "text.tooLong",
              file: placed.file.file,
              line: text.line(),
              message: `has ${String(length)} characters; ${channel} takes ${String(most)}`,
              mend,
            },
          ];
    if (text.form === "sms") return tooLong("a text message", SMS_TEXT, "write it shorter");
    const onMessenger = tooLong("Messenger", MESSENGER_TEXT, "write it shorter, or in two steps");
    if (onMessenger.length > 0 || !alone) return onMessenger;
    return tooLong("a text message", SMS_TEXT, "write a short form of it under sms:");
  });
}
