import type { QuickReply } from "../../basics/activity.ts";

/** What a button may carry (Bot API, "InlineKeyboardButton": callback_data is 1 to 64 bytes). */
const mostBytes = 64;
const asPayload = "p:";
const asWords = "t:";

/** Cut to the bytes that fit, never inside a character. */
function cut(text: string, most: number): string {
  let kept = "";
  let bytes = 0;
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > most) break;
    kept += character;
  }
  return kept;
}

/** What the button sends back: our payload, or, where that is too long, its words, as if the customer typed them. */
export function dataOf({ title, payload }: QuickReply): string {
  const whole = `${asPayload}${payload}`;
  return Buffer.byteLength(whole) <= mostBytes
    ? whole
    : `${asWords}${cut(title, mostBytes - asWords.length)}`;
}

/** The activity that a tapped button means. */
export function tapOf(
  data: string,
  title: string,
): { type: "choice"; text: string; payload: string } | { type: "message"; text: string } {
  if (data.startsWith(asPayload))
    return { type: "choice", text: title, payload: data.slice(asPayload.length) };
  return { type: "message", text: title || (data.startsWith(asWords) ? data.slice(asWords.length) : data) };
}
