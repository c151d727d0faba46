import { setTimeout as pause } from "node:timers/promises";
import type { ActionResultActivity, Json } from "../basics/activity.ts";
import { KumustaError, reasonOf } from "../basics/errors.ts";
import type { ActionRequest } from "../conversation/decision.ts";
import type { Action, ConversationRow } from "./ports.ts";

/** Tries of one action before its flow hears that it failed; the waits between them, ms. */
const waits = [500, 2_000];

export type ActionResult = ActionResultActivity["result"];

async function once(
  action: Action,
  request: ActionRequest,
  conversation: ConversationRow,
  key: string,
): Promise<Json> {
  const limit = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      limit.abort();
      reject(new KumustaError("action.timeout", [action.name]));
    }, action.timeoutMs);
  });
  try {
    return await Promise.race([
      action.perform(request.input, {
        idempotencyKey: key,
        contact: conversation.contact,
        signal: limit.signal,
      }),
      late,
    ]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Performs a business action, again where it failed, always with the same idempotency key. Never throws: a
 * failure is a result too, and the flow that waits for it goes on.
 */
export async function performAction(
  action: Action | undefined,
  request: ActionRequest,
  conversation: ConversationRow,
  key: string,
): Promise<ActionResult> {
  if (action === undefined)
    return { ok: false, reason: new KumustaError("action.unknown", [request.action]).message };
  for (let attempt = 0; ; attempt++) {
    try {
      return { ok: true, value: await once(action, request, conversation, key) };
    } catch (thrown) {
      const wait = waits[attempt];
      if (wait === undefined) return { ok: false, reason: reasonOf(thrown) };
      await pause(wait);
    }
  }
}
