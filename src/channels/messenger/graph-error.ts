import { z } from "zod";
import type { ProviderAnswer } from "../provider-http.ts";

/** Whose matter a failure is, which decides what to do next. */
export type FailureClass = "transient" | "rate" | "auth" | "recipient" | "policy" | "payload";

export interface GraphFailure {
  readonly class: FailureClass;
  readonly code: number | undefined;
  readonly subcode: number | undefined;
  /** For logs and rows: status and codes. Never Meta's message, which may repeat what was sent. */
  readonly reason: string;
  /** How long Meta wants us to stay away, ms. */
  readonly waitMs: number | undefined;
}

type Answered = Extract<ProviderAnswer, { type: "answered" }>;

const errorBody = z.object({
  error: z.object({
    code: z.number(),
    error_subcode: z.number().optional().catch(undefined),
  }),
});

const minuteMs = 60_000;
/** Where Meta says “too much” without a time. */
const rateWaitMs = minuteMs;

const rateCodes: ReadonlySet<number> = new Set([4, 17, 32, 613, 80_001, 80_002, 80_006]);
const permissionCodes: ReadonlySet<number> = new Set([10, 199, 299]);
const outsideWindow: ReadonlySet<number> = new Set([2_018_278, 2_534_022]);
const unreachable: ReadonlySet<number> = new Set([1_545_041, 2_018_001]);

/**
 * Decides on status, code and subcode, never on the message, which is localised (Messenger Platform: error codes).
 * The subcode comes first: 10 and 200 mean a permission, but with theirs a closed window or a blocked page.
 */
function classOf(status: number, code: number | undefined, subcode: number | undefined): FailureClass {
  if (subcode !== undefined && outsideWindow.has(subcode)) return "policy";
  if (subcode !== undefined && unreachable.has(subcode)) return "recipient";
  if (code === undefined) {
    if (status === 429) return "rate";
    if (status === 401 || status === 403) return "auth";
    return status >= 500 ? "transient" : "payload";
  }
  if (code === 551) return "recipient";
  if (rateCodes.has(code)) return "rate";
  if (code === 190) return "auth";
  // With a subcode that we don't know it is about this message; without one the page lost a permission.
  if (permissionCodes.has(code) || (code >= 200 && code < 230))
    return subcode === undefined ? "auth" : "policy";
  if (code === 368) return "policy";
  if (code === 1 || code === 2 || code === 1200) return "transient";
  if (status === 429) return "rate";
  return status >= 500 ? "transient" : "payload";
}

/** What a refusal of the Graph API means. */
export function graphFailure({ status, headers, body }: Answered): GraphFailure {
  const read = errorBody.safeParse(jsonOf(body));
  const code = read.success ? read.data.error.code : undefined;
  const subcode = read.success ? read.data.error.error_subcode : undefined;
  const kind = classOf(status, code, subcode);
  const codes = [code, subcode].filter((part) => part !== undefined).join("/");
  return {
    class: kind,
    code,
    subcode,
    reason: `${kind}: HTTP ${String(status)}${codes === "" ? "" : `, error ${codes}`}`,
    waitMs: waitOf(headers) ?? (kind === "rate" ? rateWaitMs : undefined),
  };
}

const usage = z.record(
  z.string(),
  z.array(
    z
      .object({ estimated_time_to_regain_access: z.number().min(0) })
      .catch({ estimated_time_to_regain_access: 0 }),
  ),
);

/** `Retry-After` in seconds, or the minutes of X-Business-Use-Case-Usage (Graph API: rate limiting). */
function waitOf(headers: Answered["headers"]): number | undefined {
  const seconds = Number(headers["retry-after"]);
  if (headers["retry-after"] !== undefined && seconds >= 0) return seconds * 1_000;
  const read = usage.safeParse(jsonOf(headers["x-business-use-case-usage"] ?? ""));
  if (!read.success) return undefined;
  const minutes = Object.values(read.data)
    .flat()
    .reduce((most, { estimated_time_to_regain_access: given }) => Math.max(most, given), 0);
  return minutes > 0 ? minutes * minuteMs : undefined;
}

/** JSON or undefined. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
