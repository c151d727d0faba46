import { setTimeout as pause } from "node:timers/promises";
import { wantedUpdates, webhookPath, type TelegramSettings } from "./settings.ts";
import type { TelegramClient } from "./telegram-client.ts";

export interface WebhookParts {
  readonly client: TelegramClient;
  readonly settings: TelegramSettings;
  readonly onFault: (what: string, thrown: unknown) => void;
  readonly signal: AbortSignal;
}

const firstWaitMs = 2_000;
const longestWaitMs = 5 * 60_000;

/** Tells Telegram where to send updates; tries until it took it or the program stops. Never throws. */
export async function keepWebhook({ client, settings, onFault, signal }: WebhookParts): Promise<void> {
  const url = `${settings.publicUrl ?? ""}${webhookPath}`;
  for (let failures = 0; ; failures++) {
    const answer = await client.call(
      "setWebhook",
      { url, secret_token: settings.secret, allowed_updates: wantedUpdates, max_connections: 40 },
      { signal },
    );
    if (answer.type === "done" || signal.aborted) return;
    onFault("telegram.webhook", "reason" in answer ? answer.reason : answer.description);
    try {
      await pause(Math.min(firstWaitMs * 2 ** failures, longestWaitMs), undefined, { signal });
    } catch {
      return;
    }
  }
}
