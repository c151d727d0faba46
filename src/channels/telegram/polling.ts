import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { wantedUpdates } from "./settings.ts";
import type { TelegramClient } from "./telegram-client.ts";
import type { UpdateDoor } from "./update-door.ts";

export interface PollingParts {
  readonly client: TelegramClient;
  readonly door: UpdateDoor;
  readonly onFault: (what: string, thrown: unknown) => void;
  /** Aborted when the program stops. */
  readonly signal: AbortSignal;
}

const numbered = z.object({ update_id: z.int() });

/** How long Telegram holds a question open when nothing happens, seconds. */
const holdSeconds = 50;
/** Waits after a failure, doubled each time, ms. */
const firstWaitMs = 1_000;
const longestWaitMs = 60_000;

/**
 * Asks Telegram for updates, for a server that has no public address. Telegram forgets an update when we ask for a
 * later one, so the next question is asked only after all of this answer are stored.
 */
export class Polling {
  readonly #parts: PollingParts;
  #offset = 0;

  constructor(parts: PollingParts) {
    this.#parts = parts;
  }

  /** Runs until the signal; never throws. */
  async run(): Promise<void> {
    const { onFault, signal } = this.#parts;
    let failures = 0;
    let webhookGone = false;
    while (!signal.aborted) {
      // Telegram answers 409 while a webhook is set.
      const failure = webhookGone ? await this.#ask() : await this.#removeWebhook();
      if (failure === undefined) {
        webhookGone = true;
        failures = 0;
        continue;
      }
      if (isAborted(signal)) return;
      if (failures === 0) onFault("telegram.polling", failure);
      await waited(Math.min(firstWaitMs * 2 ** failures++, longestWaitMs), signal);
    }
  }

  async #removeWebhook(): Promise<string | undefined> {
    const answer = await this.#parts.client.call("deleteWebhook", {}, { signal: this.#parts.signal });
    return answer.type === "done" ? undefined : failureOf(answer);
  }

  /** One question; the reason when it failed. */
  async #ask(): Promise<string | undefined> {
    const { client, door, signal, onFault } = this.#parts;
    const answer = await client.call(
      "getUpdates",
      { offset: this.#offset, timeout: holdSeconds, allowed_updates: wantedUpdates },
      { timeoutMs: (holdSeconds + 10) * 1_000, signal },
    );
    if (answer.type !== "done") return failureOf(answer);
    for (const update of Array.isArray(answer.result) ? answer.result : []) {
      const id = numbered.safeParse(update);
      try {
        await door.take(update);
      } catch (thrown) {
        onFault("telegram.update", thrown);
        return "an update could not be stored";
      }
      if (id.success) this.#offset = id.data.update_id + 1;
    }
    return undefined;
  }
}

function failureOf(answer: { readonly reason: string } | { readonly description: string }): string {
  return "reason" in answer ? answer.reason : answer.description;
}

/** Asked anew after waiting: the compiler does not know that it changes meanwhile. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

/** Waits, or until the signal. */
async function waited(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await pause(ms, undefined, { signal });
  } catch {
    // Stopped while waiting.
  }
}
