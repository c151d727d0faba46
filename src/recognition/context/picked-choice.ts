const ordinals: readonly (readonly string[])[] = [
  ["1", "one", "first", "1st", "una", "yung una", "isa", "top", "nauna", "a"],
  ["2", "two", "second", "2nd", "pangalawa", "ikalawa", "yung pangalawa", "dalawa", "b"],
  ["3", "three", "third", "3rd", "pangatlo", "ikatlo", "yung pangatlo", "tatlo", "c"],
  ["4", "four", "fourth", "4th", "pang-apat", "ikaapat", "apat"],
  ["5", "five", "fifth", "5th", "panglima", "ikalima", "lima"],
];
const places: ReadonlyMap<string, number> = new Map(
  ordinals.flatMap((forms, place) => forms.map((form) => [form, place] as const)),
);
const last: ReadonlySet<string> = new Set(["last", "huli", "yung huli", "panghuli", "pinakahuli"]);
const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
/** Words of these forms: a reply without any of them picks nothing by its place. */
const placeWords: ReadonlySet<string> = new Set([...places.keys(), ...last].flatMap(wordsOf));
const yes: ReadonlySet<string> = new Set([
  "yes",
  "yes please",
  "yes po",
  "yes yes",
  "yes pls",
  "yes that's right",
  "ok po",
  "okay po",
  "okay sige",
  "ok sige",
  "oo naman",
  "opo yan po",
  "yan po",
  "yun",
  "yan",
  "ganun nga",
  "ganun na nga",
  "go lang",
  "pwede",
  "pwede po",
  "yup",
  "yep",
  "yeah",
  "ok",
  "okay",
  "sure",
  "correct",
  "right",
  "that one",
  "that's it",
  "exactly",
  "oo",
  "opo",
  "oo nga",
  "sige",
  "sige po",
  "cge",
  "go",
  "tama",
  "tama po",
  "oo yan",
  "yan nga",
  "iyon nga",
  "yun nga",
  "yun po",
  "👍",
]);

/** Words around a choice that do not change it: “yung 2 po”, “the second one please”, “number 2”. */
const AROUND =
  /\b(?:po|please|pls|the|number|no|option|choice|one|yung|ung|ang|na lang|nalang|lang|sana|ako|letter|gusto ko|i want|i choose|mga|sa)\b|[#.!)(,]/g;

/**
 * Which of the choices just offered a reply picks: its index, or undefined when the reply is no pick. “yes” picks the only one.
 * @param count how many were offered
 */
export function pickedChoice(reply: string, count: number): number | undefined {
  const whole = reply.trim().toLowerCase();
  if (count === 0 || whole === "" || whole.length > 40) return undefined;
  if (count === 1 && isYes(whole)) return 0;
  if (!wordsOf(whole).some((word) => placeWords.has(word))) return undefined;
  const bare = whole.replace(AROUND, " ").replace(/\s+/g, " ").trim();
  const index = places.get(whole) ?? places.get(bare);
  if (index !== undefined) return index < count ? index : undefined;
  return last.has(whole) || last.has(bare) ? count - 1 : undefined;
}

/** Words of a reply that name no choice: “yung blue na lang po”, “i want the blue one”. */
const NAMELESS = new Set(
  "the a an one ones po opo ho yung ung yun ang na lang nalang lng please pls ako i i'd like want take gusto ko sana kunin sige ok okay yes oo this that ito iyan yan option choice choose pili my of for to about tungkol sa ng".split(
    " ",
  ),
);

/**
 * Which choice a short reply names by a word that only this choice's label has: “the blue one”, “yung refund po”. Undefined
 * when it says anything that is not on that label.
 */
export function namedChoice(reply: string, labels: readonly string[]): number | undefined {
  if (reply.length > 60) return undefined;
  const said = wordsOf(reply).filter((word) => !NAMELESS.has(word));
  if (said.length === 0 || said.length > 4) return undefined;
  const [first, second] = labels.flatMap((label, index) => (hasWords(label, said) ? [index] : []));
  return second === undefined ? first : undefined;
}

function hasWords(label: string, said: readonly string[]): boolean {
  // Most labels hold the words not even as pieces of others.
  const small = label.toLowerCase();
  if (!said.every((word) => small.includes(word))) return false;
  const words = wordsOf(label);
  return said.every((word) => words.includes(word));
}

/** Words of politeness and surprise: “ah ganun po ba”. */
const PARTICLES = /\b(?:po|ho|ah|ay|naman|lang)\s?/g;

const acknowledged: ReadonlySet<string> = new Set([
  ..."no|nope|no po|not yet|hindi|hindi po|hindi pa|hindi pa po|di pa|wala|wala po|wala pa|ayaw|wag na".split(
    "|",
  ),
  ..."ok na|ok na po|okay na|okay na po|ganun ba|ganon ba|ganun po ba|ah ok|ah ganun|i see|noted|noted po|got it|alright|ayos".split(
    "|",
  ),
  ..."wait|wait lang|wait lang po|sandali|sandali lang|saglit|saglit lang po|teka|hold on|one moment|hmm|ha|huh|ano po|what".split(
    "|",
  ),
]);

/**
 * Whether a message only keeps the talk going: yes, no, “ok na”, “ganun ba”, “wait lang”. In an open dialog it belongs to that
 * dialog, and by itself it asks for nothing.
 */
export const isBareReply = (reply: string): boolean =>
  isYes(reply) ||
  acknowledged.has(plainReply(reply)) ||
  acknowledged.has(plainReply(reply).replace(PARTICLES, "").trim());

/** Whether a reply only says yes, in English or Filipino. */
export function isYes(reply: string): boolean {
  return yes.has(plainReply(reply));
}

const plainReply = (reply: string): string =>
  reply
    .trim()
    .toLowerCase()
    .replace(/[.!,?]+/g, "")
    .replace(/\s+/g, " ");
