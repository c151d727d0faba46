import { element } from "./element.ts";
import { withWidget } from "./with-widget.ts";

/** What a tap sends: one after the other at once, each only after the answer to the one before, or one at each tap. */
interface Chip {
  readonly label: string;
  readonly hint: string;
  readonly lines: readonly string[];
  readonly pace: "atOnce" | "afterAnswers" | "oneEachTap";
}

/** Lines that the sample shop's content is made for; with other content they are as good as any. */
const chips: readonly Chip[] = [
  {
    label: "Taglish with typos",
    hint: "pano po mgbayad…",
    lines: ["pano po mgbayad gmit gcash"],
    pace: "atOnce",
  },
  {
    label: "Two questions",
    hint: "in one message",
    lines: ["how much is shipping and can i pay with gcash"],
    pace: "atOnce",
  },
  {
    label: "A burst",
    hint: "3 lines, one turn",
    lines: ["hello po", "magkano po shipping", "sa cebu po"],
    pace: "atOnce",
  },
  {
    label: "A flow",
    hint: "where is my order",
    lines: ["where is my order", "TND-104233"],
    pace: "afterAnswers",
  },
  {
    label: "Out of scope",
    hint: "tap three times",
    lines: ["how tall is mount everest", "who won the basketball game last night", "can you write me a poem"],
    pace: "oneEachTap",
  },
  { label: "A person, please", hint: "tao po", lines: ["tao po"], pace: "atOnce" },
];

/** The customer reads before they write on, ms. */
const readingMs = 700;

/** Buttons that write in the chat what customers write. */
export function createChips(): HTMLElement {
  let waiting: readonly string[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const send = (text: string) => withWidget((widget) => widget.send(text));
  withWidget((widget) => {
    widget.on("message.received", () => {
      const [next, ...rest] = waiting;
      if (next === undefined) return;
      waiting = rest;
      clearTimeout(timer);
      timer = setTimeout(() => send(next), readingMs);
    });
  });

  const button = ({ label, hint, lines, pace }: Chip) => {
    let tapped = 0;
    const made = element(
      "button",
      { type: "button", class: "chip" },
      element("strong", {}, label),
      element("span", {}, hint),
    );
    made.addEventListener("click", () => {
      clearTimeout(timer);
      const [first = "", ...others] = lines;
      waiting = pace === "afterAnswers" ? others : [];
      if (pace === "atOnce") for (const line of lines) send(line);
      else send(pace === "oneEachTap" ? (lines[tapped % lines.length] ?? first) : first);
      tapped += 1;
    });
    return element("li", {}, made);
  };
  return element("ul", { class: "chips", "aria-label": "Lines to tap" }, ...chips.map(button));
}
