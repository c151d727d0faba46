import { bareWords } from "../../content/bare-words.ts";

/** How people number the items of a list, in English and Filipino; the place in the list is the number. */
const lists: readonly (readonly string[])[] = [
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
const places: ReadonlyMap<string, number> = new Map(
  lists.flatMap((words, place) => words.map((word) => [word, place] as const)),
);
const last: ReadonlySet<string> = new Set(["last", "huli", "panghuli", "pinakahuli"]);

/** Words around a number that do not change it: "yung 2 po", "the second one please". */
const around: ReadonlySet<string> = new Set(
  "po please pls the number no option yung ung ang na lang nalang sana".split(" "),
);

/** Longest pick, characters. */
const longest = 40;

/** The place in a list of `count` that a reply names by number: 0 for "1", "yung una po"; undefined when it is no pick. */
export function pickedNumber(reply: string, count: number): number | undefined {
  if (count === 0 || reply.length > longest) return undefined;
  const whole = bareWords(reply);
  const core = coreOf(whole);
  const place = places.get(whole) ?? places.get(core);
  if (place !== undefined) return place < count ? place : undefined;
  return last.has(whole) || last.has(core) ? count - 1 : undefined;
}

/** The words without those that change no number; beside another word, "one" is such a word where it ends a pick. */
function coreOf(whole: string): string {
  const words = whole.split(" ").filter((word) => !around.has(word));
  if (words.length > 1 && words.at(-1) === "one") words.pop();
  return words.join(" ");
}
