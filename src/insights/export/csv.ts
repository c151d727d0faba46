/** What one field of a table may hold. */
export type Cell = string | number | boolean | null;

/**
 * A spreadsheet takes a field that begins so for a formula and runs it: OWASP ASVS 1.2.10, and OWASP's page on CSV
 * injection, which adds the full-width forms. The apostrophe is here so that what was guarded can be told from what
 * began with one: whoever reads a field takes one apostrophe off its beginning.
 */
const startsLikeFormula = /^[=+\-@\t\r\n\0＝＋－＠']/u;
const needsQuotes = /[",\r\n]/u;

function field(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell !== "string") return String(cell);
  const text = startsLikeFormula.test(cell) ? `'${cell}` : cell;
  return needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One record of a CSV file with its line break (RFC 4180 §2). */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(field).join(",")}\r\n`;
}
