import { passesLuhn } from "./luhn.ts";

/** Where a personal value stands in a text, in UTF-16 code units, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
  /** What its placeholder is called: phone, email, card, account, orderNumber. */
  readonly type: string;
}

/** What people put between the digits of one number; a line's end separates two. */
const between = String.raw`[ \u00a0().\u2010-\u2015-]`;
const betweenGroups = String.raw`[ \u00a0\u2010-\u2015-]`;

/** In any script's letters: "niño@…" is one address. */
const email = /[\p{L}\p{N}._%+-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}/gu;
/** Philippine mobile numbers: 0917…, 63 917…, +63 (0)917…, 0063917…, ten digits from the 9 on (NTC numbering: 9XX + 7). */
const mobile = new RegExp(
  String.raw`(?<!\d)(?:\+?\(?63\)?${between}{0,2}\(?0?\)?|00 ?63|\(?0)${between}{0,2}9(?:${between}{0,2}\d){9}(?!\d)`,
  "gu",
);
/** Landlines with the area code in brackets: (02) 8123-4567. */
const landline = new RegExp(String.raw`\(0\d{1,2}\)(?:${between}{0,2}\d){6,9}(?!\d)`, "gu");
/** International form: a plus, then 7 to 15 digits (ITU-T E.164). */
const international = new RegExp(String.raw`\+ ?\(?[1-9](?:${between}{0,2}\d){6,14}(?!\d)`, "gu");

/** Ids of ours hold digits and hyphens as telephone numbers do. */
const uuid = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/giu;
/** What looks like a number of somebody's and is none: addresses of pages, days, times, prices. */
const number = String.raw`(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,7})(?:\.\d{1,2})?`;
const nobodys = new RegExp(
  [
    String.raw`\b(?:https?:\/\/|www\.)\S+`,
    String.raw`(?<![\d-])\d{4}([-/.])\d{1,2}\1\d{1,2}(?:T[\d:.]+)?(?![\d-])`,
    String.raw`(?<![\d-])\d{1,2}([-/.])\d{1,2}\2(?:\d{4}|\d{2})(?![\d-])`,
    String.raw`(?<!\d)\d{1,2}:\d{2}(?::\d{2})?(?!\d)`,
    String.raw`(?:[₱$]|\bphp|\bpesos?|\bp|\busd) ?${number}(?![\d\w]|[.,]\d)`,
    String.raw`(?<![\w.,])${number} ?(?:k ?)?(?:₱|php|pesos?|piso)(?!\w)`,
  ].join("|"),
  "giu",
);

/** Nine digits or more, together or in groups. */
const run = new RegExp(String.raw`(?<!\d|\d[.,])\d(?:${betweenGroups}{0,2}\d){8,}(?!\d)`, "gu");
/** Fewer digits where the words before them say what they are. */
const announcedPhone = new RegExp(
  String.raw`\b(?:tel|telephone|phone|landline|mobile|cell|cellphone|cp|viber|whatsapp|contact)(?:\.? ?(?:number|num|no))?[.:#]{0,2} {0,2}(?<it>\d(?:${betweenGroups}?\d){6,7})(?!\d)`,
  "dgiu",
);
const announcedAccount = new RegExp(
  String.raw`\b(?:account|acct|gcash|maya|bank)(?:\.? ?(?:number|num|no))?[.:#]{0,2} {0,2}(?<it>\d(?:${betweenGroups}?\d){5,7})(?!\d)`,
  "dgiu",
);
/**
 * Order numbers, by the signs that recognition goes by: a word that announces one, "#", or letters, a hyphen and
 * digits. Here they have four digits at the least: "order ko 3pcs" names none.
 */
const orderNumber =
  /(?:\b(?:order|ord|tracking|invoice|ref|reference|transaction|booking|waybill)(?: {1,2}ko)? {0,2}(?:number|num|no|id|code)? {0,2}[.:#-]? {0,2}#? {0,2}|# ?)(?<it>(?=(?:[a-z-]{0,8}\d){4})[a-z0-9][a-z0-9-]{3,23})(?![\w-])|(?<![\w-])(?<code>[a-z]{2,5}-\d{4,12})(?![\w-])/dgiu;

/** Fewer than four digits in all are no number of anybody's. */
const fourDigits = /\d(?:\D*\d){3}/u;
/** Takes the place of what was found, so that nothing behind it reads it again or joins across it. */
const blank = "|";

/** The personal values in a text, none overlapping, in the order of how sure their sign is. */
export function findValues(text: string): Span[] {
  const hasDigits = fourDigits.test(text);
  if (!hasDigits && !text.includes("@")) return [];
  const found: Span[] = [];
  let rest = text;
  const take = (pattern: RegExp, typeOf: (match: string) => string | undefined) => {
    const before = found.length;
    for (const match of rest.matchAll(pattern)) {
      const [start, end] = match.indices?.groups?.["it"] ?? [match.index, match.index + match[0].length];
      const type = typeOf(rest.slice(start, end));
      if (type !== undefined) found.push({ start, end, type });
    }
    for (const { start, end } of found.slice(before)) rest = blanked(rest, start, end);
  };
  if (text.includes("@")) take(email, () => "email");
  if (!hasDigits) return found;
  const blankOut = (pattern: RegExp) => {
    rest = rest.replace(pattern, (match) => blank.repeat(match.length));
  };
  blankOut(uuid);
  take(mobile, () => "phone");
  take(landline, () => "phone");
  take(international, () => "phone");
  blankOut(nobodys);
  take(run, typeOfRun);
  take(announcedPhone, () => "phone");
  take(announcedAccount, () => "account");
  take(orderNumber, () => "orderNumber");
  return found;
}

function blanked(text: string, start: number, end: number): string {
  return text.slice(0, start) + blank.repeat(end - start) + text.slice(end);
}

/** Undefined for digits that are no one number: "sizes 36 37 38 39 40". */
function typeOfRun(written: string): string | undefined {
  const groups = written.split(/\D+/u);
  const digits = groups.join("");
  const oneNumber =
    digits.length >= groups.length * 3 ||
    groups.every(({ length }) => length === 1) ||
    groups.some(({ length }) => length >= 9);
  if (!oneNumber) return undefined;
  if (digits.length >= 13 && digits.length <= 19 && passesLuhn(digits)) return "card";
  // Ten digits from the 9 of a mobile number on; a landline with its area code.
  const phone = /^(?:9\d{9}|0[2-9]\d{7,9}|63\d{9,10})$/u.test(digits);
  return phone ? "phone" : "account";
}
