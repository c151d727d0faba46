import type { TurnText } from "../../store/sql/insight-store.ts";
import { groupAlike } from "../likeness.ts";
import { differing, exampleOf } from "./examples.ts";
import type { Report } from "./report.ts";

/** The newest so many are grouped: enough to see what is missing, few enough to look at in a blink. */
export const mostMissesLookedAt = 2_000;
const groupsShown = 20;
const examplesShown = 5;

/** What was not understood, grouped by likeness, the most frequent first. */
export function missesOf(looked: readonly TurnText[], turns: number): Report["misses"] {
  const written = looked.filter(({ text }) => text.trim() !== "");
  return {
    turns,
    looked: written.length,
    groups: groupAlike(written, ({ text }) => text)
      .slice(0, groupsShown)
      .map((group) => ({
        like: group[0].text,
        count: group.length,
        examples: differing(group).slice(0, examplesShown).map(exampleOf),
      })),
  };
}
