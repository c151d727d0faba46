/** The look's tokens as a module, for pages that are one file and are written where web/ may not be. */
export function lookFile(css: string): string {
  const quoted = css.replaceAll(/[\\`$]/gu, (sign) => `\\${sign}`);
  return `/* Written by npm run generate from web/look/tokens.css. */\n\n/** The look's tokens: CSS to put before a page's own. */\nexport const lookTokens = \`${quoted}\`;\n`;
}
