import { bareWords } from "../../content/bare-words.ts";
import { smsParts } from "../../basics/sms-parts.ts";
import { locales, type LocalText } from "../../content/content.ts";
import type { ContentFiles } from "../../content/content-files.ts";
import { factsOf, sayingsIn, textsIn, withStandIns, type SayingInFile } from "../../content/placed-texts.ts";
import type { Fault } from "../../content/fault.ts";

/** Characters of a quick reply's title (Messenger Platform, Quick Replies); more are cut. */
const TITLE = 20;

/** Texts that can be sent but cost more, or read worse, than they need to. */
export function channelTextFindings(files: ContentFiles): Fault[] {
  return [
    ...files.intents.flatMap((file) =>
      longTitles(file.value.title, file.file, file.lineOf(["title"]), "title"),
    ),
    ...sayingsIn(files).flatMap((placed) => [
      ...longTexts(placed, files),
      ...placed.saying.choices.flatMap(({ title }, index) =>
        longTitles(title, placed.file.file, placed.file.lineOf([...placed.path, "choices", index]), "button"),
      ),
      ...sameWordings(placed),
    ]),
  ];
}

const lengthOf = (words: string): number => Array.from(words).length;

function longTitles(title: LocalText, file: string, line: number, what: string): Fault[] {
  const long = new Set(locales.map((locale) => title[locale]).filter((words) => lengthOf(words) > TITLE));
  return [...long].map((words) => ({
    kind: "title.long",
    file,
    line,
    message: `${what} “${words}” has ${String(lengthOf(words))} characters; a button on Messenger shows ${String(TITLE)}`,
    mend: `write at most ${String(TITLE)}: what matters first`,
  }));
}

/** What to write instead of characters that make a text message dear. */
const instead: Readonly<Record<string, string>> = {
  "₱": "P",
  "’": "'",
  "‘": "'",
  "“": '"',
  "”": '"',
  "–": "-",
  "—": "-",
  "…": "...",
};

function longTexts(placed: SayingInFile, files: ContentFiles): Fault[] {
  const texts = textsIn(placed, factsOf(files));
  return texts.flatMap((text): Fault[] => {
    const hasShort = texts.some(({ form, variant }) => form === "sms" && variant === text.variant);
    if (hasShort !== (text.form === "sms")) return [];
    const { encoding, units, parts, foreign, double } = smsParts(withStandIns(text.text));
    if (parts === 1) return [];
    const characters = (list: readonly string[]) => list.join(" ");
    const why =
      encoding === "UCS-2"
        ? `${characters(foreign)} ${foreign.length === 1 ? "makes" : "make"} it UCS-2, 70 characters a part instead of 160`
        : double.length === 0
          ? "160 characters are one"
          : `160 are one, and ${characters(double)} ${double.length === 1 ? "costs" : "cost"} double`;
    const swaps = foreign.flatMap((character) =>
      instead[character] === undefined ? [] : [`${instead[character]} for ${character}`],
    );
    return [
      {
        kind: "sms.long",
        file: placed.file.file,
        line: text.line(),
        message: `takes ${String(parts)} parts as a text message (${String(units)} characters; ${why})`,
        mend: hasShort
          ? `shorten it${swaps.length === 0 ? "" : `, and write ${swaps.join(", ")}`}`
          : "write a short form of at most 160 characters under sms:",
      },
    ];
  });
}

function sameWordings(placed: SayingInFile): Fault[] {
  const seen = new Map<string, string>();
  return textsIn(placed)
    .filter(({ form }) => form === "chat")
    .flatMap((text): Fault[] => {
      const words = `${text.locale} ${bareWords(text.text)}`;
      const other = seen.get(words);
      if (other === undefined) seen.set(words, text.variant);
      return other === undefined
        ? []
        : [
            {
              kind: "wordings.alike",
              file: placed.file.file,
              line: text.line(),
              message: `wordings ${other} and ${text.variant} say the same words (${text.locale})`,
              mend: "word one of them otherwise, or remove it",
            },
          ];
    });
}
