import type { Thread } from "./events.ts";

/** Conversations remembered at once: typing is shown to those who wrote just now. */
const mostRemembered = 5_000;

/** Which thread a conversation is, for hints that must not cost a look into the database. */
export class TypingThreads {
  readonly #threads = new Map<string, Thread>();

  note(conversationId: string, { page, customer }: Thread): void {
    // A conversation stays with its thread.
    const known = this.#threads.get(conversationId) ?? { page, customer };
    this.#threads.delete(conversationId);
    this.#threads.set(conversationId, known);
    if (this.#threads.size <= mostRemembered) return;
    const [oldest] = this.#threads.keys();
    if (oldest !== undefined) this.#threads.delete(oldest);
  }

  find(conversationId: string): Thread | undefined {
    return this.#threads.get(conversationId);
  }
}
