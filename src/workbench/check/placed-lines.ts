import { locales, type Locale } from "../../content/content.ts";
import type { ContentFiles } from "../../content/content-files.ts";

/** One line of customers and where it stands. */
export interface PlacedLine {
  readonly text: string;
  readonly intent: string;
  readonly locale: Locale;
  readonly list: "utterances" | "tests" | "counterexamples";
  readonly file: string;
  /** Line in the file. Looked up when asked for. */
  line(): number;
}

/** Every line of one list, or of several, in the order of files. */
export function placedLines(
  { intents }: Pick<ContentFiles, "intents">,
  lists: readonly PlacedLine["list"][],
): PlacedLine[] {
  return intents.flatMap((file) =>
    lists.flatMap((list) =>
      locales.flatMap((locale) =>
        file.value[list][locale].map((text, index): PlacedLine => ({
          text,
          intent: file.value.id,
          locale,
          list,
          file: file.file,
          line: () => file.lineOf([list, locale, index]),
        })),
      ),
    ),
  );
}

/** How a finding names a line that stands elsewhere. */
export function whereIs(line: PlacedLine): string {
  return `“${line.text}” (${line.file}:${String(line.line())})`;
}
