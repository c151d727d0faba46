import { z } from "zod";
import { isJsonObject, type Json } from "../../basics/activity.ts";
import type { TurnRecord } from "../../turn/ports.ts";
import {
  buttonsOf,
  filedTurn,
  ownerText,
  plainState,
  repliesOf,
  saidIn,
  textOf,
  type Happened,
} from "./happened.ts";
import type { Expectation } from "./test-schema.ts";

/** One expectation that was not met. */
export interface Miss {
  /** What was looked at, as the test names it. */
  readonly what: string;
  readonly expected: string;
  readonly found: string;
}

type Rule<Value> = (value: Value, happened: Happened) => readonly (Miss | undefined)[];
type Rules = { readonly [Name in keyof Expectation]-?: Rule<Exclude<Expectation[Name], undefined>> };

const nothing = "nothing";
const noStep = "no open flow";

function unless(met: boolean, what: string, expected: string, found: string): Miss | undefined {
  return met ? undefined : { what, expected, found: found === "" ? nothing : found };
}

function same(what: string, expected: string, found: string | null | undefined): Miss | undefined {
  return unless(found === expected, what, expected, found ?? nothing);
}

/** True when all of `part` is in `whole`: fields of fields too, lists as a whole. */
function holds(whole: Json | undefined, part: Json): boolean {
  if (whole === undefined) return part === null;
  if (isJsonObject(part) && isJsonObject(whole))
    return Object.entries(part).every(([name, inner]) => holds(whole[name], inner));
  return JSON.stringify(whole) === JSON.stringify(part);
}

function partly(what: string, part: Json, whole: Json | undefined): Miss | undefined {
  return unless(holds(whole, part), what, JSON.stringify(part), JSON.stringify(whole ?? null));
}

const recognized = z.object({
  parts: z.array(z.object({ candidates: z.array(z.object({ intent: z.string(), confidence: z.number() })) })),
});

/** What was recognized, for the reader of a miss: the best candidates with their confidence. */
function candidatesIn(turn: TurnRecord | undefined): string {
  const read = recognized.safeParse(turn?.recognition);
  const best = (read.data?.parts ?? []).flatMap(({ candidates }) => candidates.slice(0, 3));
  if (best.length === 0) return "";
  return ` (recognized: ${best.map(({ intent, confidence }) => `${intent} ${confidence.toFixed(2)}`).join(", ")})`;
}

const categoryFields = ["kind", "stage", "intent", "topic"] as const;

