/** Question words of English, Filipino and chat spelling, and the small words around them. */
const words: ReadonlySet<string> = new Set(
  (
    "how much many long when where why what which who is it that can i do you does will be are the a to for price cost " +
    "magkano mgkano magkanu hm kailan kelan kailn saan san nasaan asan paano pano bakit bkit ano anong alin ilan sino " +
    "po ho ba nga naman kaya yun yung yan iyan iyon ito eto na pa daw raw nmn lahat all pwede puwede pwd please pls"
  ).split(" "),
);
const asking =
  /\b(?:how|when|where|why|what|which|who|price|cost|magkano|mgkano|magkanu|hm|kailan|kelan|kailn|n?asan|nasaan|saan|san|paano|pano|bakit|bkit|anong?|alin|ilan|sino)\b/iu;
const LONGEST = 40;

/** Whether a message asks and leaves out what about: “magkano po”, “how much is it”, “kailan kaya”. */
export function isBareQuestion(text: string): boolean {
  if (text.length > LONGEST || !asking.test(text)) return false;
  return (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).every((word) => words.has(word));
}
