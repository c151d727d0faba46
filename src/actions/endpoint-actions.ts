import { z } from "zod";
import type { Json } from "../basics/activity.ts";
import { KumustaError } from "../basics/errors.ts";
import type { Clock } from "../basics/time.ts";
import type { DeclaredAction } from "../content/content.ts";
import type { Action, ActionBook, ActionContext } from "../turn/ports.ts";
import { signatureHeader, signatureOf, timestampHeader } from "./signature.ts";

/** One request to the business, as it travels. */
export interface EndpointRequest {
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface EndpointAnswer {
  readonly status: number;
  readonly retryAfter?: string | undefined;
  readonly body: string;
}

/**
 * Carries one request to the business and its answer back. Rejects with `action.unavailable` when nobody answered.
 */
export type Endpoint = (request: EndpointRequest, signal: AbortSignal) => Promise<EndpointAnswer>;

export interface EndpointActionsOptions {
  readonly endpoint: Endpoint;
  /** Key of the signature that both sides know. */
  readonly secret: string;
  readonly clock: Clock;
  /** What the content that serves now says of an action; undefined for one that it does not declare. */
  readonly declared: (action: string) => DeclaredAction | undefined;
}

/** How long one try may take, ms. */
export const timeoutMs = 10_000;
/** Longest answer that is read, characters. */
export const longestAnswer = 65_536;
/** A field of an answer is shown to customers: it is a short text, a number, or yes or no. */
const field = z.union([z.string().max(2_000), z.number(), z.boolean(), z.null()]);
const answer = z
  .record(z.string().regex(/^[a-z][A-Za-z0-9]*$/u), field)
  .refine((fields) => Object.keys(fields).length <= 50);

/** The actions of a business that answers over HTTP: whatever a flow calls is a signed POST to its one address. */
export function endpointActions(options: EndpointActionsOptions): ActionBook {
  return {
    get: (name): Action | undefined => {
      const declared = options.declared(name);
      if (declared === undefined) return undefined;
      return {
        name,
        timeoutMs,
        perform: (input, context) => perform(options, { name, declared, input, context }),
      };
    },
  };
}

interface Wanted {
  readonly name: string;
  readonly declared: DeclaredAction;
  readonly input: Readonly<Record<string, Json>>;
  readonly context: ActionContext;
}

async function perform(
  { endpoint, secret, clock }: EndpointActionsOptions,
  { name, declared, input, context }: Wanted,
): Promise<Json> {
  const { contact, verified, conversation, idempotencyKey, signal } = context;
  if (declared.personal !== "none" && !verified) throw new KumustaError("action.unproved", [name]);
  const body = JSON.stringify({ action: name, input, contact, verified, conversation, idempotencyKey });
  const timestamp = String(Math.floor(clock.now() / 1_000));
  const headers = {
    "content-type": "application/json",
    "idempotency-key": idempotencyKey,
    [timestampHeader]: timestamp,
    [signatureHeader]: signatureOf(secret, timestamp, body),
  };
  const answered = await endpoint({ headers, body }, signal);
  const { status } = answered;
  if (status === 429 || status >= 500)
    throw new KumustaError("action.unavailable", [`${name}: status ${String(status)}`], retryAfter(answered));
  if (status < 200 || status >= 300)
    throw new KumustaError("action.refused", [`${name}: status ${String(status)}`]);
  return fieldsOf(name, declared.gives, answered.body);
}

function retryAfter({ retryAfter: given }: EndpointAnswer): { retryAfterSeconds?: number } {
  return given !== undefined && /^\d{1,4}$/u.test(given) ? { retryAfterSeconds: Number(given) } : {};
}

/** The answer's fields, if it is what the content was written for. Never says what was in them. */
function fieldsOf(name: string, gives: readonly string[], body: string): Json {
  if (body.length > longestAnswer) throw new KumustaError("action.answer", [`${name}: it is too long`]);
  const read = answer.safeParse(parsed(body));
  if (!read.success)
    throw new KumustaError("action.answer", [`${name}: it is not one object of plain fields`]);
  const missing = gives.filter((one) => !(one in read.data));
  if (missing.length > 0)
    throw new KumustaError("action.answer", [`${name}: it lacks ${missing.join(", ")}`]);
  return read.data;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
