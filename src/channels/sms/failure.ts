import { leavesOpen } from "../provider-http.ts";
import type { ContactNews, SendEnd } from "./gateway.ts";

/** What a refusal means for this text, for the contact and for us (Twilio, "Error and warning dictionary"). */
export type FailureClass = "rate" | "transient" | "auth" | "recipient" | "policy" | "payload";

const classes: Readonly<Record<number, FailureClass>> = {
  20429: "rate",
  21611: "rate",
  30001: "transient",
  30008: "transient",
  30003: "transient",
  20003: "auth",
  20005: "auth",
  30002: "auth",
  21211: "recipient",
  21612: "recipient",
  21614: "recipient",
  21635: "recipient",
  30005: "recipient",
  30006: "recipient",
  21610: "policy",
  21408: "policy",
  30004: "policy",
  30007: "policy",
  63016: "policy",
};

/** How long an account that was refused is left before the next try, ms: an operator must put it right. */
const refusedAccountMs = 5 * 60_000;
/** The sender's queue at Twilio is full (21611): it drains at one text a second or so, ms. */
const fullQueueMs = 30_000;

/** By Twilio's code where it names one, else by the HTTP status. */
export function classOf(status: number, code: number | undefined): FailureClass {
  const named = code === undefined ? undefined : classes[code];
  if (named !== undefined) return named;
  if (status === 429) return "rate";
  if (status === 401 || status === 403) return "auth";
  return status >= 500 ? "transient" : "payload";
}

/** What the failure says of the contact. 21610: Twilio took their STOP; the others: the number takes no texts. */
export function contactNewsOf(code: number | undefined): ContactNews | undefined {
  if (code === 21610) return "optedOut";
  return code !== undefined && classes[code] === "recipient" ? "unreachable" : undefined;
}

/** The end of a send that Twilio refused. `retryAfter`: seconds that it asked us to wait. */
export function endOfRefusal(
  status: number,
  code: number | undefined,
  retryAfter: number | undefined,
): SendEnd {
  const reason = `Twilio ${String(status)}${code === undefined ? "" : ` code ${String(code)}`}`;
  switch (classOf(status, code)) {
    case "rate": {
      const afterMs = retryAfter === undefined ? undefined : retryAfter * 1_000;
      const wait = code === 21611 ? Math.max(afterMs ?? 0, fullQueueMs) : afterMs;
      return { delivery: { status: "retry", reason, ...(wait === undefined ? {} : { afterMs: wait }) } };
    }
    case "transient":
      return {
        delivery: { status: leavesOpen(status, code !== undefined) ? "ambiguous" : "retry", reason },
      };
    case "auth":
      return { delivery: { status: "retry", afterMs: refusedAccountMs, reason }, accountRefused: true };
    case "recipient":
    case "policy":
    case "payload": {
      const contact = contactNewsOf(code);
      return { delivery: { status: "refused", reason }, ...(contact === undefined ? {} : { contact }) };
    }
  }
}
