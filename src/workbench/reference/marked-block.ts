/**
 * A page with the text between `<!-- generated: name -->` and `<!-- end -->` replaced. The rest is written by hand.
 * @throws TypeError when the page has no such block
 */
export function withBlock(page: string, name: string, text: string): string {
  const begin = `<!-- generated: ${name} -->`;
  const end = "<!-- end -->";
  const from = page.indexOf(begin);
  const to = page.indexOf(end, from);
  if (from < 0 || to < 0) throw new TypeError(`The page has no block between "${begin}" and "${end}"`);
  return `${page.slice(0, from + begin.length)}\n${text}\n${page.slice(to)}`;
}
