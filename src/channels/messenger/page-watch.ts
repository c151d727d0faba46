import { z } from "zod";
import type { ProviderObserver } from "../provider.ts";
import type { Graph } from "./graph.ts";
import { graphFailure, jsonOf } from "./graph-error.ts";
import type { PageHealth } from "./page-health.ts";
import { channelName, type MessengerSettings, type Page } from "./settings.ts";

/** Webhook fields that the channel lives on. Without `message_echoes` we do not hear a person in Business Suite. */
export const neededFields = ["messages", "messaging_postbacks", "message_echoes"] as const;
/** Fields worth having; all that `setup` subscribes to with the needed ones. */
export const usefulFields = [
  "message_deliveries",
  "message_reads",
  "message_reactions",
  "message_edits",
  "messaging_referrals",
  "messaging_optins",
  "messaging_handovers",
  "standby",
  "messaging_policy_enforcement",
  "feed",
] as const;

const everyMs = 10 * 60_000;
/** Soon after the start, and not while everything else begins. */
const firstMs = 15_000;

const subscribedApps = z.object({
  data: z.array(z.object({ id: z.string(), subscribed_fields: z.array(z.string()).optional() })),
});

export type Subscription =
  | { readonly type: "subscribed"; readonly missing: readonly string[]; readonly fields: readonly string[] }
  | { readonly type: "notSubscribed" }
  /** Meta refused; `revoked`: the token itself, not just this question. */
  | { readonly type: "refused"; readonly revoked: boolean; readonly reason: string }
  /** Nothing is known now. */
  | { readonly type: "unknown"; readonly reason: string };

/** Whether Meta sends this page's events to our app, by `GET /{page}/subscribed_apps`. */
export async function subscriptionOf(
  graph: Graph,
  page: Page,
  appId: string | undefined,
): Promise<Subscription> {
  const answer = await graph.call("GET", `${page.id}/subscribed_apps`, page);
  if (answer.type !== "answered") return { type: "unknown", reason: answer.reason };
  if (answer.status >= 300) {
    const failure = graphFailure(answer);
    if (failure.class === "transient" || failure.class === "rate")
      return { type: "unknown", reason: failure.reason };
    return { type: "refused", revoked: failure.code === 190, reason: failure.reason };
  }
  const read = subscribedApps.safeParse(jsonOf(answer.body));
  if (!read.success) return { type: "unknown", reason: "an answer of an unexpected form" };
  const app = read.data.data.find(({ id }) => appId === undefined || id === appId);
  if (app === undefined) return { type: "notSubscribed" };
  const fields = app.subscribed_fields ?? [];
  return { type: "subscribed", fields, missing: neededFields.filter((field) => !fields.includes(field)) };
}

export interface PageWatchParts {
  readonly settings: MessengerSettings;
  readonly graph: Graph;
  readonly health: PageHealth;
  readonly observer: ProviderObserver;
}

/**
 * Asks Meta regularly whether the page's events still come to us: after an hour of failures Meta switches them off
 * without a word, and then nothing arrives any more. Alarms at each change.
 */
export class PageWatch {
  readonly #parts: PageWatchParts;
  readonly #alarms = new Map<string, string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: PageWatchParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#later(firstMs);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #later(waitMs: number): void {
    this.#timer = setTimeout(() => {
      void this.look().finally(() => {
        if (this.#timer !== undefined) this.#later(everyMs);
      });
    }, waitMs);
  }

  /** Looks at each page once. Never throws. */
  async look(): Promise<void> {
    const { settings, graph, health } = this.#parts;
    for (const page of settings.pages.values()) {
      const found = await subscriptionOf(graph, page, settings.appId);
      switch (found.type) {
        case "unknown":
          break;
        case "refused":
          if (found.revoked) health.stop(page.id, found.reason);
          break;
        case "notSubscribed":
          health.resume(page.id);
          this.#alarm(
            page.id,
            "Meta does not send this page's events to the app: npx kumusta setup messenger",
          );
          break;
        case "subscribed":
          health.resume(page.id);
          this.#alarm(
            page.id,
            found.missing.length === 0 ? undefined : `not subscribed to ${found.missing.join(", ")}`,
          );
          break;
      }
    }
  }

  #alarm(page: string, reason: string | undefined): void {
    const { observer } = this.#parts;
    const before = this.#alarms.get(page);
    if (reason === before) return;
    if (reason === undefined) {
      this.#alarms.delete(page);
      observer.health(channelName, page, true, "subscribed again");
    } else {
      this.#alarms.set(page, reason);
      observer.health(channelName, page, false, reason);
    }
  }
}
