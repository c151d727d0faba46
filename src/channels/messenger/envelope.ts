import { idForm, lastTime, type WireEvent } from "./wire.ts";

/* What every webhook is wrapped in, and the event that most of them hold, read without schemas, which left 6 KB for the
 * collector at each webhook (docs/performance.md). As forgiving as the schemas of wire.ts. */

/** The most entries that are read of one webhook: Meta sends no more than 1,000 updates at once (Graph API, Webhooks). */
const mostEntries = 1_000;
const none: readonly unknown[] = [];

/** A webhook as a whole; undefined for what is none. */
export function readBody(
  given: unknown,
): { readonly object: string; readonly entries: readonly unknown[] } | undefined {
  if (typeof given !== "object" || given === null || !("object" in given) || !("entry" in given))
    return undefined;
  const { object, entry } = given;
  return typeof object === "string" && Array.isArray(entry) && entry.length <= mostEntries
    ? { object, entries: entry }
    : undefined;
}

export interface Entry {
  readonly page: string;
  /** Epoch ms. */
  readonly time: number | undefined;
  readonly messaging: readonly unknown[];
  readonly standby: readonly unknown[];
  readonly changes: readonly unknown[];
}

/** What happened on one page; undefined where no page is named. */
export function readEntry(given: unknown): Entry | undefined {
  if (typeof given !== "object" || given === null || !("id" in given)) return undefined;
  const page = idOf(given.id);
  if (page === undefined) return undefined;
  return {
    page,
    time: "time" in given ? timeOf(given.time) : undefined,
    messaging: "messaging" in given ? listOf(given.messaging) : none,
    standby: "standby" in given ? listOf(given.standby) : none,
    changes: "changes" in given ? listOf(given.changes) : none,
  };
}

/** What changes the sense of a message that has words: then it is read by its schema. */
const besideWords = ["quick_reply", "attachments", "is_echo", "referral"];

/** An event that is a customer's words and nothing that we would read besides; undefined for any other. */
export function readWords(given: unknown): WireEvent | undefined {
  if (typeof given !== "object" || given === null || !("message" in given) || !("sender" in given))
    return undefined;
  const { message, sender } = given;
  if (typeof message !== "object" || message === null || !("mid" in message) || !("text" in message))
    return undefined;
  const { mid, text } = message;
  const from = typeof sender === "object" && sender !== null && "id" in sender ? sender.id : undefined;
  const at = "timestamp" in given ? timeOf(given.timestamp) : undefined;
  if (typeof from !== "string" || !idForm.test(from) || typeof mid !== "string" || !idForm.test(mid))
    return undefined;
  if (typeof text !== "string" || at === undefined || "policy_enforcement" in given) return undefined;
  for (const field of besideWords) if (field in message) return undefined;
  return { sender: { id: from }, timestamp: at, message: { mid, text } };
}

function idOf(given: unknown): string | undefined {
  const id = typeof given === "number" && Number.isFinite(given) ? String(given) : given;
  return typeof id === "string" && idForm.test(id) ? id : undefined;
}

function timeOf(given: unknown): number | undefined {
  return typeof given === "number" && Number.isInteger(given) && given >= 0 && given <= lastTime
    ? given
    : undefined;
}

function listOf(given: unknown): readonly unknown[] {
  return Array.isArray(given) ? given : none;
}
