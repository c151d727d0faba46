/** How a text travels as text messages: 3GPP TS 23.038 (alphabets) and TS 23.040 §9.2.3.24.1 (joined messages). */

/** What a text costs when it is sent as text messages. */
export interface SmsParts {
  /** GSM-7 where every character stands in that alphabet, else UCS-2, which holds less than half as much. */
  readonly encoding: "GSM-7" | "UCS-2";
  /** Septets in GSM-7, 16-bit units in UCS-2. */
  readonly units: number;
  /** Text messages that are sent, and paid for. At least 1. */
  readonly parts: number;
  /** Characters that GSM-7 lacks, each once: a single one of them makes the whole text UCS-2. */
  readonly foreign: readonly string[];
  /** Characters of the extension table, each once: they cost two septets. Empty in UCS-2. */
  readonly double: readonly string[];
}

/** The default alphabet, TS 23.038 §6.2.1, without the escape to the extension table. */
const basic = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
/** The extension table, TS 23.038 §6.2.1.1: each is an escape and a septet. */
const extension = new Set("\f^{}\\[~]|€");

/** Units that fit one message alone, and one of several: those give room to the header that joins them. */
const room = {
  "GSM-7": { alone: 160, joined: 153 },
  "UCS-2": { alone: 70, joined: 67 },
} as const;

/** Counts parts. A character of two units (extension table, emoji) is never torn between two messages. */
export function smsParts(text: string): SmsParts {
  const characters = Array.from(text);
  const foreign = characters.filter((character) => !basic.has(character) && !extension.has(character));
  const encoding = foreign.length === 0 ? "GSM-7" : "UCS-2";
  const costs = characters.map((character) =>
    encoding === "UCS-2" ? character.length : extension.has(character) ? 2 : 1,
  );
  const units = costs.reduce((sum, cost) => sum + cost, 0);
  const { alone, joined } = room[encoding];
  return {
    encoding,
    units,
    parts: units <= alone ? 1 : pack(costs, joined),
    foreign: [...new Set(foreign)],
    double:
      encoding === "UCS-2" ? [] : [...new Set(characters.filter((character) => extension.has(character)))],
  };
}

function pack(costs: readonly number[], size: number): number {
  let parts = 1;
  let used = 0;
  for (const cost of costs) {
    if (used + cost > size) {
      parts += 1;
      used = 0;
    }
    used += cost;
  }
  return parts;
}
