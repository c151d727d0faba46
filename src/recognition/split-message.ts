/** A place where one message may hold two requests. */
export interface Joint {
  /** Where the first request ends and the second begins, in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
  /**
   * "clear" joins requests only (the end of a sentence, “also”, “tsaka”); "opened" is a word like “and” before words that open
   * a question or a wish; "unclear" is such a word elsewhere, where it mostly joins nouns (“terms and conditions”);
   * "dependent" is any of them where one side leans on the other (“my card was declined and i want to know why”).
   */
  readonly kind: "clear" | "opened" | "unclear" | "dependent";
}

const CLEAR =
  /\s*(?:[.?!;]+(?=\s|$)|\n+|[.?!;,]?\s+(?:and also|and then|also|another question|one more thing|tsaka|tska|tsaka po|at saka|at tsaka|saka|btw|by the way|isa pa|tanong ko rin|tanong ko din)(?=[\s,]))[\s,]*/giu;
const UNCLEAR = /\s*(?:,|[&+/]|,?\s+(?:and|at|tapos|tas|tpos|pati|plus|then|or|o)(?=\s))\s*/giu;

/** What every joint has in it: most messages have nothing of it, and finding that out costs less than looking for joints. */
const MAYBE_JOINT =
  /[.?!;,&+/\n]|\s(?:and|also|another question|one more thing|tsaka|tska|at|saka|btw|by the way|isa pa|tanong ko|tapos|tas|tpos|pati|plus|then|or|o)[\s,]/iu;

/** Words that open a question or a wish: after one of them “and” joins requests. */
const OPENER =
  /^(?:(?:po|na|rin|din|yung|also|then|please|pls)\s+)*(?:how|what|when|where|why|which|who|can|could|do|does|did|is|are|will|would|may|i|i'm|im|i'd|my|please|paki\S*|pa-\S+|magkano|mgkano|hm|paano|pano|kailan|kelan|saan|san|nasaan|asan|bakit|bkit|ano|anong|alin|ilan|sino|pwede|puwede|pwd|meron|mayroon|may|gusto|nais|kailangan|tumatanggap|libre|cancel|track|check|change|update|return|tell|show|give|help|need|want)(?![\p{L}])/iu;

/** What refers to what was said before it, and what only asks for help with it. */
const LEANS_BACK =
  /\b(?:it|its|it's|that|them|these|those|why|idea|sure|can you help|help me|know|nito|niyan|nyan|nun|kasi|dahil|because|so that|para|kung bakit|if so)\b/iu;
const ENGLISH_PLACE =
  /^(?:the|a|an|my|your|his|her|our|their|this|that|all|any|sm|home|work|store|\d)(?![\p{L}])/iu;
/** What begins a clause that waits for another. */
const LEANS_FORWARD =
  /^(?:if|when|since|because|for|while|as|after|before|kung|kapag|pag|dahil|kasi|habang|para)\b/iu;

/** Words of a greeting, thanks or lead-in: a piece of nothing else asks for nothing. */
const COURTESY = new Set(
  (
    "hi hello hey helo and at good day morning afternoon evening day gud am pm magandang umaga hapon gabi araw po ho opo sir maam ma'am mam miss " +
    "admin boss kuya ate team there thanks thank you so much very ty tnx thx salamat maraming god bless ingat ok okay sige yes oo no " +
    "please pls help me ask tanong question lang ko may ako inquire inquiry sana just quick patulong naman nga kasi thanks! asap bye"
  ).split(" "),
);

const LONGEST = 600;
const MOST_JOINTS = 8;

/** Whether a piece has enough in it to ask for something by itself. */
function asks(piece: string): boolean {
  const words = piece.toLowerCase().match(/[\p{L}\p{N}'-]+/gu) ?? [];
  return words.length >= 2 && words.some((word) => !COURTESY.has(word) && /\p{L}{2}/u.test(word));
}

/** Where a message may be cut into two requests, in the order they stand. */
export function jointsOf(message: string): Joint[] {
  if (message.length < 8 || message.length > LONGEST || !MAYBE_JOINT.test(message)) return [];
  const joints = [
    ...[...message.matchAll(CLEAR)].map((found) => ({ found, clear: true })),
    ...[...message.matchAll(UNCLEAR)].map((found) => ({ found, clear: false })),
  ].flatMap(({ found, clear }): Joint[] => {
    const start = found.index;
    const end = start + found[0].length;
    if (!asks(message.slice(0, start)) || !asks(message.slice(end))) return [];
    const [left, right] = [message.slice(0, start), message.slice(end)];
    const dependent =
      LEANS_BACK.test(right) ||
      (!clear && LEANS_FORWARD.test(left)) ||
      // “at” is “and” in Filipino and a place or a time in English.
      (/^\s*at\s*$/i.test(found[0]) && ENGLISH_PLACE.test(right));
    const kind = dependent ? "dependent" : clear ? "clear" : OPENER.test(right) ? "opened" : "unclear";
    return [{ start, end, kind }];
  });
  return joints.sort((a, b) => a.start - b.start).slice(0, MOST_JOINTS);
}

/** A piece of a message with what was recognized in it. */
export interface RecognizedPiece<Part> {
  readonly part: Part;
  readonly intent: string | undefined;
  /** Probability that `intent` is meant. */
  readonly confidence: number;
}

/**
 * How sure both pieces must be for a cut. Chosen on CLINC150's validation lines alone and joined in pairs, in
 * docs/recognition.md.
 */
export const leastSure = { clear: 0.45, opened: 0.6, unclear: 0.85, dependent: 0.9 } as const;
/** A message that is recognized this surely is most often one request: then both pieces must be surer still. */
export const sureWhole = {
  from: 0.95,
  least: { clear: 0.9, opened: 0.9, unclear: 0.95, dependent: 0.97 },
} as const;
/** No message is cut into more. */
const MOST_PARTS = 3;

/**
 * The requests of one message: cut where both sides are recognized surely and as different intents; where several cuts would
 * do, at the one whose sides are surest. Uncut, it is the message itself.
 */
export function splitMessage<Part>(
  message: string,
  recognize: (text: string) => RecognizedPiece<Part>,
  most = MOST_PARTS,
): readonly RecognizedPiece<Part>[] {
  const whole = recognize(message);
  if (most < 2) return [whole];
  const least = whole.confidence >= sureWhole.from ? sureWhole.least : leastSure;
  let best: { left: string; right: string; worth: number } | undefined;
  for (const { start, end, kind } of jointsOf(message)) {
    const left = message.slice(0, start).trim();
    const right = message.slice(end).trim();
    const [first, second] = [recognize(left), recognize(right)];
    if (first.intent === second.intent || Math.min(first.confidence, second.confidence) < least[kind])
      continue;
    const worth = first.confidence * second.confidence;
    if (best === undefined || worth > best.worth) best = { left, right, worth };
  }
  if (best === undefined) return [whole];
  const left = splitMessage(best.left, recognize, most - 1);
  return [...left, ...splitMessage(best.right, recognize, most - left.length)];
}
