type Child = Node | string | null;

/**
 * An element with attributes and children; text stays text, whoever wrote it. The widget has its own
 * (web/widget/element.ts): a file that both import would be a third one for customers' browsers to ask for.
 */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** A list of names and what they stand for; rows without anything are left out. */
export function rows(entries: readonly (readonly [string, Child])[]): HTMLElement {
  return element(
    "dl",
    { class: "rows" },
    ...entries.flatMap(([name, value]) =>
      value === null || value === "" ? [] : [element("dt", {}, name), element("dd", {}, value)],
    ),
  );
}
