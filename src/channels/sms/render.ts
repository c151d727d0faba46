import type { Reply } from "../../basics/activity.ts";
import { smsParts } from "../../basics/sms-parts.ts";
import { splitText } from "../split-text.ts";
import { gsmText } from "./gsm-text.ts";

/** What a text may take, and what it says where the rest is. */
export interface TextRoom {
  readonly mostParts: number;
  readonly publicUrl: string;
  /** Address under which the same concern goes on in web chat; made only when it is needed. */
  readonly continueAt: () => string;
}

/** Characters of one send (Twilio, "Messages": Body has at most 1,600). */
const mostCharacters = 1_600;
const more = {
  en: { rest: "Full answer: ", file: "File: " },
  fil: { rest: "Buong sagot: ", file: "File: " },
};

/**
 * A reply as one text: its short form, choices as a numbered list, in GSM-7 where that is possible, in no more text
 * messages than allowed. What does not fit is cut at the end of a sentence, and a link leads to the rest.
 */
export function renderText(reply: Reply, room: TextRoom): string {
  const words = more[reply.language === "fil" ? "fil" : "en"];
  const text = absolute(reply.short ?? reply.text, room.publicUrl);
  const files = (reply.attachments ?? []).flatMap(({ contentUrl }) =>
    contentUrl === undefined ? [] : [`${words.file}${absolute(contentUrl, room.publicUrl)}`],
  );
  const choices = (reply.quickReplies ?? []).map(({ title }, n) => `${String(n + 1)}. ${title}`);
  const opens = reply.opensWeb === undefined ? [] : [room.continueAt()];
  const whole = gsmText(blocks([text, ...files], choices, opens));
  if (fits(whole, room.mostParts)) return whole;
  const link = `${words.rest}${room.continueAt()}`;
  return (
    shortened(text, choices, link, room.mostParts) ??
    shortened(text, [], link, room.mostParts) ??
    gsmText(link)
  );
}

/** As much of the text as leaves room for the choices and the link; undefined when nothing of it does. */
function shortened(
  text: string,
  choices: readonly string[],
  link: string,
  mostParts: number,
): string | undefined {
  const around = (head: string) => gsmText(blocks([head], choices, [link]));
  const head = splitText(gsmText(text), (part) => fits(around(part), mostParts))[0];
  if (head === undefined) return undefined;
  const cut = around(head);
  return fits(cut, mostParts) ? cut : undefined;
}

function fits(text: string, mostParts: number): boolean {
  return text.length <= mostCharacters && smsParts(text).parts <= mostParts;
}

function blocks(...groups: readonly (readonly string[])[]): string {
  return groups
    .flatMap((group) => (group.length === 0 ? [] : [group.join("\n")]))
    .join("\n")
    .replaceAll(/\n{2,}/gu, "\n")
    .trim();
}

/** Our own pages are named by their path ("/privacy"), which is no address on a telephone. */
function absolute(text: string, publicUrl: string): string {
  return text.replaceAll(/(?<=^|\s)\/(?=[a-z][\w/.-]*)/gu, `${publicUrl}/`);
}
