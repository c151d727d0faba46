/* Written by npm run generate from web/look/tokens.css. */

/** The look's tokens: CSS to put before a page's own. */
export const lookTokens = `/*
 * The look of everything that customers and the team see: contrast of every pair is WCAG AA or better. A site themes
 * the widget by setting these on the element \`kumusta-widget\` (docs/widget.md).
 */
:root,
:host {
  color-scheme: light dark;
  --ground: light-dark(#fffdf8, #14171f);
  --surface: light-dark(#ffffff, #1d2230);
  --ink: light-dark(#1f2430, #e8eaf0);
  --muted: light-dark(#5b6472, #a3acba);
  --line: light-dark(#d9d5cb, #3a4152);
  --dagat: light-dark(#0f766e, #5eead4);
  --on-dagat: light-dark(#ffffff, #14171f);
  --bubble: light-dark(#e7f3f1, #20302f);
  --mangga: #f6b73c;
  --mangga-text: light-dark(#8a5a00, #f6b73c);
  --sili: light-dark(#b42318, #fda29b);
  --dahon: light-dark(#15803d, #86efac);
  --font: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  --shadow: 0 8px 28px light-dark(#1f24302e, #00000080);
  --radius: 6px;
  --radius-bubble: 14px;
  --motion: 150ms;
}

@media (prefers-reduced-motion: reduce) {
  :root,
  :host {
    --motion: 0ms;
  }
}
`;
