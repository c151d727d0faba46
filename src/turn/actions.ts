import type { ActionResultActivity, Json } from "../basics/activity.ts";
import { KumustaError, reasonOf, type ErrorCode } from "../basics/errors.ts";
import type { ActionRequest } from "../conversation/decision.ts";
import type { Action, ConversationRow, Soon } from "./ports.ts";

/** Waits between the tries of one action before its flow hears that it failed, ms. */
const waits = [500, 2_000];
/** The longest that an endpoint may ask us to wait before the next try, ms: a customer waits too. */
const longestWaitMs = 20_000;

/** Failures that another try would only repeat. */
const final: ReadonlySet<ErrorCode> = new Set(["action.refused", "action.answer", "action.unproved"]);

export type ActionResult = ActionResultActivity["result"];

export interface ActionToPerform {
  /** Undefined where nobody defined it. */
  readonly action: Action | undefined;
  readonly request: ActionRequest;
  readonly idempotencyKey: string;
  /** The conversation as it stands when asked: proof may have been lost since the turn decided. */
  readonly current: () => Soon<ConversationRow | undefined>;
  readonly pause: (ms: number) => Promise<unknown>;
}

async function once(
  action: Action,
  { request, idempotencyKey }: ActionToPerform,
  { id, contact, state }: ConversationRow,
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
        idempotencyKey,
        contact,
        conversation: id,
        verified: state.verified,
        signal: limit.signal,
      }),
      late,
    ]);
  } finally {
    clearTimeout(timer);
  }
}

/** How long to wait before another try, ms; undefined when another try would end alike. */
function waitBefore(attempt: number, thrown: unknown): number | undefined {
  const wait = waits[attempt];
  if (wait === undefined || !(thrown instanceof KumustaError)) return wait;
  if (final.has(thrown.code)) return undefined;
  return Math.min(longestWaitMs, Math.max(wait, (thrown.retryAfterSeconds ?? 0) * 1_000));
}

/**
 * Performs a business action, again where trying again may help, always with the same idempotency key. What needs a
 * verified contact is asked for again before each try. Never throws: a failure is a result too, and the flow that
 * waits for it goes on.
 */
export async function performAction(wanted: ActionToPerform): Promise<ActionResult> {
  const { action, request, current, pause } = wanted;
  const refused = (code: "action.unknown" | "action.unproved"): ActionResult => ({
    ok: false,
    reason: new KumustaError(code, [request.action]).message,
  });
  if (action === undefined) return refused("action.unknown");
  for (let attempt = 0; ; attempt++) {
    try {
      const conversation = await current();
      if (conversation === undefined || (request.needs === "verified" && !conversation.state.verified))
        return refused("action.unproved");
      return { ok: true, value: await once(action, wanted, conversation) };
    } catch (thrown) {
      const wait = waitBefore(attempt, thrown);
      if (wait === undefined) return { ok: false, reason: reasonOf(thrown) };
      await pause(wait);
    }
  }
}
