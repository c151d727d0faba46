/** Control characters but tab and line feed, and what only steers the direction or form of text on a screen. */
const unseen = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff]/gu;

/** Text as we keep it: no control characters, one kind of line end, no half characters. Markup stays, as text. */
export function cleanText(text: string): string {
  return text.replaceAll("\r\n", "\n").replace(unseen, "").toWellFormed();
}

/** One line of text at most `most` characters long. */
export function cleanLine(text: string, most: number): string {
  return cleanText(text).replaceAll(/\s+/gu, " ").trim().slice(0, most).toWellFormed();
}
