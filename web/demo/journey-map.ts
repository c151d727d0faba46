import type { TrailAnswer } from "../../src/console/demo-protocol.ts";
import { element } from "./element.ts";

export interface JourneyMap {
  readonly root: HTMLElement;
  /** @param stage where the customer is now; null: not known yet */
  show(stages: TrailAnswer["stages"], stage: string | null): void;
}

/** The stages of the journey in a row; the one that the customer is in is lit. */
export function createJourneyMap(): JourneyMap {
  const root = element("ol", { class: "journey", "aria-label": "Customer's journey" });
  let shown = "";
  return {
    root,
    show: (stages, stage) => {
      const key = [stage, ...stages.map(({ title }) => title)].join("|");
      if (key === shown) return;
      shown = key;
      root.replaceChildren(
        ...stages.map(({ id, title }) =>
          element("li", id === stage ? { "aria-current": "step" } : {}, element("span", {}, title)),
        ),
      );
    },
  };
}
