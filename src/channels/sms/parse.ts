import type { Attachment } from "../../basics/activity.ts";
import { textOf, type Params } from "./params.ts";
import { channelName, isMessagingService } from "./settings.ts";
import type { OptWord } from "./opt-words.ts";

/** What one request of Twilio's to the inbound address means. */
export type Parsed =
  | {
      readonly type: "text";
      /** Our number or Messaging Service. */
      readonly account: string;
      /** The customer's number, E.164. */
      readonly from: string;
      readonly contact: string;
      /** Twilio's id of the message: the same at each delivery. */
      readonly messageSid: string;
      readonly text: string;
      readonly attachments: readonly Attachment[];
      /** Twilio acted on an opt-out word and told the customer so itself (Advanced Opt-Out). */
      readonly handled: OptWord | undefined;
    }
  | { readonly type: "ignored"; readonly what: string };

/** The longest text that Twilio joins together has 1,600 characters; other gateways join more. */
const mostCharacters = 10_000;
const mostMedia = 10;
const messageSid = /^(?:SM|MM)[0-9a-f]{32}$/iu;
const phoneNumber = /^\+[1-9]\d{6,14}$/u;
const handledWords: Readonly<Record<string, OptWord>> = { STOP: "stop", START: "start", HELP: "help" };

/** Reads the parameters of an inbound text. Never throws: what means nothing to us is ignored with its kind. */
export function parseInbound(params: Params, accountSid: string, from: string): Parsed {
  const sid = textOf(params, "MessageSid") ?? textOf(params, "SmsSid") ?? textOf(params, "SmsMessageSid");
  if (sid === undefined || !messageSid.test(sid)) return { type: "ignored", what: "noMessage" };
  if (textOf(params, "AccountSid") !== accountSid) return { type: "ignored", what: "otherAccount" };
  const customer = textOf(params, "From") ?? "";
  // A short code, a name or another of Twilio's channels: nobody that a text of ours could answer.
  if (!phoneNumber.test(customer)) return { type: "ignored", what: "noReplyPossible" };
  const account = accountOf(params, from);
  if (account === undefined) return { type: "ignored", what: "noRecipient" };
  const optOut = textOf(params, "OptOutType")?.toUpperCase() ?? "";
  return {
    type: "text",
    account,
    from: customer,
    contact: contactOf(customer),
    messageSid: sid,
    text: (params.get("Body")?.[0] ?? "").slice(0, mostCharacters),
    attachments: mediaOf(params, accountSid),
    handled: Object.hasOwn(handledWords, optOut) ? handledWords[optOut] : undefined,
  };
}

export function contactOf(phone: string): string {
  return `${channelName}:${phone}`;
}

/**
 * Where the customer wrote to. A number may stand in a Messaging Service and its texts then name both: only the
 * service that we send from is an account, else the number is, so that a customer's thread never splits.
 */
function accountOf(params: Params, from: string): string | undefined {
  if (isMessagingService(from) && textOf(params, "MessagingServiceSid") === from) return from;
  return textOf(params, "To", 60);
}

/** Twilio keeps the files; we keep where. Nothing is fetched, and an address elsewhere than at Twilio is not even kept. */
function mediaOf(params: Params, accountSid: string): Attachment[] {
  const count = Math.min(Number(textOf(params, "NumMedia") ?? 0) || 0, mostMedia);
  return Array.from({ length: Math.max(0, Math.floor(count)) }, (_, n): Attachment | undefined => {
    const url = URL.parse(textOf(params, `MediaUrl${String(n)}`, 2_000) ?? "");
    const contentType = textOf(params, `MediaContentType${String(n)}`) ?? "application/octet-stream";
    if (url?.origin !== "https://api.twilio.com" || url.username !== "" || url.password !== "")
      return { contentType };
    if (!url.pathname.startsWith(`/2010-04-01/Accounts/${accountSid}/`)) return { contentType };
    return { contentType, contentUrl: url.href };
  }).filter((file) => file !== undefined);
}
