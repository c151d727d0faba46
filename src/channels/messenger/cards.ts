import { z } from "zod";
import type { Attachment } from "../../basics/activity.ts";
import { splitText } from "../split-text.ts";
import { limits } from "./capabilities.ts";

/* Cards as Bot Framework middleware writes them (hero and thumbnail cards), as Messenger shows them: the generic
 * template for cards with a title and something more, the button template for words with buttons. */

type Button =
  | { readonly type: "postback"; readonly title: string; readonly payload: string }
  | { readonly type: "web_url"; readonly title: string; readonly url: string };

interface Element {
  readonly title: string;
  readonly subtitle?: string;
  readonly image_url?: string;
  readonly buttons?: readonly Button[];
}

/** `payload` of an attachment of type template. */
export type Template =
  | { readonly template_type: "button"; readonly text: string; readonly buttons: readonly Button[] }
  | { readonly template_type: "generic"; readonly elements: readonly Element[] };

const cardTypes: ReadonlySet<string> = new Set([
  "application/vnd.microsoft.card.hero",
  "application/vnd.microsoft.card.thumbnail",
]);

const maybe = <T>(schema: z.ZodType<T>) => schema.optional().catch(undefined);
const card = z.object({
  title: maybe(z.string()),
  subtitle: maybe(z.string()),
  text: maybe(z.string()),
  images: maybe(z.array(z.object({ url: z.string() }))),
  buttons: maybe(z.array(z.object({ type: z.string(), title: z.string(), value: z.string() }))),
});
type Card = z.output<typeof card>;

export function isCard({ contentType }: Attachment): boolean {
  return cardTypes.has(contentType);
}

const fit = (text: string | undefined, most: number): string => {
  const trimmed = (text ?? "").trim();
  if (trimmed.length <= most) return trimmed;
  return `${splitText(trimmed, (part) => part.length < most)[0] ?? ""}…`;
};

function buttonsOf({ buttons = [] }: Card): Button[] {
  return buttons
    .filter(({ title, value }) => title.trim() !== "" && value.length <= limits.payload)
    .slice(0, limits.buttons)
    .map(({ type, title: given, value }): Button => {
      const title = fit(given, limits.buttonTitle);
      return type === "openUrl"
        ? { type: "web_url", title, url: value }
        : { type: "postback", title, payload: value };
    });
}

/** The template for a row of cards; undefined where none of them holds what Messenger could show. */
export function templateOf(attachments: readonly Attachment[]): Template | undefined {
  const cards = attachments.flatMap(({ content }) => {
    const read = card.safeParse(content);
    return read.success ? [read.data] : [];
  });
  const [first] = cards;
  if (first === undefined) return undefined;
  const words = [first.title, first.subtitle, first.text]
    .filter((part) => part !== undefined)
    .join("\n")
    .trim();
  const buttons = buttonsOf(first);
  const plain = first.images?.[0] === undefined && words.length > 0 && buttons.length > 0;
  // Words longer than a card's two lines of 80 have room beside buttons.
  if (cards.length === 1 && plain && (first.title === undefined || words.length > 2 * limits.cardText))
    return { template_type: "button", text: fit(words, limits.buttonText), buttons };
  const elements = cards.slice(0, limits.cards).flatMap((one) => elementOf(one) ?? []);
  return elements.length === 0 ? undefined : { template_type: "generic", elements };
}

/** Needs a title and one thing more (Messenger Platform: generic template). */
function elementOf(one: Card): Element | undefined {
  const title = fit(one.title ?? one.text, limits.cardText);
  const subtitle = fit(one.subtitle ?? (one.title === undefined ? undefined : one.text), limits.cardText);
  const image = one.images?.[0]?.url;
  const buttons = buttonsOf(one);
  if (title === "" || (subtitle === "" && image === undefined && buttons.length === 0)) return undefined;
  return {
    title,
    ...(subtitle === "" ? {} : { subtitle }),
    ...(image?.startsWith("https://") === true ? { image_url: image } : {}),
    ...(buttons.length === 0 ? {} : { buttons }),
  };
}
