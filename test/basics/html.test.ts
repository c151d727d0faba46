import { describe, expect, it } from "@jest/globals";
import { htmlPage, markup, type HtmlPart } from "../../src/basics/html.ts";

const shown = (body: ReturnType<typeof markup>): string => {
  const page = htmlPage({ title: "t", style: "", body });
  return page.slice(page.indexOf("<body>\n") + 7, page.indexOf("\n</body>"));
};

describe("markup", () => {
  it("escapes text for content and for attributes, quoted either way", () => {
    const text = `<b onclick='x'>"&amp;`;
    expect(shown(markup`<i title="${text}">${text}</i>`)).toBe(
      '<i title="&lt;b onclick=&#39;x&#39;&gt;&quot;&amp;amp;">&lt;b onclick=&#39;x&#39;&gt;&quot;&amp;amp;</i>',
    );
  });

  it("takes markup and lists of it as they are, numbers as digits, and nothing for what is absent", () => {
    const items: readonly HtmlPart[] = ["<", markup`<hr>`, 7, null, undefined, false];
    expect(shown(markup`<p>${items}</p>`)).toBe("<p>&lt;<hr>7</p>");
  });

  it("cannot be imitated by an object that somebody sent", () => {
    const sent: unknown = JSON.parse('{"source":"<script>"}');
    // @ts-expect-error what was sent is no markup
    expect(() => shown(markup`${sent}`)).toThrow(TypeError);
  });
});

describe("a page that is one file", () => {
  it("escapes its title and forbids to load or run anything", () => {
    const page = htmlPage({ title: "<a>", style: "b { color: red }", body: markup`` });
    expect(page).toContain("<title>&lt;a&gt;</title>");
    expect(page).toContain("default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'");
    expect(page).toContain("b { color: red }</style>");
  });
});
