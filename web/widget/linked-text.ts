import { element } from "./element.ts";

/** Addresses of the web, without what closes a sentence or a bracket around them. */
const address = /\bhttps?:\/\/[^\s<>"“”]+[^\s<>"“”.,;:!?'’)\]]/giu;

/** Text with its web addresses as links. Nothing is asked of those addresses: no preview, no referrer. */
export function linkedText(text: string): (Node | string)[] {
  const nodes: (Node | string)[] = [];
  let from = 0;
  for (const { 0: found, index } of text.matchAll(address)) {
    nodes.push(text.slice(from, index));
    nodes.push(
      URL.canParse(found)
        ? element("a", { href: found, target: "_blank", rel: "noopener noreferrer nofollow" }, found)
        : found,
    );
    from = index + found.length;
  }
  nodes.push(text.slice(from));
  return nodes;
}
