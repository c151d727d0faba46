/** Text, cards and tables; charts have a style of their own. Sizes and spacing are those of the look: 12 to 28, by 4. */
export const pageStyle = `
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 16px; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 400 16px/1.5 var(--font); overflow-wrap: break-word; }
header.top, nav, main { max-width: 68rem; margin: 0 auto; padding: 0 16px; }
header.top { padding-top: 24px; }
.brand { margin: 0 0 8px; color: var(--dagat); font-size: 16px; font-weight: 700; letter-spacing: .01em; }
h1, h2, h3, h4 { margin: 0; line-height: 1.25; text-wrap: pretty; }
h1 { font-size: 28px; font-weight: 700; letter-spacing: -.01em; }
h2 { font-size: 20px; font-weight: 700; }
h3 { font-size: 16px; font-weight: 650; }
h4 { margin: 20px 0 4px; font-size: 14px; font-weight: 650; }
p { margin: 8px 0; max-width: 44rem; }
a { color: var(--dagat); text-underline-offset: 3px; }
:focus-visible { outline: 3px solid var(--dagat); outline-offset: 2px; border-radius: var(--radius); }
code { font: 12px/1.4 ui-monospace, Menlo, Consolas, monospace; }
main > section { margin: 56px 0 0; padding-top: 24px; border-top: 1px solid var(--line); }
main > section:first-child { margin-top: 24px; }
main { padding-bottom: 64px; }
.intro, .definition, .under, .range, .chance, .sum, .source, caption, .tiles span, .periods span { color: var(--muted); }
.definition, .under, .range, .chance, .source { font-size: 14px; }
.definition { margin: 4px 0 8px; }
header.top > .definition { margin-top: 12px; }
.definition .line { display: block; }
.under { display: block; font-weight: 400; }
.periods { display: grid; gap: 4px 24px; margin: 12px 0 0; font-size: 14px; }
.periods dt { color: var(--muted); }
.periods dd { margin: 0; }
.banner { max-width: none; margin: 16px 0 0; padding: 12px 16px; border: 1px solid var(--mangga); border-left-width: 6px; border-radius: var(--radius); background: light-dark(#fef4dc, #2b2516); font-size: 14px; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(96px, 1fr)); gap: 12px; margin: 20px 0 0; }
.tiles > div { padding: 12px 16px; border: 1px solid var(--line); border-radius: var(--radius); background: var(--surface); }
.tiles dt { color: var(--muted); font-size: 14px; }
.tiles dd { margin: 0; }
.tiles strong { display: block; font-size: 28px; line-height: 1.2; font-variant-numeric: tabular-nums; }
.tiles span { font-size: 14px; }
nav { display: flex; align-items: baseline; gap: 8px; margin-top: 16px; font-size: 14px; }
nav + nav { margin-top: 4px; }
nav > span { color: var(--muted); white-space: nowrap; }
nav ul { display: flex; flex-wrap: wrap; gap: 0 16px; margin: 0; padding: 0; list-style: none; }
nav a { display: inline-flex; align-items: center; min-height: 32px; text-decoration: none; }
nav a:hover { text-decoration: underline; }
figure { margin: 16px 0 0; }
figcaption { margin: 0 0 12px; }
figure + figure, figure.hours { margin-top: 40px; }
.finding, .cell-panel, .card { margin: 16px 0 0; padding: 16px; border: 1px solid var(--line); border-radius: var(--radius-bubble); background: var(--surface); }
.finding { border-left: 6px solid var(--dagat); }
.finding.fell { border-left-style: double; border-left-color: var(--muted); }
.finding h3 { font-size: 20px; }
.finding .arrow { color: var(--dagat); }
.finding.fell .arrow { color: var(--muted); }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 300px), 1fr)); gap: 16px; margin-top: 16px; align-items: start; }
.cards > .card { margin: 0; }
.big { margin: 4px 0 0; font-size: 28px; font-weight: 700; line-height: 1.2; font-variant-numeric: tabular-nums; }
.big .verdict { font-size: 14px; font-weight: 400; vertical-align: middle; }
.verdict { white-space: nowrap; color: var(--muted); font-size: 14px; }
.verdict.rose, .verdict.fell { color: var(--ink); font-weight: 650; }
.empty { padding: 12px 16px; border: 1px dashed var(--line); border-radius: var(--radius); color: var(--muted); font-size: 14px; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 280px), 1fr)); gap: 0 32px; margin: 16px 0; }
.team { padding-top: 24px; }
.team > h3, .pair > div > h3 { margin-top: 20px; }
table { border-collapse: collapse; width: 100%; font-size: 14px; font-variant-numeric: tabular-nums; }
caption { padding: 4px 0; text-align: left; font-size: 12px; }
.mix caption, .small caption, .times caption, .intents caption, .owners caption, .matrix caption { position: absolute; width: 1px; height: 1px; padding: 0; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.times, .owners { max-width: 44rem; }
th, td { padding: 6px 12px 6px 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
thead th { color: var(--muted); font-size: 12px; font-weight: 400; vertical-align: bottom; }
tbody th { font-weight: 500; }
td.figure, th.figure { text-align: right; white-space: nowrap; }
.mix td, .mix thead th + th { text-align: right; white-space: nowrap; }
.mix th[scope="row"] { width: 50%; overflow-wrap: anywhere; }
.mix td:nth-child(2) { font-weight: 650; }
.mix td:last-child, .mix th:last-child, .times td:last-child, .times th:last-child { padding-right: 0; }
.wide { overflow-x: auto; max-width: 100%; }
.wide .intents tbody th { min-width: 150px; }
.wide .intents td.change { white-space: nowrap; }
.wide .intents .under { font-size: 12px; }
.wide table.calendar { min-width: 300px; }
.calendar td, .calendar th { padding: 4px 6px 4px 0; text-align: right; }
.calendar th[scope="row"] { text-align: left; white-space: nowrap; }
.calendar .past { color: var(--muted); }
details { margin: 8px 0 0; }
summary { display: flex; align-items: center; gap: 8px; min-height: 44px; padding: 4px 0; color: var(--dagat); cursor: pointer; font-size: 14px; list-style: none; }
summary::-webkit-details-marker { display: none; }
summary::before { content: ""; flex: none; width: 8px; height: 8px; border: solid currentColor; border-width: 0 2px 2px 0; transform: rotate(-45deg); transition: transform var(--motion); }
details[open] > summary::before { transform: rotate(45deg); }
.more { padding: 0 0 8px; }
.more dl { margin: 0; font-size: 14px; }
.more dt { color: var(--muted); }
.more dd { margin: 0 0 8px; }
.examples { margin: 0; padding: 0; list-style: none; }
.examples li { margin: 8px 0; padding: 8px 12px; border-radius: var(--radius-bubble); background: var(--bubble); }
.examples q { quotes: none; }
.source { display: block; font-size: 12px; overflow-wrap: anywhere; color: light-dark(#525a68, var(--muted)); }
.groups { margin: 0; padding: 0; list-style: none; }
.groups details { margin: 0; border-bottom: 1px solid var(--line); }
.groups summary { color: var(--ink); font-size: 16px; }
.groups summary strong { min-width: 48px; text-align: right; }
.reading { margin: 0; padding: 0; list-style: none; max-width: 44rem; }
.reading li { margin: 12px 0; }
@media (max-width: 599px) {
  header.top, nav, main { padding-left: 12px; padding-right: 12px; }
  .finding, .cell-panel { padding: 12px; }
  nav { display: block; }
  nav a { min-height: 44px; }
  .tiles { gap: 8px; }
  .tiles > div { padding: 8px 12px; }
  .tiles dt, .tiles dd span { font-size: 12px; }
  .tiles strong { font-size: 20px; }
  .periods dd { margin-bottom: 8px; }
}
@media (min-width: 600px) {
  .periods > div { display: grid; grid-template-columns: 120px 1fr; }
}
@media print {
  :root { color-scheme: light; }
  body { font-size: 12px; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  header.top, nav, main { max-width: none; padding: 0; }
  nav, .to-cell, .cell-panel, .team > p:last-child { display: none !important; }
  .finding, .card, tr, figure svg { break-inside: avoid; }
  h2, h3, caption, figcaption { break-after: avoid; }
  .team { break-before: page; }
  .wide { overflow: visible; }
  .wide table.intents { font-size: 10px; }
  .wide .intents td.change, .wide .intents thead th { white-space: normal; }
  .wide .intents .under, .wide .intents .verdict { font-size: 10px; }
  .wide .intents tbody th { min-width: 110px; }
  .wide .intents .interval, .wide .intents .axis-head { min-width: 100px; }
  .card details::details-content, .finding details::details-content { content-visibility: visible; }
}
`;
