/** Words between two requests: “and”, “also”, “tsaka”, … Those that also join nouns are tried too; the scores decide. */
const JOINT =
  /\s*(?:[.?!;\n]+(?=\s|$)|,?\s+(?:and also|and then|and|also|plus|tapos|tsaka|at saka|saka|tas|pati|btw|by the way)(?=\s)(?:\s+(?:also|then|can you|could you|please))?)\s*|,\s+(?=(?:how|what|when|where|why|can|do|is|paano|pano|magkano|kailan|kelan|saan|nasaan|asan|san|bakit|pwede|may)\b)/giu;
const LEAST_WORDS = 2;
const MOST_PARTS = 3;

/** A joint that also joins nouns and clauses of one request: “cards and cash”, “if i have enough in them, do you know”. */
const WEAK_JOINT = /^\s*(?:,|,?\s+(?:and|tapos|tas|pati|then|plus))?\s+$/iu;

export interface PossibleParts {
  /** In the order they stand; none when the message has no place for a cut. */
  readonly pieces: readonly string[];
  /** Whether every joint is one that joins requests only: the end of a sentence, “also”, “tsaka”. */
  readonly clear: boolean;
}

const uncut: PossibleParts = { pieces: [], clear: false };

/** Where a message may be cut into requests. */
export function possibleParts(message: string): PossibleParts {
  if (message.length < 8 || message.length > 600) return uncut;
  const joints = message.match(JOINT);
  if (joints === null) return uncut;
  // What is too short to ask for anything is no part: “hi. where is my order”.
  const pieces = message
    .split(JOINT)
    .map((piece) => piece.trim())
    .filter((piece) => /[\p{L}\p{N}]/u.test(piece) && piece.split(/\s+/).length >= LEAST_WORDS);
  if (pieces.length < 2 || pieces.length > MOST_PARTS) return uncut;
  return { pieces, clear: !joints.some((joint) => WEAK_JOINT.test(joint)) };
}
