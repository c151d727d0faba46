import type { JsonObject } from "../../basics/activity.ts";
import type { TranscriptLine } from "../../turn/ports.ts";
import { wireActivity } from "./outgoing-activity.ts";

/** One new line on its way to every open stream of its conversation: written out once, not once a stream. */
export class LiveLine {
  readonly line: TranscriptLine;
  #written: { readonly base: string; readonly text: string } | undefined;

  constructor(line: TranscriptLine) {
    this.line = line;
  }

  /** The frame that carries this line alone. */
  frame(conversation: string, base: string): string {
    if (this.#written?.base !== base) {
      this.#written = {
        base,
        text: JSON.stringify({
          activities: [wireActivity(this.line, conversation, base)],
          watermark: String(this.line.seq),
        }),
      };
    }
    return this.#written.text;
  }
}

export interface Listener {
  onLine(live: LiveLine): void;
  /** Something to show now that is no part of the history. */
  onPassing(activity: (conversation: string) => JsonObject): void;
}

/** Who listens to which conversation on this process. Hints only: what a listener misses it reads in the transcript. */
export class LiveLines {
  readonly #listeners = new Map<string, Set<Listener>>();

  countOf(rowId: string): number {
    return this.#listeners.get(rowId)?.size ?? 0;
  }

  /** Listens until the returned function is called. */
  subscribe(rowId: string, listener: Listener): () => void {
    let listeners = this.#listeners.get(rowId);
    if (listeners === undefined) {
      listeners = new Set();
      this.#listeners.set(rowId, listeners);
    }
    listeners.add(listener);
    const all = listeners;
    return () => {
      all.delete(listener);
      if (all.size === 0 && this.#listeners.get(rowId) === all) this.#listeners.delete(rowId);
    };
  }

  announce(rowId: string, line: TranscriptLine): void {
    const listeners = this.#listeners.get(rowId);
    if (listeners === undefined) return;
    const live = new LiveLine(line);
    for (const listener of listeners) listener.onLine(live);
  }

  passing(rowId: string, activity: (conversation: string) => JsonObject): void {
    for (const listener of this.#listeners.get(rowId) ?? []) listener.onPassing(activity);
  }
}
