/** What pressing a card's button does: leads somewhere, or says something. */
export type CardButton =
  | { readonly title: string; readonly href: string }
  | { readonly title: string; readonly text: string; readonly payload?: string };

export interface Card {
  readonly title: string;
  readonly subtitle: string;
  readonly text: string;
  readonly picture?: { readonly src: string; readonly alt: string };
  readonly buttons: readonly CardButton[];
}

/** Bot Framework, "Cards schema": both are a picture, words and buttons. */
const cardTypes = ["application/vnd.microsoft.card.hero", "application/vnd.microsoft.card.thumbnail"];
const linkSchemes = ["https:", "http:", "tel:", "mailto:"];
const pictureSchemes = ["https:", "http:"];

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

function text(value: unknown, name: string): string {
  const found = member(value, name);
  return typeof found === "string" ? found.trim() : "";
}

function list(value: unknown, name: string): readonly unknown[] {
  const found = member(value, name);
  return Array.isArray(found) ? found : [];
}

/** Whole address of a link or picture; undefined for one that could run something or leads nowhere. */
function addressOf(given: string, base: string, schemes: readonly string[]): string | undefined {
  if (given === "" || !URL.canParse(given, base)) return undefined;
  const { protocol, href } = new URL(given, base);
  return schemes.includes(protocol) ? href : undefined;
}

function buttonOf(given: unknown, base: string): CardButton | undefined {
  const [type, title, value] = [text(given, "type"), text(given, "title"), text(given, "value")];
  if (title === "") return undefined;
  switch (type) {
    case "openUrl":
    case "call": {
      const href = addressOf(value, base, linkSchemes);
      return href === undefined ? undefined : { title, href };
    }
    case "imBack":
      return { title, text: value === "" ? title : value };
    case "postBack":
      return value === "" ? undefined : { title, text: title, payload: value };
    case "messageBack": {
      const shown = text(given, "displayText");
      return { title, text: shown === "" ? title : shown, payload: text(given, "text") || value || title };
    }
    default:
      return undefined;
  }
}

/**
 * Reads a hero or thumbnail card; undefined for any other attachment and for a card that shows nothing.
 * @param base the chat server's origin, for addresses that begin with a slash
 */
export function readCard(
  { contentType, content }: { readonly contentType: string; readonly content?: unknown },
  base: string,
): Card | undefined {
  if (!cardTypes.includes(contentType)) return undefined;
  const [image] = list(content, "images");
  const src = addressOf(text(image, "url"), base, pictureSchemes);
  const card: Card = {
    title: text(content, "title"),
    subtitle: text(content, "subtitle"),
    text: text(content, "text"),
    ...(src === undefined ? {} : { picture: { src, alt: text(image, "alt") } }),
    buttons: list(content, "buttons").flatMap((button) => buttonOf(button, base) ?? []),
  };
  const isEmpty = `${card.title}${card.subtitle}${card.text}` === "" && card.buttons.length === 0;
  return isEmpty && src === undefined ? undefined : card;
}
