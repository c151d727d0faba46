/** From this cosine on two lines are alike, measured without words that say nothing of the matter. */
const alike = 0.3;
const gramLength = 3;
/** What follows in a longer message seldom says what it is about. */
const mostCharacters = 160;

/** Words of English and Filipino that questions about different matters share. */
const saysNothing: ReadonlySet<string> = new Set(
  (
    "a an and any are at be can could did do does for from get got had has have hello hi how i if in is it me my of on or " +
    "please pls so that the there they this to was we what when where which who why will with would you your yung " +
    "ako ang ano ay ba bakit dito ka kailan kami kayo ko lang mag may mayroon meron mga mo na nang ng nga nila nyo niyo " +
    "pano paano para po poh pwd pwede puwede sa saan si sila siya sya tayo yan yun"
  ).split(" "),
);

type Vector = ReadonlyMap<string, number>;

/** Lower case, without accents, marks and placeholders' numbers: what people vary without meaning anything by it. */
function plain(text: string): string {
  return text
    .slice(0, mostCharacters)
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .replace(/(.)\1{2,}/gu, "$1$1")
    .trim();
}

/** The words of a line that say what it is about; all of them where none does. */
function matterOf(line: string): string {
  const words = line.split(" ").filter((word) => !saysNothing.has(word));
  return words.length === 0 ? line : words.join(" ");
}

function gramsOf(line: string): Map<string, number> {
  const grams = new Map<string, number>();
  const padded = ` ${line} `;
  for (let at = 0; at + gramLength <= padded.length; at++) {
    const gram = padded.slice(at, at + gramLength);
    grams.set(gram, (grams.get(gram) ?? 0) + 1);
  }
  return grams;
}

/** Rare grams say more than common ones (Spärck Jones 1972); each vector has the length 1. */
function weighed(grams: Vector, rarity: (gram: string) => number): Vector {
  const weights = [...grams].map(([gram, n]): [string, number] => [gram, (1 + Math.log(n)) * rarity(gram)]);
  const length = Math.hypot(...weights.map(([, weight]) => weight));
  return new Map(weights.map(([gram, weight]) => [gram, length === 0 ? 0 : weight / length]));
}

/** Items whose texts are alike, the largest group first; within it the one that stands for all first. */
export type Alike<Item> = readonly (readonly [Item, ...Item[]])[];

/**
 * Groups texts by likeness: cosine of character trigrams, so that typing errors and affixes count for little, each text
 * to the nearest leader or a leader itself (Hartigan 1975, the leader algorithm), texts written most often first. The same items in
 * the same order give the same groups.
 */
export function groupAlike<Item>(items: readonly Item[], textOf: (item: Item) => string): Alike<Item> {
  const byLine = new Map<string, Item[]>();
  for (const item of items) {
    const line = plain(textOf(item));
    const same = byLine.get(line);
    if (same === undefined) byLine.set(line, [item]);
    else same.push(item);
  }
  const lines = [...byLine].map(([line, same]) => ({ grams: gramsOf(matterOf(line)), same }));
  const seen = new Map<string, number>();
  for (const { grams } of lines) for (const gram of grams.keys()) seen.set(gram, (seen.get(gram) ?? 0) + 1);
  const rarity = (gram: string) => Math.log(1 + lines.length / (seen.get(gram) ?? 1));
  const groups: Item[][] = [];
  const leading = new Map<string, { readonly group: number; readonly weight: number }[]>();
  for (const { grams, same } of lines.toSorted((a, b) => b.same.length - a.same.length)) {
    const vector = weighed(grams, rarity);
    const nearest = nearestLeader(vector, leading, groups.length);
    if (nearest !== undefined) {
      groups[nearest]?.push(...same);
      continue;
    }
    for (const [gram, weight] of vector) {
      const leaders = leading.get(gram) ?? [];
      leading.set(gram, leaders);
      leaders.push({ group: groups.length, weight });
    }
    groups.push([...same]);
  }
  return groups
    .toSorted((a, b) => b.length - a.length)
    .flatMap(([first, ...rest]) => (first === undefined ? [] : [[first, ...rest] as const]));
}

function nearestLeader(
  vector: Vector,
  leading: ReadonlyMap<string, readonly { readonly group: number; readonly weight: number }[]>,
  groups: number,
): number | undefined {
  const cosines = new Float64Array(groups);
  for (const [gram, weight] of vector)
    for (const leader of leading.get(gram) ?? [])
      cosines[leader.group] = (cosines[leader.group] ?? 0) + weight * leader.weight;
  let nearest: number | undefined;
  let best = alike;
  for (const [group, cosine] of cosines.entries())
    if (cosine >= best) [nearest, best] = [group, cosine + 1e-12];
  return nearest;
}
