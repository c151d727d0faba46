import type { WireActivity } from "../../src/channels/webchat/protocol.ts";
import { cardView, type OnPress } from "./card-view.ts";
import { element, icon } from "./element.ts";
import { readCard } from "./read-card.ts";
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
  const image = element("img", { alt: label, loading: "lazy", referrerpolicy: "no-referrer", src: href });
  image.addEventListener("load", onLoad);
  // The site's policy may forbid pictures from here: the link stays.
  image.addEventListener("error", () => image.replaceWith(fileLink(href, label)));
  const link = element("a", { href, target: "_blank", rel: "noopener noreferrer" }, image);
  return element("figure", {}, link, label === "" ? undefined : element("figcaption", {}, label));
}

interface Showing {
  /** The chat server's origin. */
  readonly base: string;
  readonly words: Words;
  /** A picture has come and takes its room. */
  readonly onLoad: () => void;
  /** A card's button says something. */
  readonly onPress: OnPress;
}

/**
 * The files and cards of a message. Pictures are shown when we keep them or the shop's script names them; an address
 * that a customer named is never fetched, and a card that a customer sent is none.
 */
export function attachmentsOf(
  { attachments = [], attachmentLayout, from }: WireActivity,
  { base, words, onLoad, onPress }: Showing,
): HTMLElement | undefined {
  const cards = new Set<HTMLElement>();
  const shown = attachments.flatMap((attachment): HTMLElement[] => {
    const card = from.role === "bot" ? readCard(attachment, base) : undefined;
    if (card !== undefined) {
      const view = cardView(card, words.picture, onPress);
      cards.add(view);
      return [view];
    }
    const href = addressOf(attachment);
    if (href === undefined) return [];
    const isOurs = href.startsWith(`${base}/v3/directline/uploads/`) || from.role === "bot";
    const isPicture = shownTypes.test(attachment.contentType);
    const label = attachment.name ?? (isPicture ? words.picture : href);
    return [isOurs && isPicture ? picture(href, label, onLoad) : fileLink(href, label)];
  });
  if (shown.length === 0) return undefined;
  if (shown.length === 1) return element("div", { class: "files" }, ...shown);
  const isStack = attachmentLayout === "list";
  return element(
    "ul",
    {
      class: isStack ? "stack" : "carousel",
      // Lists without dots are no lists to some screen readers unless they are told (WebKit).
      role: "list",
      "aria-label": cards.size > 0 ? words.cards(shown.length) : words.pictures,
      // The row scrolls, by keyboard too.
      ...(isStack ? {} : { tabindex: "0" }),
    },
    ...shown.map((one) => element("li", {}, one)),
  );
}
