import { locales } from "../../content/content.ts";
import type { ContentFiles } from "../../content/content-files.ts";
import type { Fault } from "../../content/fault.ts";
import type { FindingKind } from "../../content/finding-kinds.ts";
import { bareWords } from "../../content/bare-words.ts";
import { alikePairs } from "./alike-pairs.ts";
import { shareOfLarger, wordGrams } from "./grams.ts";
import { placedLines, whereIs, type PlacedLine } from "./placed-lines.ts";

/** From this Jaccard index of character 3-grams on, two lines are one line with a slip of the finger. */
const NEAR = 0.8;
/** Lines of one intent that share more of their word 3-grams than this were made by one template. */
const TEMPLATE = 0.6;
/** Below this, many ways to say it are missing. */
const FEW = { en: 15, fil: 10 } as const;
/** So large a share of the lines of a language may begin with the same two words. */
const SAME_BEGINNING = 0.5;

/** What is wrong with the lines as data to learn from, as far as it shows without learning. */
export function trainingLineFindings(files: ContentFiles): Fault[] {
  return [
    ...contradictions(files),
    ...leaks(files),
    ...files.intents.flatMap((file) => {
      const own = { intents: [file] };
      return [...tooFew(file), ...templates(own), ...beginnings(own, file)];
    }),
  ];
}

function at(line: PlacedLine, kind: FindingKind, message: string, mend: string): Fault {
  return { kind, file: line.file, line: line.line(), message, mend };
}

const hundredths = (share: number): string => share.toFixed(2);
const sameWords = (a: PlacedLine, b: PlacedLine): boolean => bareWords(a.text) === bareWords(b.text);

function contradictions(files: ContentFiles): Fault[] {
  const lines = placedLines(files, ["utterances"]);
  return alikePairs(lines, NEAR, (a, b) => a.intent !== b.intent).map(({ one, other, alike }) => ({
    weight: alike,
    ...at(
      one,
      "lines.contradict",
      `“${one.text}” of ${one.intent} ${sameWords(one, other) ? "is also a line" : `is nearly a line (${hundredths(alike)} of 1 alike)`} of ${other.intent}: ${whereIs(other)}`,
      "keep it in the one that customers mean by it; if they mean either, make the two intents one",
    ),
  }));
}

function leaks(files: ContentFiles): Fault[] {
  const lines = placedLines(files, ["utterances", "tests"]);
  return alikePairs(lines, NEAR, (a, b) => (a.list === "tests") !== (b.list === "tests")).map(
    ({ one, other, alike }) => {
      const [test, learnt] = one.list === "tests" ? [one, other] : [other, one];
      const near = sameWords(one, other)
        ? "is also learnt"
        : `is nearly learnt (${hundredths(alike)} of 1 alike)`;
      const whose = test.intent === learnt.intent ? "" : `, for ${learnt.intent}`;
      return at(
        test,
        "tests.leaked",
        `test “${test.text}” ${near}: ${whereIs(learnt)}${whose}`,
        "write another test, in other words",
      );
    },
  );
}

function tooFew(file: ContentFiles["intents"][number]): Fault[] {
  const { utterances, tests } = file.value;
  const lines = locales.flatMap((locale): Fault[] => {
    const count = utterances[locale].length;
    return count >= FEW[locale]
      ? []
      : [
          {
            kind: "lines.few",
            file: file.file,
            line: file.lineOf(["utterances", locale]),
            message: `has ${String(count)} ${count === 1 ? "line" : "lines"} under utterances.${locale}; ${String(FEW[locale])} are a good number`,
            mend: "add more of what customers really typed, as they typed it",
          },
        ];
  });
  if (tests.en.length + tests.fil.length > 0) return lines;
  return [
    ...lines,
    {
      kind: "tests.none",
      file: file.file,
      line: file.lineOf(["utterances"]),
      message: "has no tests",
      mend: "add five lines under tests that are not under utterances",
    },
  ];
}

function templates(own: Pick<ContentFiles, "intents">): Fault[] {
  const lines = placedLines(own, ["utterances", "tests"]).map((line) => ({
    line,
    grams: wordGrams(line.text),
  }));
  return lines.flatMap(({ line, grams }, i) => {
    for (const { line: other, grams: theirs } of lines.slice(0, i)) {
      const share = shareOfLarger(grams, theirs);
      // A test that repeats a line is said to leak.
      if (share <= TEMPLATE || (line.list !== other.list && sameWords(line, other))) continue;
      return [
        at(
          line,
          "lines.alike",
          `“${line.text}” shares ${String(Math.round(100 * share))} % of its word 3-grams with ${whereIs(other)}`,
          "say it in other words, or remove one of the two",
        ),
      ];
    }
    return [];
  });
}

function beginnings(own: Pick<ContentFiles, "intents">, file: ContentFiles["intents"][number]): Fault[] {
  return locales.flatMap((locale): Fault[] => {
    const counts = new Map<string, number>();
    const lines = placedLines(own, ["utterances"]).filter((line) => line.locale === locale);
    for (const { text } of lines) {
      const [first, second] = bareWords(text).split(" ");
      if (first === undefined || second === undefined) continue;
      counts.set(`${first} ${second}`, (counts.get(`${first} ${second}`) ?? 0) + 1);
    }
    return [...counts].flatMap(([beginning, count]): Fault[] =>
      lines.length < FEW[locale] || count <= SAME_BEGINNING * lines.length
        ? []
        : [
            {
              kind: "lines.alike",
              file: file.file,
              line: file.lineOf(["utterances", locale]),
              message: `${String(count)} of ${String(lines.length)} lines under utterances.${locale} begin with “${beginning}”`,
              mend: "let more of them begin otherwise, as customers do",
            },
          ],
    );
  });
}
