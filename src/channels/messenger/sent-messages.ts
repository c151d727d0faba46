import type { Thread } from "./events.ts";

/** Threads remembered at once, and messages of each: enough for receipts that come within minutes. */
const mostThreads = 10_000;
const mostOfThread = 20;

interface Sent {
  readonly mid: string;
  readonly at: number;
}

/**
 * What left a short while ago, by thread: receipts name a watermark and no message. In memory only; a receipt that
 * comes after a restart is lost, and with it nothing but the news that a message was read.
 */
export class SentMessages {
  readonly #threads = new Map<string, readonly Sent[]>();

  note(thread: Thread, mid: string, at: number): void {
    const key = keyOf(thread);
    const before = this.#threads.get(key) ?? [];
    this.#threads.delete(key);
    this.#threads.set(key, [...before.slice(1 - mostOfThread), { mid, at }]);
    if (this.#threads.size <= mostThreads) return;
    const [oldest] = this.#threads.keys();
    if (oldest !== undefined) this.#threads.delete(oldest);
  }

  /** Messages of a thread that left up to an instant, epoch ms. */
  upTo(thread: Thread, watermark: number): readonly string[] {
    return (this.#threads.get(keyOf(thread)) ?? []).filter(({ at }) => at <= watermark).map(({ mid }) => mid);
  }
}

function keyOf({ page, customer }: Thread): string {
  return `${page}/${customer}`;
}
