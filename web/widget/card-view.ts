import { element } from "./element.ts";
import { linkedText } from "./linked-text.ts";
import type { Card, CardButton } from "./read-card.ts";

export type OnPress = (button: Extract<CardButton, { readonly text: string }>) => void;

/**
 * A card: its picture, words and buttons, as one group with its title for a name. The picture is asked for when it
 * comes near, and its place is kept free for it: nothing moves when it comes.
 */
export function cardView(card: Card, pictureWord: string, onPress: OnPress): HTMLElement {
  const { title, subtitle, text, picture, buttons } = card;
  const words = (name: string, value: string) =>
    value === "" ? undefined : element("p", { class: name }, ...linkedText(value));
  return element(
    "div",
    { class: "card", role: "group", ...(title === "" ? {} : { "aria-label": title }) },
    picture === undefined ? undefined : pictureView(picture, title === "" ? pictureWord : ""),
    words("card-title", title),
    words("card-subtitle", subtitle),
    words("card-text", text),
    ...buttons.map((button) => buttonView(button, onPress)),
  );
}

/** @param otherwise what stands for a picture without words of its own: nothing where the title says what it shows */
function pictureView({ src, alt }: NonNullable<Card["picture"]>, otherwise: string): HTMLElement {
  const image = element("img", {
    ...{ alt: alt === "" ? otherwise : alt, loading: "lazy", decoding: "async" },
    ...{ referrerpolicy: "no-referrer", class: "card-picture", src },
  });
  // The site's policy may forbid pictures from there, and what was linked may be gone: the words stay.
  image.addEventListener("error", () => image.remove());
  return image;
}

function buttonView(button: CardButton, onPress: OnPress): HTMLElement {
  if ("href" in button)
    return element(
      "a",
      { class: "choice", href: button.href, target: "_blank", rel: "noopener noreferrer nofollow" },
      button.title,
    );
  const made = element("button", { type: "button", class: "choice" }, button.title);
  made.addEventListener("click", () => onPress(button));
  return made;
}
