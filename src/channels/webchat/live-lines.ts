import type { JsonObject } from "../../basics/activity.ts";
import type { TranscriptLine } from "../../turn/ports.ts";
import { wireActivity } from "./outgoing-activity.ts";
import type { ConversationNews } from "./ports.ts";

/** Lines that follow each other, on their way to every open stream of their conversation: written out once, not once a stream. */
export class LiveRun {
  readonly first: number;
  readonly last: number;
  readonly #lines: readonly TranscriptLine[];
  #written: { readonly base: string; readonly text: string } | undefined;

  /** `lines` is not empty and has no gap. */
  constructor(lines: readonly TranscriptLine[]) {
    this.#lines = lines;
    this.first = lines[0]?.seq ?? 0;
    this.last = this.first + lines.length - 1;
  }

  /** The one frame that carries these lines (Direct Line's ActivitySet holds any number). */
  frame(conversation: string, base: string): string {
    if (this.#written?.base !== base) {
      this.#written = {
        base,
        text: JSON.stringify({
          activities: this.#lines.map((line) => wireActivity(line, conversation, base)),
          watermark: String(this.last),
        }),
      };
    }
    return this.#written.text;
  }
}

/** In order, cut where a position is missing. */
function runsOf(lines: TranscriptLine[]): LiveRun[] {
  if (lines.length === 1) return [new LiveRun(lines)];
  lines.sort((a, b) => a.seq - b.seq);
  const runs: LiveRun[] = [];
  let begin = 0;
  for (let i = 1; i <= lines.length; i++) {
    if (i < lines.length && lines[i]?.seq === (lines[i - 1]?.seq ?? 0) + 1) continue;
    runs.push(new LiveRun(lines.slice(begin, i)));
    begin = i;
  }
  return runs;
}

export interface Listener {
  onRun(run: LiveRun): void;
  /** The history goes further, up to this position at least: another process wrote it. */
  onLonger(seq: number): void;
  /** Something to show now that is no part of the history. */
  onPassing(activity: (conversation: string) => JsonObject): void;
  /** The conversation is no more. */
  onGone(): void;
}

/**
 * Who listens to which conversation on this process. Hints only: what a listener misses it reads in the transcript.
 * What one group commit made durable goes out together once all that waited for that commit went on: an echo and its
 * reply are then one frame, whichever was announced first.
 */
export class LiveLines {
  readonly #listeners = new Map<string, Set<Listener>>();
  /** Announced and not told yet, by conversation. */
  #announced = new Map<string, TranscriptLine[]>();
  readonly #news: Pick<ConversationNews, "tellLines"> | undefined;

  constructor(news?: Pick<ConversationNews, "tellLines">) {
    this.#news = news;
  }

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
    this.#news?.tellLines(rowId, line.seq);
    if (!this.#listeners.has(rowId)) return;
    // After the promises that are settled now: see above.
    if (this.#announced.size === 0) process.nextTick(() => this.#tell());
    const others = this.#announced.get(rowId);
    if (others === undefined) this.#announced.set(rowId, [line]);
    else others.push(line);
  }

  #tell(): void {
    const announced = this.#announced;
    this.#announced = new Map();
    for (const [rowId, lines] of announced) {
      const listeners = this.#listeners.get(rowId);
      if (listeners === undefined) continue;
      for (const run of runsOf(lines)) for (const listener of listeners) listener.onRun(run);
    }
  }

  /** Another process made the history reach this position. */
  longer(rowId: string, seq: number): void {
    for (const listener of this.#listeners.get(rowId) ?? []) listener.onLonger(seq);
  }

  /** Other processes may have made any history longer. */
  missed(): void {
    for (const rowId of this.#listeners.keys()) this.longer(rowId, Infinity);
  }

  /** Whoever listens is told that there is nothing more to hear. */
  end(rowId: string): void {
    for (const listener of this.#listeners.get(rowId) ?? []) listener.onGone();
  }

  passing(rowId: string, activity: (conversation: string) => JsonObject): void {
    for (const listener of this.#listeners.get(rowId) ?? []) listener.onPassing(activity);
  }
}
