import { findingKinds } from "../../content/finding-kinds.ts";

/** The table of docs/writing-content.md: every kind of finding, the most harmful first. */
export function findingTable(): string {
  const rows = Object.entries(findingKinds).map(
    ([kind, { severity, harm }]) => `| \`${kind}\` | ${severity} | ${harm} |`,
  );
  return ["| finding | is a | if nobody mends it |", "| --- | --- | --- |", ...rows].join("\n");
}
