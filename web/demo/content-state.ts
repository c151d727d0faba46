/** How the content stands, as the server tells it on the maintainer's own machine. */
interface ContentState {
  readonly version: string;
  readonly liveSince: string;
  /** An edit is on its way; the version above answers until it is there. */
  readonly pending: boolean;
  /** The version above answers, with a model that was trained quickly; the whole training goes on. */
  readonly learning: boolean;
  readonly refused: { readonly faults: readonly string[] } | null;
}

/** A saved edit is live in a second or so: looking seldom would double what its author waits. */
const everyMs = 250;

function isState(value: unknown): value is ContentState {
  if (typeof value !== "object" || value === null) return false;
  const { version, liveSince, pending, learning, refused }: Partial<ContentState> = value;
  return (
    typeof version === "string" &&
    typeof liveSince === "string" &&
    typeof pending === "boolean" &&
    typeof learning === "boolean" &&
    (refused === null || Array.isArray(refused?.faults))
  );
}

function paragraph(text: string): HTMLParagraphElement {
  const element = document.createElement("p");
  element.textContent = text;
  return element;
}

function show(box: HTMLElement, { version, liveSince, pending, learning, refused }: ContentState): void {
  const live = `Content version ${version}, live since ${new Date(liveSince).toLocaleTimeString()}.${learning && !pending ? " Still learning the finer points…" : ""}`;
  box.classList.toggle("refused", refused !== null);
  if (refused === null) {
    box.replaceChildren(paragraph(pending ? `Learning your edit. Until then: ${live}` : live));
    return;
  }
  const list = document.createElement("ul");
  list.append(
    ...refused.faults.map((fault) => {
      const item = document.createElement("li");
      item.textContent = fault;
      return item;
    }),
  );
  box.replaceChildren(paragraph(`Your last edit is not live. ${live} To mend:`), list);
}

/**
 * Shows in `box` which version of the content answers, and why an edit does not. Only where the server says that it
 * tells (a `meta` of the page): on the maintainer's own machine.
 */
export function watchContent(box: HTMLElement): void {
  const meta = document.querySelector('meta[name="kumusta-content-state"]');
  if (!(meta instanceof HTMLMetaElement)) return;
  let shown = "";
  const look = async (): Promise<void> => {
    try {
      const answer = await fetch(meta.content);
      const text = await answer.text();
      const state: unknown = JSON.parse(text);
      // Written only when it changed: a screen reader says it each time.
      if (!answer.ok || text === shown || !isState(state)) return;
      shown = text;
      box.hidden = false;
      show(box, state);
    } catch {
      // The server is being started again: the chat says that it is connecting.
    }
  };
  void look();
  setInterval(() => void look(), everyMs);
}
