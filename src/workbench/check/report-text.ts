import { placeOf, severityOf, type Fault } from "../../content/fault.ts";
import { findingKinds, type FindingKind } from "../../content/finding-kinds.ts";
import type { CheckReport } from "./check.ts";

const count = (number: number, what: string): string => `${String(number)} ${what}${number === 1 ? "" : "s"}`;

/** The report for people at a terminal: by kind, the most harmful first; of each kind at most `most`. */
export function reportText({ version, findings, faults, warnings }: CheckReport, most: number): string {
  const kinds = new Map<FindingKind, Fault[]>();
  for (const finding of findings) {
    const same = kinds.get(finding.kind);
    if (same === undefined) kinds.set(finding.kind, [finding]);
    else same.push(finding);
  }
  const blocks = [...kinds].map(([kind, same]) => {
    const [first] = same;
    const severity = first === undefined ? "" : severityOf(first).toUpperCase();
    const shown = same
      .slice(0, most)
      .map((finding) => `  ${placeOf(finding)} ${finding.message}\n      → ${finding.mend}`);
    const rest = same.length > most ? [`  … and ${String(same.length - most)} more: --all shows them`] : [];
    return [
      `${severity} ${kind} (${String(same.length)}): ${findingKinds[kind].harm}`,
      ...shown,
      ...rest,
    ].join("\n");
  });
  const verdict =
    findings.length === 0
      ? `Nothing to mend. This is version ${version}.`
      : `${count(faults, "fault")}, ${count(warnings, "warning")}. ${
          faults > 0
            ? "With faults the program does not start, and an edit does not go live."
            : `It can go live as version ${version}.`
        }`;
  return [...blocks, verdict].join("\n\n");
}
