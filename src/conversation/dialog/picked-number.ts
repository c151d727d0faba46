import { bareWords } from "../../content/bare-words.ts";

/** How people number the items of a list, in English and Filipino; the place in the list is the number. */
const places: readonly (readonly string[])[] = [
  ["1", "one", "first", "1st", "una", "isa"],
  ["2", "two", "second", "2nd", "pangalawa", "ikalawa", "dalawa"],
  ["3", "three", "third", "3rd", "pangatlo", "ikatlo", "tatlo"],
  ["4", "four", "fourth", "4th", "pang apat", "pangapat", "ikaapat", "apat"],
  ["5", "five", "fifth", "5th", "panglima", "ikalima", "lima"],
  ["6", "six", "sixth", "6th", "pang anim", "panganim", "anim"],
  ["7", "seven", "seventh", "7th", "pangpito", "pito"],
  ["8", "eight", "eighth", "8th", "pangwalo", "walo"],
  ["9", "nine", "ninth", "9th", "pangsiyam", "siyam"],
  ["10", "ten", "tenth", "10th", "pangsampu", "sampu"],
];
const last: ReadonlySet<string> = new Set(["last", "huli", "panghuli", "pinakahuli"]);

/** Words around a number that do not change it: "yung 2 po", "the second one please". */
const around = /\b(?:po|please|pls|the|number|no|option|yung|ung|ang|na|lang|nalang|sana|one(?=$))\b/gu;

/** Longest pick, characters. */
const longest = 40;

/** The place in a list of `count` that a reply names by number: 0 for "1", "yung una po"; undefined when it is no pick. */
export function pickedNumber(reply: string, count: number): number | undefined {
  if (count === 0 || reply.length > longest) return undefined;
  const whole = bareWords(reply);
  const forms = [whole, whole.replace(around, " ").replace(/ +/gu, " ").trim()];
  const place = places.findIndex((words) => forms.some((form) => words.includes(form)));
  if (place >= 0) return place < count ? place : undefined;
  return forms.some((form) => last.has(form)) ? count - 1 : undefined;
}
