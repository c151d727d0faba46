import type { Json, TurnView } from "../../src/console/demo-protocol.ts";
import { element, rows } from "./element.ts";
import { understood } from "./understood.ts";
import {
  duration,
  languageWord,
  outcomeSentence,
  outcomeWord,
  percent,
  reasonWord,
  triggerLine,
} from "./words.ts";

export interface TurnCard {
  readonly root: HTMLDetailsElement;
  show(turn: TurnView): void;
  /** A newer one came: folds up, unless somebody unfolded it or is reading in it. */
  fold(): void;
}

function section(title: string, ...children: readonly (HTMLElement | null)[]): HTMLElement {
  return element("section", {}, element("h3", {}, title), ...children);
}

function json(value: Json): string {
  return JSON.stringify(value);
}

function values(slots: Readonly<Record<string, Json>>): string {
  const known = Object.entries(slots).map(([name, value]) => `${name} = ${json(value)}`);
  return known.length === 0 ? "nothing yet" : known.join(", ");
}

function heard({ heard: lines }: TurnView): HTMLElement | null {
  if (lines.length < 2) return null;
  return section(
    `${String(lines.length)} messages, one turn`,
    element("ul", { class: "heard" }, ...lines.map((line) => element("li", {}, line))),
  );
}

function thought(turn: TurnView): HTMLElement | null {
  const bars = understood(turn);
  return bars.length === 0 ? null : section("What it thinks", ...bars);
}

function decided(turn: TurnView): HTMLElement {
  const { category, said, flow, steps, calls, results, handOff, team, language } = turn;
  const { kind, stage, title } = category;
  const passed = steps.map(({ dialog, step }) => `${dialog} › ${step}`);
  return section(
    "What it decided",
    element("p", {}, outcomeSentence(turn)),
    rows([
      [
        "Kind × stage",
        stage === null ? kind : `${kind} × ${stage}${category.isFollowUp ? ", follow-up" : ""}`,
      ],
      ["Intent", title === null ? "none" : `${title} (${category.intent ?? ""})`],
      ["Script", said.map(({ script, variant }) => `${script} · variant ${variant}`).join("\n")],
      ["Flow step", passed.join("\n")],
      ["Flow knows", flow === null ? null : `${values(flow.slots)}; waits at ${flow.step}`],
      ["Calls", calls.map(({ action, input }) => `${action} ${json(input)}`).join("\n")],
      [
        "Came back",
        results.map(({ action, ok, value }) => `${action} ${ok ? "" : "failed: "}${json(value)}`).join("\n"),
      ],
      ["Handed over", handOff === null ? null : reasonWord(handOff.reason)],
      ["Touchpoint of", team],
      ["Language", language === null ? null : languageWord(language)],
    ]),
  );
}

function logged({ record, replies, contentVersion, channel, seq, recognizer }: TurnView): HTMLElement {
  return section(
    "What is logged",
    rows([
      ["Reply", replies.map(({ text, agent }) => (agent === null ? text : `${agent}: ${text}`)).join("\n")],
      ["Turn", `${String(seq)} of its conversation, on ${channel}`],
      ["Content", `version ${contentVersion}${recognizer === null ? "" : `, ${recognizer} recognizer`}`],
    ]),
    element(
      "details",
      { class: "raw" },
      element("summary", {}, "The whole record, as JSON"),
      element("pre", { tabindex: "0" }, JSON.stringify(record, null, 2)),
    ),
  );
}

function timed({ times, replies, undelivered }: TurnView): HTMLElement {
  const { waitedMs, decideMs, commitMs, deliverMs } = times;
  const delivered = deliverMs === null ? "under way" : duration(deliverMs);
  const steps: readonly (readonly [string, string])[] = [
    ["waited for more words", duration(waitedMs)],
    ["decided", duration(decideMs)],
    ["committed", duration(commitMs)],
    ["delivered", replies.length === 0 ? "nothing" : (undelivered[0] ?? delivered)],
  ];
  return section(
    "How long it took",
    element(
      "ol",
      { class: "steps" },
      ...steps.map(([name, time]) =>
        element("li", {}, element("strong", {}, time), element("span", {}, name)),
      ),
    ),
  );
}

function head(turn: TurnView): HTMLElement[] {
  const { outcome, category, at } = turn;
  const { title, confidence } = category;
  const meant = title === null ? "no intent" : title;
  const sure = title === null || confidence === null ? "" : ` ${percent(confidence)}`;
  return [
    element("span", { class: `badge ${outcome}` }, outcomeWord(turn)),
    element("span", { class: "line" }, triggerLine(turn)),
    element(
      "span",
      { class: "meant" },
      `${meant}${sure} · `,
      element("time", { datetime: at }, new Date(at).toLocaleTimeString()),
    ),
  ];
}

/** One turn: what was heard, thought, decided and logged, and how long it took. */
export function createTurnCard(): TurnCard {
  const summary = element("summary", {});
  const body = element("div", { class: "body" });
  const root = element("details", { class: "turn", open: "" }, summary, body);
  let chosen = false;
  summary.addEventListener("click", () => {
    chosen = true;
  });
  return {
    root,
    show: (turn) => {
      summary.replaceChildren(...head(turn));
      const parts = [heard(turn), thought(turn), decided(turn), logged(turn), timed(turn)];
      body.replaceChildren(...parts.filter((part) => part !== null));
    },
    fold: () => {
      if (!chosen && !root.contains(document.activeElement)) root.open = false;
    },
  };
}
