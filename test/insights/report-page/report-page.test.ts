import { describe, expect, it } from "@jest/globals";
import { reportPage } from "../../../src/insights/report-page/report-page.ts";
import type { Report } from "../../../src/insights/report/report.ts";
import { emptyReport, sampleReport } from "./sample-report.ts";

/** The same value with every leaf replaced by what `change` makes of it and of the name of the field it is in. */
function mapLeaves<T>(value: T, change: (leaf: unknown, field: string) => unknown): T;
function mapLeaves(value: unknown, change: (leaf: unknown, field: string) => unknown): unknown {
  const walk = (one: unknown, field: string): unknown => {
    if (Array.isArray(one)) return one.map((item) => walk(item, field));
    if (typeof one !== "object" || one === null) return change(one, field);
    return Object.fromEntries(Object.entries(one).map(([name, part]) => [name, walk(part, name)]));
  };
  return walk(value, "");
}

/** What a reader sees: without style and tags, with one space between words. */
const read = (markup: string): string =>
  markup
    .replace(/^.*<\/style>/su, "")
    .replaceAll(/<[^>]*>/gu, " ")
    .replaceAll(/\s+/gu, " ")
    .replaceAll("&#39;", "'")
    .replaceAll("&quot;", '"')
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");

const everything: Report = { ...sampleReport, running: true, demo: { seed: 7 } };
const estimates = ["value", "low", "high", "share", "containment", "p", "ratio", "falseAlarmRate"];

