import { htmlPage, markup, type Html } from "../../basics/html.ts";
import { lookTokens } from "../../basics/look.ts";
import type { Evaluation, LearningPoint } from "./evaluate.ts";
import { confusedPairs, reliability, type Judgement, type ReliabilityBin } from "./measures.ts";
import { figureRows } from "./report-text.ts";

const style = `${lookTokens}
body { font: 16px/1.5 var(--font); margin: 32px auto; max-width: 60rem; padding: 0 16px; color: var(--ink); background: var(--ground); }
table { border-collapse: collapse; }
td, th { padding: 2px 12px 2px 0; text-align: left; vertical-align: top; }
svg { max-width: 100%; height: auto; }
svg text { font-size: 11px; fill: currentColor; }
figure { margin: 24px 0; }
.axis { stroke: currentColor; opacity: .4; }
.ideal { stroke: currentColor; stroke-dasharray: 4; opacity: .5; }
.line { stroke: var(--dagat); stroke-width: 2; fill: none; }
.dot { fill: var(--dagat); }
.cell { fill: var(--sili); }
`;

/** An evaluation as one HTML page that loads nothing: figures, confusion heat map, reliability and learning curves. */
export function reportPage(evaluation: Evaluation, title: string): string {
  const { figures, lines, learningCurve, method } = evaluation;
  const learned = markup`<h2>Learning curve</h2>
<p>In-scope accuracy by the number of rows trained on.</p>
${learningChart(learningCurve)}`;
  const body = markup`<h1>${title}</h1>
<p>${method}.</p>
<table>${figureRows(figures).map(
    ([label, value]) => markup`<tr><th scope="row">${label}</th><td>${value}</td></tr>`,
  )}</table>
<h2>Confusions</h2>
${heatMap(lines)}
${confusionTable(lines)}
<h2>Reliability</h2>
<p>How often the best candidate was right, for each confidence. On the dashed line, confidence is a probability.</p>
${reliabilityChart(reliability(lines))}
${learningCurve.length >= 2 && learned}`;
  return htmlPage({ title, style, body });
}

/** Only intents that are confused with another: 150 by 150 cells would show nothing. */
function heatMap(lines: readonly Judgement[]): Html {
  const pairs = confusedPairs(lines);
  const names = [...new Set(pairs.slice(0, 60).flatMap(({ meant, predicted }) => [meant, predicted]))]
    .sort()
    .slice(0, 50);
  if (names.length === 0) return markup`<p>None.</p>`;
  const cell = 14;
  const left = 190;
  const size = left + names.length * cell + 10;
  const most = Math.max(...pairs.map(({ utterances }) => utterances.length));
  const cells = pairs.flatMap(({ meant, predicted, utterances }) => {
    const row = names.indexOf(meant);
    const column = names.indexOf(predicted);
    if (row < 0 || column < 0) return [];
    const tip = `${meant} taken for ${predicted}: ${utterances.length}`;
    return markup`<rect class="cell" x="${left + column * cell}" y="${left + row * cell}" width="${cell - 1}" height="${cell - 1}" opacity="${(0.15 + (0.85 * utterances.length) / most).toFixed(2)}"><title>${tip}</title></rect>`;
  });
  const rows = names.map(
    (name, i) =>
      markup`<text x="${left - 6}" y="${left + i * cell + 11}" text-anchor="end">${name.slice(0, 30)}</text>`,
  );
  const columns = names.map(
    (name, i) =>
      markup`<text transform="translate(${left + i * cell + 11} ${left - 6}) rotate(-90)">${name.slice(0, 30)}</text>`,
  );
  return markup`<figure><svg viewBox="0 0 ${size} ${size}" width="${size}" role="img" aria-label="Heat map of confused intents; the table below lists the same">${rows}${columns}${cells}</svg><figcaption>Rows: meant. Columns: recognized.</figcaption></figure>`;
}

function confusionTable(lines: readonly Judgement[]): Html {
  const rows = confusedPairs(lines)
    .slice(0, 50)
    .map(
      ({ meant, predicted, utterances }) =>
        markup`<tr><td>${meant}</td><td>${predicted}</td><td>${utterances.length}</td><td>${utterances
          .slice(0, 3)
          .map((text) => markup`<div>${text.slice(0, 120)}</div>`)}</td></tr>`,
    );
  return markup`<table><thead><tr><th>Meant</th><th>Recognized</th><th>Lines</th><th>For example</th></tr></thead><tbody>${rows}</tbody></table>`;
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
  body: Html,
): Html {
  const ticks = [0, 0.25, 0.5, 0.75, 1].map(
    (share) => markup`<text x="${PAD - 6}" y="${up(share) + 4}" text-anchor="end">${share * 100}</text>`,
  );
  const below = xTicks.map(
    ([at, text]) =>
      markup`<text x="${across(at)}" y="${HEIGHT - PAD + 16}" text-anchor="middle">${text}</text>`,
  );
  return markup`<figure><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" role="img" aria-label="${label}"><path class="axis" fill="none" d="M${PAD} ${PAD}V${HEIGHT - PAD}H${WIDTH - PAD}"/>${ticks}${below}${body}<text x="${WIDTH / 2}" y="${HEIGHT - 6}" text-anchor="middle">${xLabel}</text></svg></figure>`;
}

const dots = (points: readonly (readonly [x: number, y: number, tip: string])[]): Html =>
  markup`<path class="line" d="${points.map(([x, y], i) => `${i === 0 ? "M" : "L"}${across(x).toFixed(1)} ${up(y).toFixed(1)}`)}"/>${points.map(
    ([x, y, tip]) =>
      markup`<circle class="dot" cx="${across(x).toFixed(1)}" cy="${up(y).toFixed(1)}" r="4"><title>${tip}</title></circle>`,
  )}`;

function reliabilityChart(bins: readonly ReliabilityBin[]): Html {
  const ideal = markup`<path class="ideal" d="M${across(0)} ${up(0)}L${across(1)} ${up(1)}"/>`;
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
    markup`${ideal}${dots(points)}`,
  );
}

function learningChart(points: readonly LearningPoint[]): Html {
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
