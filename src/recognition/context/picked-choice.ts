const ordinals: readonly (readonly string[])[] = [
  ["1", "one", "first", "1st", "una", "yung una", "isa", "top"],
  ["2", "two", "second", "2nd", "pangalawa", "ikalawa", "yung pangalawa", "dalawa"],
  ["3", "three", "third", "3rd", "pangatlo", "ikatlo", "yung pangatlo", "tatlo"],
  ["4", "four", "fourth", "4th", "pang-apat", "ikaapat", "apat"],
  ["5", "five", "fifth", "5th", "panglima", "ikalima", "lima"],
];
const last: ReadonlySet<string> = new Set(["last", "huli", "yung huli", "panghuli", "pinakahuli"]);
const yes: ReadonlySet<string> = new Set([
  "yes",
  "yes please",
  "yes po",
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
  /\b(?:po|please|pls|the|number|no|option|choice|one|yung|ung|ang|na lang|nalang|sana|ako|letter)\b|[#.!)(,]/g;

/**
 * Which of the choices just offered a reply picks: its index, or undefined when the reply is no pick. “yes” picks the only one.
 * @param count how many were offered
 */
export function pickedChoice(reply: string, count: number): number | undefined {
  const whole = reply.trim().toLowerCase();
  if (count === 0 || whole === "" || whole.length > 40) return undefined;
  if (count === 1 && isYes(whole)) return 0;
  const bare = whole.replace(AROUND, " ").replace(/\s+/g, " ").trim();
  const candidates = [whole, bare];
  const index = ordinals.findIndex((forms) => candidates.some((form) => forms.includes(form)));
  if (index >= 0) return index < count ? index : undefined;
  return candidates.some((form) => last.has(form)) ? count - 1 : undefined;
}

/** Whether a reply only says yes, in English or Filipino. */
export function isYes(reply: string): boolean {
  return yes.has(
    reply
      .trim()
      .toLowerCase()
      .replace(/[.!,]+/g, "")
      .replace(/\s+/g, " "),
  );
}
