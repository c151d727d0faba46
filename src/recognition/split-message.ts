/** Words between two requests: “and”, “also”, “tsaka”, … Those that also join nouns are tried too; the scores decide. */
const JOINT =
  /\s*(?:[.?!;\n]+(?=\s|$)|,?\s+(?:and also|and then|and|also|plus|tapos|tsaka|at saka|saka|tas|pati|btw|by the way)(?=\s)(?:\s+(?:also|then|can you|could you|please))?)\s*|,\s+(?=(?:how|what|when|where|why|can|do|is|paano|pano|magkano|kailan|kelan|saan|nasaan|asan|san|bakit|pwede|may)\b)/giu;
const LEAST_WORDS = 2;
const MOST_PARTS = 3;

/** Where a message may be cut into requests: its pieces in order, or none when it has no place for a cut. */
export function possibleParts(message: string): readonly string[] {
  if (message.length < 8 || message.length > 600) return [];
  const pieces = message.split(JOINT).filter((piece) => /[\p{L}\p{N}]/u.test(piece));
  // What is too short to ask for anything belongs to its neighbour: “hi. where is my order”.
  const parts: string[] = [];
  for (const piece of pieces) {
    const words = piece.trim().split(/\s+/).length;
    if (words >= LEAST_WORDS) parts.push(piece.trim());
  }
  return parts.length >= 2 && parts.length <= MOST_PARTS ? parts : [];
}
