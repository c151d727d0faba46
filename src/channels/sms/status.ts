import type { Receipt } from "../../turn/ports.ts";
import { contactNewsOf } from "./failure.ts";
import type { ContactNews } from "./gateway.ts";
import { textOf, type Params } from "./params.ts";
import { channelName, isMessagingService } from "./settings.ts";
import { outboxParam } from "./twilio-gateway.ts";

/** What a status callback says of a text of ours. */
export interface StatusNews {
  readonly receipt: Receipt;
  /** Where it went, and what the failure says of the contact. */
  readonly contact?: { readonly news: ContactNews; readonly account: string; readonly to: string };
}

/** Twilio's words for the life of a message ("Message resource", Status values); the others say nothing yet. */
const standings: Readonly<Record<string, Receipt["status"]>> = {
  sent: "sent",
  delivered: "delivered",
  partially_delivered: "delivered",
  read: "read",
  undelivered: "failed",
  failed: "failed",
  canceled: "failed",
};

const fineOutboxId = /^[\w.-]{1,100}$/u;

/** Reads a status callback; undefined for one that settles nothing. They come in any order: the store minds it. */
export function parseStatus(
  params: Params,
  query: URLSearchParams,
  from: string,
  at: number,
): StatusNews | undefined {
  const word = (textOf(params, "MessageStatus") ?? textOf(params, "SmsStatus") ?? "").toLowerCase();
  const status = Object.hasOwn(standings, word) ? standings[word] : undefined;
  const providerId = textOf(params, "MessageSid", 64) ?? textOf(params, "SmsSid", 64);
  const given = query.get(outboxParam) ?? "";
  const outboxId = fineOutboxId.test(given) ? given : undefined;
  if (status === undefined || (providerId === undefined && outboxId === undefined)) return undefined;
  const written = textOf(params, "ErrorCode", 10) ?? "";
  const code = /^\d+$/u.test(written) ? Number(written) : undefined;
  const receipt: Receipt = {
    channel: channelName,
    ...(outboxId === undefined ? {} : { outboxId }),
    ...(providerId === undefined ? {} : { providerId }),
    status,
    ...(status === "failed"
      ? { reason: `Twilio ${word}${code === undefined ? "" : ` code ${String(code)}`}` }
      : {}),
    at,
  };
  const news = status === "failed" ? contactNewsOf(code) : undefined;
  const to = textOf(params, "To");
  const account = isMessagingService(from) ? from : textOf(params, "From");
  if (news === undefined || to === undefined || account === undefined) return { receipt };
  return { receipt, contact: { news, account, to } };
}
