const step = (n: number, light: number, dark: number, text: string): string => {
  const mixed = (brand: string, ground: string, share: number) =>
    `color-mix(in srgb, ${brand} ${share}%, ${ground})`;
  return `.step-${n} { background: light-dark(${mixed("#0f766e", "#fffdf8", light)}, ${mixed("#5eead4", "#14171f", dark)}); color: ${text}; }`;
};

/**
 * Charts. The ramp goes from the ground to dagat in steps whose text keeps a contrast of 4.5 or more (WCAG 2.2, 1.4.3):
 * between 72 % and 90 % of dagat on the light ground, and between 42 % and 58 % on the dark one, neither ink nor its
 * opposite would, so no step lies there.
 */
export const chartStyle = `
.matrix { table-layout: fixed; border-spacing: 3px; border-collapse: separate; }
.matrix th, .matrix td { border: 0; padding: 0; }
.matrix thead th { padding: 0 4px 4px; color: var(--ink); font-size: 14px; overflow-wrap: anywhere; }
.matrix tbody th { padding: 8px 4px 8px 0; vertical-align: middle; overflow-wrap: anywhere; }
.matrix .sum { display: block; font-size: 12px; font-weight: 400; }
.matrix td { height: 56px; border-radius: var(--radius); text-align: center; vertical-align: middle; }
.matrix a { display: flex; flex-direction: column; justify-content: center; min-height: 56px; padding: 4px 2px; border-radius: var(--radius); color: inherit; text-decoration: none; }
.matrix a:hover { box-shadow: inset 0 0 0 2px currentColor; }
.matrix a strong { font-size: 16px; font-weight: 650; text-decoration: underline; text-decoration-color: color-mix(in srgb, currentColor 35%, transparent); text-underline-offset: 3px; }
.matrix .moved { font-size: 12px; font-weight: 650; line-height: 1.25; }
${[
  step(0, 0, 0, "var(--muted)"),
  step(1, 8, 8, "var(--ink)"),
  step(2, 18, 16, "var(--ink)"),
  step(3, 32, 26, "var(--ink)"),
  step(4, 50, 40, "var(--ink)"),
  step(5, 70, 64, "light-dark(#1f2430, #14171f)"),
  step(6, 100, 100, "var(--on-dagat)"),
].join("\n")}
.legend { display: flex; flex-wrap: wrap; gap: 4px; margin: 8px 0 0; padding: 0; list-style: none; font-size: 12px; }
.legend li { padding: 2px 8px; border-radius: var(--radius); }
.cell-panel { display: none; }
.cell-panel:target { display: block; border: 2px solid var(--dagat); outline: none; }
@media (max-width: 599px) {
  .matrix { border-spacing: 2px; }
  .matrix thead th, .matrix tbody th { padding-left: 0; padding-right: 0; font-size: 12px; letter-spacing: -.03em; hyphens: auto; }
  .matrix thead th:first-child { width: 20%; }
}
svg { display: block; }
.interval { width: 100%; min-width: 120px; height: 20px; color: var(--dagat); overflow: visible; }
.interval text { fill: currentColor; font-size: 16px; }
.interval circle, .shares .now circle { fill: var(--dagat); }
.span { stroke: var(--dagat); stroke-width: 2.5; stroke-linecap: round; }
.zero, .base { stroke: var(--line); stroke-width: 1.5; vector-effect: non-scaling-stroke; }
.axis-head { display: flex; justify-content: space-between; gap: 4px; min-width: 120px; white-space: nowrap; }
.drawn { width: 32%; vertical-align: middle; }
.changes td, .changes th { padding-right: 8px; }
.changes { table-layout: fixed; }
.changes th:first-child { width: 28%; }
.reading-line { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 16px; }
.reading-line .figures { flex: 1 1 150px; max-width: 200px; white-space: nowrap; }
.reading-line .interval, .reading-line .axis-head { flex: 3 1 140px; width: 0; min-width: 0; }
.changes .range { font-size: 12px; }
.share-axis { display: flex; justify-content: space-between; color: var(--muted); font-size: 12px; line-height: 1; margin-bottom: 4px; }
.shares { width: 100%; height: 40px; margin-top: 4px; }
.shares .before .span { stroke: var(--muted); stroke-dasharray: 4 4; }
.shares .before circle { fill: var(--surface); stroke: var(--muted); stroke-width: 2; }
.small { font-size: 14px; }
.small td:last-child { text-align: right; padding-right: 0; white-space: nowrap; color: var(--muted); }
.dot { display: inline-block; width: 10px; height: 10px; margin-right: 6px; border: 2px solid var(--dagat); border-radius: 50%; background: var(--dagat); }
.dot.before { border-color: var(--muted); background: none; }
.bar { display: block; height: 6px; margin-top: 4px; border-radius: 3px; background: var(--bubble); }
.bar > span { display: block; height: 100%; min-width: 2px; border-radius: 3px; background: var(--dagat); }
.plot { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 4px 8px; color: var(--muted); font-size: 12px; }
.scale { display: flex; flex-direction: column; justify-content: space-between; text-align: right; line-height: 1; }
.days { width: 100%; height: 180px; overflow: visible; }
.cell-panel .days { height: 112px; }
.days path { fill: none; stroke-width: 2; vector-effect: non-scaling-stroke; stroke-linejoin: round; }
.days .now { stroke: var(--dagat); stroke-width: 2.5; }
.days .before { stroke: var(--muted); stroke-dasharray: 5 4; }
.days .off, .swatch.off { fill: var(--line); background: color-mix(in srgb, var(--line) 55%, transparent); }
.days .off { opacity: .55; }
.days .holiday { fill: var(--mangga); opacity: .4; }
.days path.notch { fill: var(--mangga-text); stroke: none; }
.days .turn { stroke: var(--ink); stroke-width: 1; vector-effect: non-scaling-stroke; }
.days .column { fill: var(--dagat); }
.dates { grid-column: 2; position: relative; display: flex; justify-content: space-between; min-height: 18px; }
.dates span[style] { position: absolute; transform: translateX(-50%); }
.key { display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 8px 0 0; padding: 0; list-style: none; color: var(--muted); font-size: 14px; }
.swatch { display: inline-block; width: 20px; height: 12px; margin-right: 8px; vertical-align: -1px; }
.swatch.now { height: 0; border-top: 3px solid var(--dagat); vertical-align: 4px; }
.swatch.before { height: 0; border-top: 2px dashed var(--muted); vertical-align: 4px; }
.swatch.holiday { background: color-mix(in srgb, var(--mangga) 45%, transparent); border-top: 3px solid var(--mangga-text); }
`;
