/**
 * Markup that may stand in a page as it is. Only `markup` makes it, so text that somebody wrote cannot be mistaken for it.
 */
class Html {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }
}
export type { Html };

/** What may be put into markup. Nothing stands for null, undefined and false; lists are put in one after the other. */
export type HtmlPart = Html | string | number | null | undefined | false | readonly HtmlPart[];

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function sourceOf(part: HtmlPart): string {
  if (part === null || part === undefined || part === false) return "";
  if (part instanceof Html) return part.source;
  if (typeof part === "string") return part.replaceAll(/[&<>"']/gu, (sign) => entities[sign] ?? sign);
  return typeof part === "number" ? String(part) : part.map(sourceOf).join("");
}

/** HTML from a template: every text put in is escaped, for content and for quoted attributes alike. */
export function markup(template: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html {
  return new Html(template.map((text, i) => text + sourceOf(parts[i])).join(""));
}

/**
 * A page that is one file: it loads nothing and runs nothing, and its policy forbids both should anything slip in.
 * `style` is CSS of ours, put in as it is.
 */
export function htmlPage(page: {
  readonly title: string;
  readonly style: string;
  readonly body: Html;
}): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<title>${sourceOf(page.title)}</title>
<style>
${page.style}</style>
</head>
<body>
${page.body.source}
</body>
</html>
`;
}
