import { lifecycles, type Lifecycle } from "../content/ownership.ts";
import { lifecycleTitles } from "../insights/report-page/words.ts";
import { isMatter } from "../insights/report/matter.ts";
import type {
  Change,
  Estimate,
  MixLine,
  RateLine,
  Report,
  ResponseTimes,
} from "../insights/report/report.ts";

const width = 100;
const arrows: Readonly<Record<Change["verdict"], string>> = {
  rose: "↑",
  fell: "↓",
  withinNoise: "",
  tooFew: "",
};

const percent = (share: number) => `${(share * 100).toFixed(share < 0.1 && share > 0 ? 1 : 0)} %`;
const range = ({ low, high }: Estimate, show: (value: number) => string) => `${show(low)} to ${show(high)}`;
const against = (ratio: number) =>
  `${ratio < 1 ? "−" : "+"}${String(Math.round(Math.abs(ratio - 1) * 100))} %`;

/** 950 ms, 4.2 s, 12 min, 3.4 h. */
function span(ms: number | null): string {
  if (ms === null) return "–";
  if (ms < 1_000) return `${String(Math.round(ms))} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  if (ms < 3_600_000) return `${String(Math.round(ms / 60_000))} min`;
  return `${(ms / 3_600_000).toFixed(1)} h`;
}

/** Lines no longer than the page, broken at spaces. */
function wrapped(text: string, indent: string): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/u)) {
    if (line !== "" && indent.length + line.length + 1 + word.length > width) {
      lines.push(indent + line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return line === "" ? lines : [...lines, indent + line];
}

function cut(text: string, most: number): string {
  const plain = text.replace(/\s+/gu, " ").trim();
  return plain.length <= most ? plain : `${plain.slice(0, most - 1)}…`;
}

/** Columns padded to what is widest in them: the first to the left, the rest to the right. */
function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((text, column) => {
        const wide = widths[column] ?? 0;
        return column === 0 ? text.padEnd(wide) : text.padStart(wide);
      })
      .join("  ")
      .trimEnd(),
  );
}

/** The report for a terminal of 100 columns, readable without colour: what changed first. */
export function reportText(report: Report): string {
  const { period, before, totals } = report;
  const nothing = totals.concerns + totals.concernsBefore + totals.customerTurns === 0;
  const sections: (readonly [string, readonly string[]])[] = nothing
    ? []
    : [
        ["What changed", findings(report)],
        ["Concerns by stage and kind", matrix(report)],
        ["Concerns by customer and kind", customers(report)],
        ["Most asked", intents(report)],
        ["Rates", report.rates.flatMap(rate)],
        ["Response times", report.responseTimes.flatMap(times)],
        ["Where from", mixes(report)],
        ["Not understood", misses(report)],
        [
          "Without an owner",
          report.withoutOwner.map(
            ({ stage, channel, count }) =>
              `  ${String(count)} at ${stageTitle(report, stage ?? "")} on ${channel}`,
          ),
        ],
        [
          "Over their promise",
          report.overPromise
            .slice(0, 10)
            .map(
              ({ stage, channel, team, cases, broken, medianFirstReplyMs }) =>
                `  ${String(broken)} of ${String(cases)} cases at ${stageTitle(report, stage ?? "")} on ${channel} (${team}); half answered within ${span(medianFirstReplyMs)}`,
            ),
        ],
        ["Teams", teams(report)],
      ];
  return [
    report.title,
    ...(report.demo === null
      ? []
      : [`MADE-UP TRAFFIC: written by kumusta demo with seed ${String(report.demo.seed)}.`]),
    `${period.from} to ${period.to} (${String(period.workingDays)} working days${holidays(period)}) against ${before.from} to ${before.to} (${String(before.workingDays)}${holidays(before)}).`
      .split("\n")
      .flatMap((text) => wrapped(text, ""))
      .join("\n"),
    ...(report.running
      ? ["This month is not over: days that are over, against as many of the month before."]
      : []),
    `${String(totals.concerns)} concerns (${String(totals.concernsBefore)} before), ${String(totals.customerTurns)} customers' turns (${String(totals.customerTurnsBefore)} before). ${totals.sentence ?? ""}`.trim(),
    ...(nothing ? wrapped(whatInstead, "") : []),
    ...sections.flatMap(([title, lines]) => ["", title, ...(lines.length === 0 ? ["  None."] : lines)]),
    "",
    ...wrapped(
      "An arrow stands only where something moved by more than chance against the rest of the traffic. Intervals are 95 %, each for itself. What the figures mean and do not mean: docs/insights.md.",
      "",
    ),
  ].join("\n");
}

/** Said where nobody wrote in either period: the running month holds its days that are over, not today. */
const whatInstead =
  "Nobody wrote in these two periods, so there is nothing to report. Another month: --month 2026-10 (of the running month only the days that are over count). To see a report without customers: npx kumusta demo, then npx kumusta report --demo.";

function holidays({ holidays: all }: Report["period"]): string {
  return all.length === 0 ? "" : `; ${all.map(({ day, name }) => `${name} ${day.slice(5)}`).join(", ")}`;
}

function stageTitle({ stages }: Report, id: string): string {
  return stages.find((stage) => stage.id === id)?.title ?? (id === "" ? "No stage" : id);
}

