import type { TurnText } from "../../store/sql/insight-store.ts";
import type { Example } from "./report.ts";

/** What a customer wrote, as reports show it. */
export function exampleOf({ turnId, at, channel, text }: TurnText): Example {
  return { turnId, at: new Date(at).toISOString(), channel, text };
}

/** One of each wording: five times the same line tells no more than one. */
export function differing(group: readonly TurnText[]): TurnText[] {
  const wordings = new Set<string>();
  return group.filter(({ text }) => {
    const wording = text.trim().toLowerCase();
    return !wordings.has(wording) && wordings.add(wording);
  });
}
