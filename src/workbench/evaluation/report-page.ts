import type { Evaluation, LearningPoint } from "./evaluate.ts";
import { confusedPairs, reliability, type Judgement, type ReliabilityBin } from "./measures.ts";
import { figureRows } from "./report-text.ts";

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** An evaluation as one HTML page that loads nothing: figures, confusion heat map, reliability and learning curves. */
export function reportPage(evaluation: Evaluation, title: string): string {
  const { figures, lines, learningCurve, method } = evaluation;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: #1b1b1f; background: #fff; }
  table { border-collapse: collapse; } td, th { padding: .15rem .75rem .15rem 0; text-align: left; vertical-align: top; }
  svg { max-width: 100%; height: auto; } svg text { font-size: 11px; fill: currentColor; } figure { margin: 1.5rem 0; }
  .axis { stroke: currentColor; opacity: .4; } .ideal { stroke: currentColor; stroke-dasharray: 4; opacity: .5; } .line { stroke: #0b57d0; stroke-width: 2; fill: none; } .dot { fill: #0b57d0; } .cell { fill: #b3261e; }
  @media (prefers-color-scheme: dark) { body { color: #e4e2e6; background: #1b1b1f; } .line { stroke: #a8c7fa; } .dot { fill: #a8c7fa; } .cell { fill: #f2b8b5; } }
</style>
<h1>${escaped(title)}</h1>
<p>${escaped(method)}.</p>
<table>${figureRows(figures)
    .map(([label, value]) => `<tr><th scope="row">${escaped(label)}</th><td>${escaped(value)}</td></tr>`)
    .join("")}</table>
<h2>Confusions</h2>
${heatMap(lines)}
${confusionTable(lines)}
<h2>Reliability</h2>
<p>How often the best candidate was right, for each confidence. On the dashed line, confidence is a probability.</p>
${reliabilityChart(reliability(lines))}
${learningCurve.length < 2 ? "" : `<h2>Learning curve</h2>\n<p>In-scope accuracy by the number of rows trained on.</p>\n${learningChart(learningCurve)}`}
</html>
`;
}

/** Only intents that are confused with another: 150 by 150 cells would show nothing. */
function heatMap(lines: readonly Judgement[]): string {
  const pairs = confusedPairs(lines);
  const names = [...new Set(pairs.slice(0, 60).flatMap(({ meant, predicted }) => [meant, predicted]))]
    .sort()
    .slice(0, 50);
  if (names.length === 0) return "<p>None.</p>";
  const cell = 14;
  const left = 190;
  const size = left + names.length * cell + 10;
  const most = Math.max(...pairs.map(({ utterances }) => utterances.length));
  const cells = pairs.flatMap(({ meant, predicted, utterances }) => {
    const row = names.indexOf(meant);
    const column = names.indexOf(predicted);
    if (row < 0 || column < 0) return [];
    const tip = `${meant} taken for ${predicted}: ${utterances.length}`;
    return `<rect class="cell" x="${left + column * cell}" y="${left + row * cell}" width="${cell - 1}" height="${cell - 1}" opacity="${(0.15 + (0.85 * utterances.length) / most).toFixed(2)}"><title>${escaped(tip)}</title></rect>`;
  });
  const rows = names.map(
    (name, i) =>
      `<text x="${left - 6}" y="${left + i * cell + 11}" text-anchor="end">${escaped(name.slice(0, 30))}</text>`,
  );
  const columns = names.map(
    (name, i) =>
      `<text transform="translate(${left + i * cell + 11} ${left - 6}) rotate(-90)">${escaped(name.slice(0, 30))}</text>`,
  );
  return `<figure><svg viewBox="0 0 ${size} ${size}" width="${size}" role="img" aria-label="Heat map of confused intents; the table below lists the same">${rows.join("")}${columns.join("")}${cells.join("")}</svg><figcaption>Rows: meant. Columns: recognized.</figcaption></figure>`;
}

function confusionTable(lines: readonly Judgement[]): string {
  const rows = confusedPairs(lines)
    .slice(0, 50)
    .map(
      ({ meant, predicted, utterances }) =>
        `<tr><td>${escaped(meant)}</td><td>${escaped(predicted)}</td><td>${utterances.length}</td><td>${utterances
          .slice(0, 3)
          .map((text) => escaped(text.slice(0, 120)))
          .join("<br>")}</td></tr>`,
    );
  return `<table><thead><tr><th>Meant</th><th>Recognized</th><th>Lines</th><th>For example</th></tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

const WIDTH = 420;
const HEIGHT = 300;
const PAD = 40;
const across = (share: number): number => PAD + share * (WIDTH - 2 * PAD);
const up = (share: number): number => HEIGHT - PAD - share * (HEIGHT - 2 * PAD);

function frame(
  label: string,
  xLabel: string,
  xTicks: readonly (readonly [at: number, text: string])[],
  body: string,
): string {
  const ticks = [0, 0.25, 0.5, 0.75, 1].map(
    (share) => `<text x="${PAD - 6}" y="${up(share) + 4}" text-anchor="end">${share * 100}</text>`,
  );
  const below = xTicks.map(
    ([at, text]) =>
      `<text x="${across(at)}" y="${HEIGHT - PAD + 16}" text-anchor="middle">${escaped(text)}</text>`,
  );
  return `<figure><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" role="img" aria-label="${escaped(label)}"><path class="axis" fill="none" d="M${PAD} ${PAD}V${HEIGHT - PAD}H${WIDTH - PAD}"/>${ticks.join("")}${below.join("")}${body}<text x="${WIDTH / 2}" y="${HEIGHT - 6}" text-anchor="middle">${escaped(xLabel)}</text></svg></figure>`;
}

const dots = (points: readonly (readonly [x: number, y: number, tip: string])[]): string =>
  `<path class="line" d="${points.map(([x, y], i) => `${i === 0 ? "M" : "L"}${across(x).toFixed(1)} ${up(y).toFixed(1)}`).join("")}"/>` +
  points
    .map(
      ([x, y, tip]) =>
        `<circle class="dot" cx="${across(x).toFixed(1)}" cy="${up(y).toFixed(1)}" r="4"><title>${escaped(tip)}</title></circle>`,
    )
    .join("");

function reliabilityChart(bins: readonly ReliabilityBin[]): string {
  const ideal = `<path class="ideal" d="M${across(0)} ${up(0)}L${across(1)} ${up(1)}"/>`;
  const points = bins.map(
    (bin) =>
      [
        bin.meanConfidence,
        bin.accuracy,
        `${bin.lines} lines: confidence ${(bin.meanConfidence * 100).toFixed(0)} %, right ${(bin.accuracy * 100).toFixed(0)} %`,
      ] as const,
  );
  return frame(
    "Reliability: share right by confidence, in percent",
    "confidence, %",
    [0, 0.25, 0.5, 0.75, 1].map((share) => [share, String(share * 100)]),
    ideal + dots(points),
  );
}

function learningChart(points: readonly LearningPoint[]): string {
  const measured = points.map(
    ({ share, rows, accuracy }) =>
      [share, accuracy ?? 0, `${rows} rows: ${((accuracy ?? 0) * 100).toFixed(1)} %`] as const,
  );
  return frame(
    "Learning curve: in-scope accuracy in percent by rows trained on",
    "rows",
    points.map(({ share, rows }) => [share, String(rows)]),
    dots(measured),
  );
}
