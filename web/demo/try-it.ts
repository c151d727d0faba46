import { element } from "./element.ts";

/** The head of the demo: what is to be seen, what to tap first, and whether the content is live. */
export function createTryIt(
  chips: HTMLElement,
  contentState: HTMLElement | null,
  startOver: () => void,
): HTMLElement {
  const over = element("button", { type: "button", class: "over" }, "Start over");
  over.addEventListener("click", startOver);
  return element(
    "section",
    { class: "try", "aria-labelledby": "try" },
    element("div", { class: "head" }, element("h2", { id: "try" }, "Kumusta from inside"), over),
    element(
      "p",
      {},
      "Tap a line: the shop’s chat sends and answers it. Below is what the bot thought, and what is logged.",
    ),
    chips,
    contentState,
  );
}
