import type { Language, WidgetOptions } from "./widget-api.ts";

/** Tagalog is written `tl` by older systems. */
const filipino = /^(?:fil|tl)\b/iu;

function languageOf(given: string | undefined): Language {
  const named = given ?? document.documentElement.lang;
  return filipino.test(named === "" ? navigator.language : named) ? "fil" : "en";
}

/** Reads what the page's author wrote on the script element (docs/widget.md). */
export function readOptions({ src, dataset }: HTMLScriptElement): WidgetOptions {
  return {
    base: new URL(src).origin,
    language: languageOf(dataset["lang"]),
    title: dataset["title"],
    starters: (dataset["starters"] ?? "")
      .split("|")
      .map((starter) => starter.trim())
      .filter((starter) => starter !== ""),
  };
}
