import { describe, expect, it } from "@jest/globals";
import { reportText } from "../../src/cli/report-text.ts";
import { emptyReport, sampleReport } from "../insights/report-page/sample-report.ts";

/** The lines below a heading. */
function section(text: string, heading: string): string[] {
  const lines = text.split("\n");
  const from = lines.indexOf(heading);
  expect(from).toBeGreaterThan(0);
  return lines.slice(from + 1, lines.indexOf("", from));
}

describe("the report on the terminal", () => {
  const text = reportText(sampleReport);

  it("crosses kinds with how far the customer is, and leaves nobody out", () => {
    const rows = section(text, "Concerns by customer and kind").slice(1);
    const counted = rows.flatMap((row) => row.match(/\d+/gu) ?? []).reduce((sum, n) => sum + Number(n), 0);
    expect(rows).toHaveLength(4);
    expect(counted).toBe(sampleReport.cells.reduce((sum, { count }) => sum + count, 0));
  });

  it("does not name greetings and thanks among what is asked most", () => {
    const thanks = sampleReport.intents.filter(({ kind }) => kind === "other").map(({ title }) => title);
    expect(thanks.length).toBeGreaterThan(0);
    const asked = section(text, "Most asked").join("\n");
    expect(thanks.filter((title) => asked.includes(title))).toEqual([]);
  });

  it("of a month without traffic holds no figure that is none", () => {
    const empty = reportText(emptyReport);
    expect(empty).not.toMatch(/NaN|undefined|Infinity|null/u);
    expect(empty).toMatch(/Nobody wrote in these two periods.*--month.*\n?.*report --demo/su);
    expect(empty).not.toContain("Rates");
  });
});