describe("the report's page", () => {
  const text = read(reportPage(sampleReport));

  it("shows every count of the report", () => {
    const marks: string[] = [];
    const marked = mapLeaves(everything, (leaf, field) => {
      if (typeof leaf !== "number" || estimates.includes(field)) return leaf;
      // Times are written in other units from a second on; counts are grouped by thousands.
      const number = field.endsWith("Ms") ? 101 + (marks.length % 800) : 10_001 + marks.length;
      marks.push(`${number.toLocaleString("en")}${field.endsWith("Ms") ? " ms" : ""}`);
      return number;
    });
    expect(marks.length).toBeGreaterThan(2000);
    // A seed is a name, not a count: it is not grouped.
    const page = read(reportPage(marked)).replace(/(?<=seed )(\d\d)(?=\d{3} )/u, "$1,");
    const shown = new Set(page.match(/\d[\d,]*(?: ms)?/gu));
    expect(marks.filter((mark) => !shown.has(mark))).toEqual([]);
  });

  it("shows every share and every change with both ends of its interval", () => {
    const missing: string[] = [];
    const look = (written: string) => {
      if (!text.includes(written)) missing.push(written);
    };
    const changed = (ratio: number) => {
      const points = Math.round((ratio - 1) * 100);
      return points === 0 ? "±0 %" : `${points > 0 ? "+" : "−"}${Math.abs(points)} %`;
    };
    const share = (part: number) => `${(100 * part).toFixed(1)} %`;
    const { findings, cells, intents, rates, mix, teams } = sampleReport;
    const ratios = [
      ...[...findings, ...teams.flatMap((team) => team.findings)].flatMap(
        ({ ratio, where, intents: own }) => [ratio, ...[...where, ...(own ?? [])].map((part) => part.ratio)],
      ),
      ...[...cells, ...intents].map(({ change }) => change.ratio),
    ];
    for (const ratio of ratios) {
      if (ratio !== null) look(`${changed(ratio.value)} ${changed(ratio.low)} to ${changed(ratio.high)}`);
    }
    const points = (part: number) => `${part < 0 ? "−" : "+"}${Math.abs(100 * part).toFixed(1)} pt`;
    for (const { difference } of rates) {
      if (difference !== null && difference !== undefined)
        look(`${points(difference.value)} ${points(difference.low)} to ${points(difference.high)}`);
    }
    for (const { now, before } of rates)
      for (const estimate of [now, before]) {
        if (estimate !== null) look(`${share(estimate.low)} to ${share(estimate.high)}`);
      }
    for (const line of [
      ...intents,
      ...Object.values(mix).flat(),
      ...teams.flatMap((team) => team.handOffsByReason),
    ])
      look(share(line.share));
    for (const { containment } of intents) look(share(containment ?? 0));
    for (const p of ["p < 0.0001", "p = 0.0009", "p = 0.31", "p = 0.52"]) look(p);
    expect(ratios.length).toBeGreaterThan(40);
    expect(missing).toEqual([]);
  });

  it("lets nobody write markup into it, wherever the words come from", () => {
    const attack = `<img src=x onerror="alert('1')">&lt;`;
    const fixed = ["kind", "verdict", "direction", "who", "change", "kinds", "timeZone", "from", "to", "day"];
    let attacked = 0;
    const hostile = mapLeaves(sampleReport, (leaf, field) => {
      if (typeof leaf !== "string" || fixed.includes(field)) return leaf;
      attacked += 1;
      return leaf + attack;
    });
    const page = reportPage(hostile);
    expect(attacked).toBeGreaterThan(200);
    expect(page).not.toMatch(/<img|<script/u);
    const places = page.split("onerror=").slice(1);
    expect(places.length).toBeGreaterThan(100);
    expect(places.filter((after) => !after.startsWith("&quot;alert(&#39;1&#39;)&quot;&gt;&amp;lt;"))).toEqual(
      [],
    );
  });

  it("loads nothing and runs nothing", () => {
    const page = reportPage(sampleReport);
    expect(page).not.toMatch(/<script|<link|<iframe|<object|\ssrc=|@import|url\(|https?:/u);
    expect([...page.matchAll(/href="([^"]*)"/gu)].filter(([, to]) => to?.startsWith("#") !== true)).toEqual(
      [],
    );
  });

  it("has a place for every link on it, and no name twice", () => {
    const page = reportPage(sampleReport);
    const names = [...page.matchAll(/\sid="([^"]*)"/gu)].map(([, name]) => name);
    const used = [...page.matchAll(/(?:href="#|labelledby=")([^"]*)"/gu)].flatMap(
      ([, to]) => to?.split(" ") ?? [],
    );
    expect(names).toEqual([...new Set(names)]);
    expect(used.filter((name) => !names.includes(name))).toEqual([]);
  });

  it("says that traffic is made up, and that a period is not over, only where it is so", () => {
    expect(text).not.toMatch(/Made-up traffic|not over/u);
    const said = read(reportPage(everything));
    expect(said).toMatch(/Made-up traffic\. +Written by +kumusta demo +with seed 7 /u);
    expect(said).toMatch(/This period is not over\. +Counted are 30 days, up to 1 Dec 2026, 12:00 am/u);
  });

  it("names the holidays of both periods and gives times in the shop's own time zone", () => {
    expect(text).toContain(
      "Holidays: All Saints' Day (1 Nov), All Souls' Day (2 Nov), Bonifacio Day (30 Nov).",
    );
    expect(text).toContain("No holidays.");
    expect(text).toContain("Web chat · 10 Nov 2026, 2:12 pm");
  });

  it("puts an arrow and a word only where a count moved beyond chance", () => {
    const matrix = /<table class="matrix">.*?<\/table>/su.exec(reportPage(sampleReport))?.[0] ?? "";
    expect(read(matrix).match(/[▲▼] \w+ \S+ %/gu)).toEqual(["▲ rose 38 %", "▼ fell 29 %"]);
  });

  it("never names greetings and thanks as the largest, however many there are", () => {
    const thanks = (one: { readonly kind: string }) => one.kind === "other";
    const grateful = {
      ...sampleReport,
      cells: sampleReport.cells.map((cell) => (thanks(cell) ? { ...cell, count: 9_000 } : cell)),
      intents: sampleReport.intents
        .map((line) => (thanks(line) ? { ...line, count: 9_000 } : line))
        .toSorted((a, b) => b.count - a.count),
    };
    expect(grateful.intents[0]?.kind).toBe("other");
    const page = reportPage(grateful);
    expect(read(page)).toContain("Largest: Questions · Delivery");
    expect(read(page)).not.toContain(`Asked most: ${grateful.intents[0]?.title ?? ""}`);
    expect(page.match(/<td class="step-0"><a[^>]*><strong>9,000</gu)).toHaveLength(
      grateful.cells.filter(thanks).length,
    );
  });

  it("says what the month as a whole did", () => {
    expect(text).toContain("All concerns together did not move beyond chance, day for day (−4 % to +8 %).");
  });

  it("names the largest known value of a mix, not that most is not known", () => {
    expect(text).toContain("Device: Mobile first, with 27.8 %");
  });

  it("addresses each team by its name, with its own findings only", () => {
    const part = (name: string) => {
      const from = text.indexOf(`For the ${name}`);
      return text.slice(from, text.indexOf("Back to the top", from));
    };
    expect(part("Accounts team")).toContain("Questions about account creation rose 38 %");
    expect(part("Accounts team")).not.toContain("Problems with payment fell");
    expect(part("Delivery team")).toContain("Nothing at your touchpoints moved by more than chance.");
  });

  it("of a shop without traffic says of each list what its emptiness means", () => {
    const empty = read(reportPage(emptyReport));
    expect(empty).not.toMatch(/NaN|undefined|Infinity|null/u);
    for (const meaning of [
      "Nothing moved by more than chance.",
      "No concern was counted in either period.",
      "No day of this period has been counted yet.",
      "No intent was recognized in either period.",
      "No rate could be computed",
      "Nobody was answered in this period",
      "No device is known: only the web chat tells it.",
      "Nobody came by a link of a campaign",
      "Nobody asked to be written to somewhere else.",
      "Every message was understood, or none came.",
      "Every concern belonged to a team's touchpoint.",
      "Every promise of an answer was kept, or none was due.",
      "The bot handed nothing over to you.",
      "No case waited for your first reply.",
    ])
      expect(empty).toContain(meaning);
  });
});
