/**
 * What Filipino puts before a verb or noun, longest first ("nagorder", "ipapadala", "pinakamura"), as chat
 * writes it: without hyphens.
 */
const PREFIXES = [
  "nakapag",
  "makapag",
  "nagpapa",
  "magpapa",
  "pinaka",
  "napaka",
  "ipinag",
  "nagpa",
  "magpa",
  "ipina",
  "pinag",
  "naipa",
  "maipa",
  "naka",
  "maka",
  "paki",
  "pina",
  "nang",
  "mang",
  "pang",
  "nag",
  "mag",
  "pag",
  "ipa",
  "nai",
  "mai",
  "ika",
  "na",
  "ma",
  "pa",
  "ka",
  "ni",
  "in",
  "um",
  "i",
] as const;
const SUFFIXES = ["", "han", "hin", "an", "in", "ng"] as const;
const INFIX = /^([^aeiou]{1,2})(?:in|um)(?=[aeiou])/;
const REPEATED = /^([^aeiou]{0,2}[aeiou])\1/;
/** Shorter words have no affixes worth taking off, and shorter stems are too often another word. */
const SHORTEST = { word: 5, stem: 3 } as const;

/**
 * Takes the affixes off a word in the ways that Filipino verbs allow, likeliest first, until `look` finds one of the stems;
 * returns what it found, or -1. The word itself is not looked up.
 * @param look the number of a stem, or -1
 */
export function findStem(word: string, look: (stem: string) => number): number {
  if (word.length < SHORTEST.word || word.startsWith("#")) return -1;
  for (const suffix of SUFFIXES) {
    if (!word.endsWith(suffix)) continue;
    const body = suffix === "" ? word : word.slice(0, -suffix.length);
    let found = suffix === "" ? findRepeated(body, look) : findForms(body, look);
    for (let p = 0; found < 0 && p < PREFIXES.length; p += 1) {
      const prefix = PREFIXES[p] ?? "";
      if (body.startsWith(prefix)) found = findForms(body.slice(prefix.length), look);
    }
    if (found < 0 && INFIX.test(body)) found = findForms(body.replace(INFIX, "$1"), look);
    if (found >= 0) return found;
  }
  return -1;
}

/** The stem or what it may be made of; also with d for the r that d becomes between vowels ("bayaran" is of bayad). */
function findForms(stem: string, look: (stem: string) => number): number {
  if (stem.length < SHORTEST.stem) return -1;
  let found = look(stem);
  if (found < 0) found = findRepeated(stem, look);
  if (found >= 0 || !stem.endsWith("r")) return found;
  const root = `${stem.slice(0, -1)}d`;
  found = look(root);
  return found < 0 ? findRepeated(root, look) : found;
}

/** The stem of a word whose first syllable is said twice ("babayad"). */
function findRepeated(word: string, look: (stem: string) => number): number {
  if (!REPEATED.test(word)) return -1;
  const once = word.replace(REPEATED, "$1");
  return once.length < SHORTEST.stem ? -1 : look(once);
}
