import type { TurnView } from "../../src/console/demo-protocol.ts";
import { element } from "./element.ts";
import { percent } from "./words.ts";

const shownCandidates = 3;

function bar(name: string, share: number, kind: string): HTMLElement {
  const fill = element("span", { class: "fill" });
  // Set by script, not written in markup: the page forbids inline styles.
  fill.style.inlineSize = `${String(Math.max(share * 100, 0.5))}%`;
  return element(
    "li",
    { class: kind },
    element("span", { class: "name" }, name),
    element("span", { class: "track", "aria-hidden": "true" }, fill),
    element("span", { class: "share" }, percent(share)),
  );
}

/** What was weighed for each question, as bars with numbers; the chosen one stands out. */
export function understood({ questions, category }: TurnView): HTMLElement[] {
  return questions.map(({ candidates, outOfScope }, index) => {
    const bars = candidates
      .slice(0, shownCandidates)
      .map(({ intent, title, confidence }, place) =>
        bar(title, confidence, place === 0 && (intent === category.intent || index > 0) ? "chosen" : "other"),
      );
    return element(
      "div",
      { class: "question" },
      questions.length === 1 ? null : element("h4", {}, `Question ${String(index + 1)}`),
      element("ul", { class: "bars" }, ...bars, bar("Out of scope", outOfScope, "outside")),
    );
  });
}
