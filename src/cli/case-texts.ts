import type { CaseDetail, CaseList, CaseSummary, HistoryLine, MediaView } from "../console/protocol.ts";

/* How cases look on a terminal. */

function clock(timeZone: string): (at: string | null) => string {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "short",
    day: "2-digit",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  });
  return (at) => (at === null ? "–" : format.format(new Date(at)).replaceAll(",", ""));
}

/** One line, at most so many characters. */
function cut(text: string, most: number): string {
  const line = text.replace(/\s+/gu, " ").trim();
  return line.length <= most ? line : `${line.slice(0, most - 1)}…`;
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function aboutOf({ intent, stage, reason }: CaseSummary): string {
  return intent ?? stage ?? reason;
}

/** `cases list`. */
export function listText({ cases, next, timeZone }: CaseList): string {
  if (cases.length === 0) return "No cases. Others: --status assigned, returned, closed or all.";
  const time = clock(timeZone);
  const rows = cases.map((shown) => [
    shown.ref,
    shown.status,
    shown.team,
    shown.agent ?? "–",
    time(shown.openedAt),
    `${time(shown.promisedAt)}${shown.broken > 0 ? ` (broken ${String(shown.broken)}×)` : ""}`,
    aboutOf(shown),
    cut(shown.asked, 40),
  ]);
  const head = ["CASE", "STATUS", "TEAM", "AGENT", "OPENED", "PROMISED", "ABOUT", "ASKED"];
  const more = next === null ? "" : `\n\nMore: --after ${next}`;
  return `${table([head, ...rows])}\n\nTimes are ${timeZone}.${more}`;
}

function mediaLine({ contentType, contentUrl, name }: MediaView): string {
  return `[${name ?? contentType}${contentUrl === null ? "" : ` ${contentUrl}`}]`;
}

/** What a line of history says beyond its type. */
function detailOf(type: string, { action, ok, why, reason }: HistoryLine["more"]): string {
  if (type === "actionReturned" && typeof action === "string")
    return `: ${action} ${ok === true ? "was done" : "failed"}`;
  if (type === "refused" && typeof why === "string")
    return `: ${why}${typeof reason === "string" ? ` (${reason})` : ""}`;
  return "";
}

/** `cases show`: the card, what happened, what was said. */
export function showText({
  case: shown,
  card,
  customerWroteAt,
  history,
  transcript,
  timeZone,
}: CaseDetail): string {
  const time = clock(timeZone);
  const slots = Object.entries(card.slots).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  const facts: (readonly [string, string])[] = [
    ["Case", `${shown.ref}  (${shown.id})`],
    ["Status", `${shown.status}, ${shown.team}${shown.agent === null ? "" : `, ${shown.agent}`}`],
    [
      "About",
      `${shown.kind}${shown.stage === null ? "" : `, ${shown.stage}`}${shown.intent === null ? "" : `, ${shown.intent}`}`,
    ],
    ["Reason", shown.reason],
    ["Asked", card.asked.map((words) => cut(words, 100)).join(" / ") || "–"],
    ["Tried", card.tried.join(", ") || "–"],
    ["Known", slots.join(", ") || "–"],
    [
      "Channel",
      `${shown.channel}, ${shown.contact ?? "erased"}${card.language === null ? "" : `, ${card.language}`}`,
    ],
    ["Opened", time(shown.openedAt)],
    ["Promised", `${time(shown.promisedAt)}${shown.broken > 0 ? `, broken ${String(shown.broken)}×` : ""}`],
    ["Waiting", shown.waitingSince === null ? "–" : `since ${time(shown.waitingSince)}`],
    ["Wrote", time(customerWroteAt)],
    [
      "Before",
      card.lastCases.map(({ intent, status }) => `${intent ?? "a person"} (${status})`).join(", ") || "–",
    ],
  ];
  const happened = history
    .filter(({ type }) => type !== "customerWrote")
    .map(
      ({ at, type, agent, more }) =>
        `  ${time(at)}  ${type}${agent === null ? "" : ` by ${agent}`}${detailOf(type, more)}`,
    );
  const said = transcript.map(({ at, from, name, text, tapped, media, withheld }) => {
    const who = from === "agent" ? (name ?? "agent") : from;
    const words = [text, ...media.map(mediaLine)].filter((part) => part !== "").join(" ");
    const unsent = withheld === undefined ? "" : ` (not sent: ${withheld})`;
    return `  ${time(at)}  ${who}${tapped ? " (tap)" : ""}${unsent}: ${words.replaceAll("\n", "\n    ")}`;
  });
  return [
    ...facts.map(([name, value]) => `${`${name}:`.padEnd(10)}${value}`),
    "",
    `What happened (${timeZone}):`,
    ...happened,
    "",
    "What was said:",
    ...said,
  ].join("\n");
}
