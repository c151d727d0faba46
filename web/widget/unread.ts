import type { Kept } from "./kept.ts";
import type { Emit } from "./widget-api.ts";
import type { Words } from "./words.ts";

const readKey = "kumusta.read";

/** Which messages the customer has seen, in all tabs; the others are counted on the button. */
export class Unread {
  readonly #kept: Kept;
  readonly #launcher: HTMLButtonElement;
  readonly #words: Words;
  readonly #emit: Emit;
  readonly #badge = document.createElement("span");
  readonly #name: string;
  #unread: string[] = [];

  constructor(kept: Kept, launcher: HTMLButtonElement, words: Words, emit: Emit) {
    this.#kept = kept;
    this.#launcher = launcher;
    this.#words = words;
    this.#emit = emit;
    this.#name = launcher.textContent;
    // Drawn by the style sheet: as text it would stand in the button's name, after words that the name goes on from.
    this.#badge.className = "unread";
    this.#badge.setAttribute("aria-hidden", "true");
    addEventListener("storage", ({ key, newValue }) => {
      if (key === readKey && newValue !== null) this.#readUpTo(newValue);
    });
  }

  /** A message came. True when it is the first one that has not been read. */
  came(timestamp: string): boolean {
    const read = this.#kept.get(readKey);
    if (read !== undefined && timestamp <= read) return false;
    this.#unread.push(timestamp);
    this.#show();
    return this.#unread.length === 1 && read !== undefined;
  }

  /** The customer sees all that came. */
  readAll(): void {
    const last = this.#unread.at(-1);
    if (last === undefined) return;
    this.#kept.set(readKey, last);
    this.#readUpTo(last);
  }

  forget(): void {
    this.#unread = [];
    this.#show();
  }

  #readUpTo(read: string): void {
    this.#unread = this.#unread.filter((timestamp) => timestamp > read);
    this.#show();
  }

  #show(): void {
    const count = this.#unread.length;
    if (count === 0) {
      this.#badge.remove();
      this.#launcher.removeAttribute("aria-label");
    } else {
      this.#badge.dataset["count"] = String(count);
      this.#launcher.append(this.#badge);
      this.#launcher.setAttribute("aria-label", `${this.#name}, ${this.#words.unread(count)}`);
    }
    this.#emit("unread.changed", { count });
  }
}