function findings({ findings: found, comparisons, falseAlarmRate }: Report): string[] {
  const tests = `${String(comparisons)} comparisons, controlled together: a month without any change names one at most ${percent(falseAlarmRate)} of the time.`;
  if (found.length === 0) return [`  Nothing moved by more than chance.`, ...wrapped(tests, "  ")];
  return [
    ...found.flatMap(({ sentence, count, before, team, intents: own, examples }) => [
      ...wrapped(
        `${sentence} ${String(count)} concerns (${String(before)} before).${team === null ? " Nobody owns it." : ` Team: ${team}.`}`,
        "  ",
      ),
      ...(own ?? []).map(
        ({ title, ratio }) => `    “${title}” ${against(ratio.value)} (${range(ratio, against)})`,
      ),
      ...examples.slice(0, 3).map(({ text }) => `    > ${cut(text, 90)}`),
    ]),
    ...wrapped(tests, "  "),
  ];
}

function matrix(report: Report): string[] {
  const shown = report.kinds;
  const cell = (kind: string, stage: string) => {
    const found = report.cells.find((one) => one.kind === kind && one.stage === stage);
    if (found === undefined) return "·";
    const moved = arrows[found.change.verdict];
    return `${moved}${moved === "" ? "" : " "}${String(found.count)} (${String(found.before)})`;
  };
  return columns([
    ["  this period (before)", ...shown],
    ...report.stages.map(({ id, title }) => [`  ${title}`, ...shown.map((kind) => cell(kind, id))]),
  ]);
}

/** The matrix crossed with how far the customer is. */
function customers({ kinds, cells }: Report): string[] {
  const sum = (kind: string, lifecycle: Lifecycle) =>
    cells.reduce((all, cell) => all + (cell.kind === kind ? cell.byLifecycle[lifecycle] : 0), 0);
  return columns([
    ["  ", ...kinds],
    ...lifecycles.map((one) => [`  ${lifecycleTitles[one]}`, ...kinds.map((kind) => String(sum(kind, one)))]),
  ]);
}

function intents({ intents: lines }: Report): string[] {
  const shown = lines
    .filter(isMatter)
    .filter(({ count, change }, at) => (at < 12 && count > 0) || change.verdict === "rose");
  return shown.length === 0
    ? []
    : columns([
        ["  ", "now", "before", "change", "95 %", "contained"],
        ...shown.map(({ title, count, before, change, containment }) => [
          `  ${cut(title, 42)}`,
          String(count),
          String(before),
          change.ratio === null ? "–" : `${arrows[change.verdict]} ${against(change.ratio.value)}`.trim(),
          change.ratio === null ? "" : range(change.ratio, against),
          containment === null ? "–" : percent(containment),
        ]),
      ]);
}

function rate({ title, count, of, now, before, change, denominator }: RateLine): string[] {
  const shown =
    now === null
      ? `  ${title}: nothing to take a share of.`
      : `  ${title}: ${percent(now.value)} (${range(now, percent)}; ${String(count)} of ${String(of)})${before === null ? "" : `, before ${percent(before.value)}`}${change === "rose" || change === "fell" ? ` ${arrows[change]} ${change}` : ""}`;
  return [shown, ...wrapped(`of: ${denominator}`, "      ")];
}

function times({ who, count, medianMs, p90Ms, p99Ms, before }: ResponseTimes): string[] {
  if (count === 0) return [`  ${who === "bot" ? "The bot answered" : "People answered"} nobody.`];
  const bound = who === "bot" ? "at most " : "";
  return [
    `  ${who === "bot" ? "The bot" : "People"}: half within ${bound}${span(medianMs)}, 90 % within ${bound}${span(p90Ms)}, 99 % within ${bound}${span(p99Ms)} (${String(count)}); before ${span(before.medianMs)} and ${span(before.p90Ms)}`,
  ];
}

function mixes({ mix }: Report): string[] {
  const line = (title: string, lines: readonly MixLine[]) =>
    lines.length === 0
      ? []
      : wrapped(
          `${title}: ${lines
            .slice(0, 6)
            .map(
              ({ value, share, before, count }) =>
                `${value} ${percent(share)} (${String(count)}, before ${String(before)})`,
            )
            .join("; ")}`,
          "  ",
        );
  return [
    ...line("Channels", mix.channels),
    ...line("Devices", mix.devices),
    ...line("Languages", mix.languages),
    ...line("Pages", mix.pages),
    ...line("Campaigns", mix.campaigns),
    ...line("Asked to be written to by", mix.wishedChannels),
  ];
}

function misses({ misses: { turns, looked, groups } }: Report): string[] {
  if (turns === 0) return [];
  return [
    `  ${String(turns)} turns; what was written in the newest ${String(looked)}, grouped by likeness:`,
    ...groups
      .slice(0, 10)
      .map(({ count, like }) => `  ${String(count).padStart(5)}  ${cut(like, width - 9)}`),
  ];
}

function teams({ teams: pages }: Report): string[] {
  return columns([
    ["  ", "concerns", "before", "handed over", "half answered in", "promises broken"],
    ...pages.map(({ name, concerns, before, handOffs, firstReply, promises }) => [
      `  ${name}`,
      String(concerns),
      String(before),
      String(handOffs),
      span(firstReply.medianMs),
      `${String(promises.broken)} of ${String(promises.made)}`,
    ]),
  ]);
}