const rules: Rules = {
  script: (scripts, happened) => {
    const said = saidIn(happened).map(({ script }) => script);
    const found = said.join(", ") + candidatesIn(filedTurn(happened));
    return scripts.map((script) => unless(said.includes(script), "script", script, found));
  },
  variant: (variant, happened) => [same("variant", variant, saidIn(happened)[0]?.variant)],
  text: (fragments, happened) => {
    const text = textOf(happened);
    return fragments.map((fragment) => unless(text.includes(fragment), "text", fragment, text));
  },
  not: (fragments, happened) => {
    const text = textOf(happened);
    return fragments.map((fragment) =>
      unless(!text.includes(fragment), "not", `anything but ${fragment}`, text),
    );
  },
  silent: (_silent, happened) => {
    const text = textOf(happened);
    return [unless(repliesOf(happened).length === 0, "silent", nothing, text)];
  },
  intent: (intent, happened) => {
    const filed = filedTurn(happened);
    const found = (filed?.category.intent ?? nothing) + candidatesIn(filed);
    return [unless(filed?.category.intent === intent, "intent", intent, found)];
  },
  category: (category, happened) => {
    const found = filedTurn(happened)?.category;
    const fields = categoryFields.map((field) => {
      const expected = category[field];
      return expected === undefined ? undefined : same(`category.${field}`, expected, found?.[field]);
    });
    const { followUpOf } = category;
    const isFollowUp = found?.followUpOf !== undefined;
    return [
      ...fields,
      ...(followUpOf === undefined
        ? []
        : [same("category.followUpOf", String(followUpOf), String(isFollowUp))]),
    ];
  },
  slots: (slots, { state }) => [partly("slots", slots, state.open?.slots)],
  step: (step, { state }) => {
    const found = state.open === undefined ? null : `${state.open.dialog}.${state.open.step}`;
    return [same("step", step ?? noStep, found ?? noStep)];
  },
  owner: (owner, { state }) => {
    const { short, full } = ownerText(state);
    return [unless(owner === short || owner === full, "owner", owner, full)];
  },
  outcome: (outcome, { turns }) => {
    const found = turns.map(({ commit }) => commit.turn.outcome);
    return [unless(found.includes(outcome), "outcome", outcome, found.join(", "))];
  },
  handOff: (reason, { turns }) => {
    const found = turns.flatMap(({ commit }) => commit.turn.handOff?.reason ?? []);
    return [
      unless(
        found.some((other) => other === reason),
        "handOff",
        reason,
        found.join(", "),
      ),
    ];
  },
  buttons: (buttons, happened) => {
    const there = buttonsOf(repliesOf(happened));
    const found = there.map(({ title, payload }) => `${title} (${payload})`).join(", ");
    return buttons.map((button) =>
      unless(
        there.some(({ title, payload }) => title === button || payload === button),
        "buttons",
        button,
        found,
      ),
    );
  },
  language: (language, happened) => [same("language", language, repliesOf(happened).at(-1)?.language)],
  attachments: (count, happened) => {
    const found = repliesOf(happened).flatMap(({ attachments }) => attachments ?? []).length;
    return [same("attachments", String(count), String(found))];
  },
  timers: (timers, happened) =>
    Object.entries(timers).map(([name, inMs]) => {
      const found = happened.timers.get(name);
      return same(
        `timers.${name}`,
        `in ${String(inMs / 1_000)} s`,
        found === undefined ? undefined : `in ${String(found / 1_000)} s`,
      );
    }),
  called: (wanted, { calls }) =>
    Object.entries(wanted).map(([action, input]) => {
      const found = calls.filter((call) => call.action === action);
      const shown = calls.map((call) => `${call.action} ${JSON.stringify(call.input)}`).join(", ");
      return unless(
        found.some((call) => holds(call.input, input)),
        "called",
        `${action} ${JSON.stringify(input)}`,
        shown,
      );
    }),
  cases: (changes, { turns }) => {
    const found = turns.flatMap(({ commit }) => commit.cases.map(({ type }) => type));
    return changes.map((change) =>
      unless(
        found.some((type) => type === change),
        "cases",
        change,
        found.join(", "),
      ),
    );
  },
  state: (part, { state }) => [partly("state", part, plainState(state))],
};

/** Every expectation that was not met, in the order of the test's vocabulary. */
export function judge(expectation: Expectation, happened: Happened): readonly Miss[] {
  const on = <Value>(value: Value | undefined, rule: Rule<Value>) =>
    value === undefined ? [] : rule(value, happened);
  const wanted = expectation;
  return [
    ...on(wanted.script, rules.script),
    ...on(wanted.variant, rules.variant),
    ...on(wanted.text, rules.text),
    ...on(wanted.not, rules.not),
    ...on(wanted.silent, rules.silent),
    ...on(wanted.intent, rules.intent),
    ...on(wanted.category, rules.category),
    ...on(wanted.slots, rules.slots),
    ...on(wanted.step, rules.step),
    ...on(wanted.owner, rules.owner),
    ...on(wanted.outcome, rules.outcome),
    ...on(wanted.handOff, rules.handOff),
    ...on(wanted.buttons, rules.buttons),
    ...on(wanted.language, rules.language),
    ...on(wanted.attachments, rules.attachments),
    ...on(wanted.timers, rules.timers),
    ...on(wanted.called, rules.called),
    ...on(wanted.cases, rules.cases),
    ...on(wanted.state, rules.state),
  ].filter((miss) => miss !== undefined);
}
