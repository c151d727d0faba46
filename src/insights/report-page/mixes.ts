import { markup, type Html } from "../../basics/html.ts";
import type { MixLine, Report } from "../report/report.ts";
import { counted, percent, whole } from "./figures.ts";
import { bar, chapter, chartHead, more, nothing } from "./page-parts.ts";
import { plain } from "./words.ts";

/** Where customers come from, when, and where they wish to be written to. */
export function mixesChapter({ mix }: Report): Html {
  return chapter(
    "mixes",
    "Where they come from",
    null,
    markup`<div class="cards">
${mixCard("Channel", mix.channels, "concern", "No concern was counted, so no channel either.")}
${mixCard("Device", mix.devices, "concern", "No device is known: only the web chat tells it.")}
${mixCard("Language", mix.languages, "concern", "No language was recognized.")}
${mixCard("Page", mix.pages, "concern", "No page is known: only the chat on your own site tells it.")}
${mixCard("Campaign", mix.campaigns, "concern", "Nobody came by a link of a campaign (utm_campaign or ref).")}
${mixCard("Wished channel", mix.wishedChannels, "message", "Nobody asked to be written to somewhere else.")}
</div>
${hoursFigure(mix.hours)}`,
  );
}

const mixCard = (name: string, lines: readonly MixLine[], unit: string, emptiness: string): Html => {
  const [first] = lines
    .filter(({ value }) => value !== "unknown" && value !== "other")
    .sort((a, b) => b.count - a.count);
  return markup`<figure class="card">${
    lines.length === 0
      ? markup`<figcaption><h3>${name}</h3></figcaption>${nothing(emptiness)}`
      : markup`${chartHead(first === undefined ? `${name}: not known` : `${name}: ${plain(first.value)} first, with ${percent(first.share)}`, `Share of ${countedIn(lines, unit)}.`)}${mixTable(name, lines)}`
  }</figure>`;
};

const countedIn = (lines: readonly MixLine[], unit: string): string =>
  counted(
    lines.reduce((all, { count }) => all + count, 0),
    unit,
  );

const linesShown = 8;

/** Bars that read as a table; what is beyond the eighth line is folded away. */
export function mixTable(name: string, lines: readonly MixLine[]): Html {
  const table = (caption: string, some: readonly MixLine[]) =>
    markup`<table class="mix"><caption>${caption}</caption><thead><tr><th scope="col">${name}</th><th scope="col">Now</th><th scope="col">Share</th><th scope="col">Before</th></tr></thead><tbody>${some.map(
      ({ value, count, share, before }) =>
        markup`<tr><th scope="row">${plain(value)}${bar(share)}</th><td>${whole(count)}</td><td>${percent(share)}</td><td>${whole(before)}</td></tr>`,
    )}</tbody></table>`;
  const rest = lines.slice(linesShown);
  return markup`${table(`${name}, now and before`, lines.slice(0, linesShown))}${
    rest.length > 0 && more(`${whole(rest.length)} more`, table(`${name}: the others`, rest))
  }`;
}

/** "20" is 8 pm. What is no hour stands as it is. */
function hourText(hour: string): string {
  const at = Number(hour);
  if (!/^\d{1,2}$/u.test(hour) || at > 23) return plain(hour);
  return `${at % 12 === 0 ? 12 : at % 12} ${at < 12 ? "am" : "pm"}`;
}

function hoursFigure(hours: readonly MixLine[]): Html {
  if (hours.length === 0)
    return markup`<figure class="hours"><h3>Hours</h3>${nothing("No message was counted, so no hour either.")}</figure>`;
  const byHour = [...hours].sort((a, b) => a.value.localeCompare(b.value, "en", { numeric: true }));
  const busiest = byHour.reduce((a, b) => (b.count > a.count ? b : a));
  const top = Math.max(...byHour.flatMap(({ count, before }) => [count, before]), 1);
  const height = (count: number) => (100 * count) / top;
  const columns = byHour.map(
    ({ count }, i) =>
      markup`<rect class="column" x="${i + 0.15}" y="${(100 - height(count)).toFixed(1)}" width="0.7" height="${height(count).toFixed(1)}"/>`,
  );
  const first = byHour[0]?.value ?? "";
  const middle = byHour[Math.floor(byHour.length / 2)]?.value ?? "";
  const last = byHour.at(-1)?.value ?? "";
  return markup`<figure class="hours">${chartHead(
    `Busiest hour: ${hourText(busiest.value)}, with ${percent(busiest.share)} of customers' turns`,
    `${countedIn(hours, "turn")} of customers by hour of the business day. A burst of messages is one turn.`,
  )}<div class="plot"><div class="scale" aria-hidden="true"><span>${whole(top)}</span><span>0</span></div><svg class="days" viewBox="0 0 ${byHour.length} 100" preserveAspectRatio="none" role="img" aria-labelledby="hours-t hours-d"><title id="hours-t">Customers' turns by hour</title><desc id="hours-d">Most at ${hourText(busiest.value)}: ${whole(busiest.count)}. The table below has every hour.</desc><line class="base" x1="0" x2="${byHour.length}" y1="100" y2="100"/>${columns}</svg><div class="dates" aria-hidden="true"><span>${hourText(first)}</span><span class="middle">${hourText(middle)}</span><span>${hourText(last)}</span></div></div>${more(
    "Hour by hour as a table",
    markup`<table class="mix"><caption>Customers' turns by hour</caption><thead><tr><th scope="col">Hour</th><th scope="col">Now</th><th scope="col">Share</th><th scope="col">Before</th></tr></thead><tbody>${byHour.map(
      ({ value, count, share, before }) =>
        markup`<tr><th scope="row">${hourText(value)}</th><td>${whole(count)}</td><td>${percent(share)}</td><td>${whole(before)}</td></tr>`,
    )}</tbody></table>`,
  )}</figure>`;
}
