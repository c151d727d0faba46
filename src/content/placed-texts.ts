import { locales, type Locale, type Saying } from "./content.ts";
import type { ContentFiles } from "./content-files.ts";
import { withFacts, type Facts } from "./facts.ts";
import type { ReadFile } from "./read-file.ts";
import { sayingsOfDialog, sayingsOfShared } from "./sayings.ts";

/** A saying, the file that it stands in and where. */
export interface SayingInFile {
  readonly file: Pick<ReadFile<unknown>, "file" | "lineOf">;
  readonly path: readonly PropertyKey[];
  readonly saying: Saying;
  /** The dialog that says it; undefined for dialogs/shared.yaml. */
  readonly dialog: ContentFiles["dialogs"][number]["value"] | undefined;
}

/** One text as it stands in a file. */
export interface TextInFile {
  readonly locale: Locale;
  /** The short form is for channels that count characters. */
  readonly form: "chat" | "sms";
  readonly text: string;
  readonly variant: string;
  /** Line of the text. Looked up when asked for. */
  line(): number;
}

export function sayingsIn({ dialogs, shared }: ContentFiles): SayingInFile[] {
  return [
    ...dialogs.flatMap((file) =>
      sayingsOfDialog(file.value).map((placed) => ({ file, dialog: file.value, ...placed })),
    ),
    ...sayingsOfShared(shared.value).map((placed) => ({ file: shared, dialog: undefined, ...placed })),
  ];
}

/** Every text of a saying, as written or with the facts filled in. */
export function textsIn({ file, path, saying }: SayingInFile, facts?: Facts): TextInFile[] {
  const { variants } = facts === undefined ? saying : withFacts(saying, facts);
  return variants.flatMap(({ id, text, sms }, index) => {
    const one = (form: TextInFile["form"], locale: Locale, words: string): TextInFile => ({
      locale,
      form,
      text: words,
      variant: id,
      line: () => {
        // Written as `variants: […]` or, where there is one wording, straight below: what is not there leads to the
        // saying itself, which stands above its parts.
        const inner = form === "sms" ? ["sms", locale] : [locale];
        const within = form === "sms" ? inner : ["text", locale];
        return Math.max(
          file.lineOf([...path, "variants", index, ...within]),
          file.lineOf([...path, ...inner]),
        );
      },
    });
    return locales.flatMap((locale) => [
      one("chat", locale, text[locale]),
      ...(sms === undefined ? [] : [one("sms", locale, sms[locale])]),
    ]);
  });
}

export function factsOf({ facts }: ContentFiles): Facts {
  return new Map(Object.entries(facts.value.facts));
}

/** Stands for a slot or a field of a result while lengths are counted: about as long as an order number. */
const STAND_IN = "TND-10423356";

/** The text as long as customers will read it. */
export function withStandIns(text: string): string {
  return text.replace(/\{\w+\}/gu, STAND_IN);
}
