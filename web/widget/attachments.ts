import type { WireActivity } from "../../src/channels/webchat/protocol.ts";
import { element, icon } from "./element.ts";
import type { Words } from "./words.ts";

type Attachment = NonNullable<WireActivity["attachments"]>[number];

const webAddress = /^https?:\/\//iu;
const shownTypes = /^image\/(?:png|jpeg|gif|webp|avif)\b/iu;

/** Where a link may lead; undefined: nowhere. */
function addressOf({ contentUrl }: Attachment): string | undefined {
  return contentUrl !== undefined && webAddress.test(contentUrl) ? contentUrl : undefined;
}

function fileLink(href: string, label: string): HTMLElement {
  return element(
    "a",
    { href, class: "file", target: "_blank", rel: "noopener noreferrer nofollow" },
    icon("file"),
    element("span", {}, label),
  );
}

function picture(href: string, label: string, onLoad: () => void): HTMLElement {
  const image = element("img", { src: href, alt: label, referrerpolicy: "no-referrer" });
  image.addEventListener("load", onLoad);
  // The site's policy may forbid pictures from here: the link stays.
  image.addEventListener("error", () => image.replaceWith(fileLink(href, label)));
  const link = element("a", { href, target: "_blank", rel: "noopener noreferrer" }, image);
  return element("figure", {}, link, label === "" ? undefined : element("figcaption", {}, label));
}

/**
 * The files of a message. Pictures are shown when we keep them or the shop's script names them; an address that a
 * customer named is never fetched.
 */
export function attachmentsOf(
  { attachments = [], from }: WireActivity,
  base: string,
  words: Words,
  onLoad: () => void,
): HTMLElement | undefined {
  const shown = attachments.flatMap((attachment) => {
    const href = addressOf(attachment);
    if (href === undefined) return [];
    const isOurs = href.startsWith(`${base}/v3/directline/uploads/`) || from.role === "bot";
    const label = attachment.name ?? (shownTypes.test(attachment.contentType) ? words.picture : href);
    return [
      isOurs && shownTypes.test(attachment.contentType)
        ? picture(href, label, onLoad)
        : fileLink(href, label),
    ];
  });
  if (shown.length === 0) return undefined;
  if (shown.length === 1) return element("div", { class: "files" }, ...shown);
  // Several stand side by side; the row scrolls, by keyboard too.
  return element(
    "ul",
    { class: "carousel", "aria-label": words.pictures, tabindex: "0" },
    ...shown.map((one) => element("li", {}, one)),
  );
}
