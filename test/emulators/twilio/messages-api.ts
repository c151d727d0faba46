import { z } from "zod";
import { smsParts } from "../../../src/basics/sms-parts.ts";

/* What Twilio's Messages resource takes of us, as strictly as Twilio: anything else is a breach. */

/** One send of ours, as Twilio saw it. */
export interface SentText {
  readonly sid: string;
  readonly to: string;
  /** A number, or the SID of a Messaging Service. */
  readonly from: string;
  readonly body: string;
  readonly statusCallback: string;
}

export interface Refusal {
  readonly status: number;
  readonly code: number;
  readonly message: string;
}

const phone = z.string().regex(/^\+[1-9]\d{6,14}$/u);
const shape = z
  .strictObject({
    To: phone,
    From: phone.optional(),
    MessagingServiceSid: z
      .string()
      .regex(/^MG[0-9a-f]{32}$/u)
      .optional(),
    Body: z.string().min(1),
    StatusCallback: z.url(),
  })
  .refine(({ From, MessagingServiceSid }) => (From === undefined) !== (MessagingServiceSid === undefined), {
    message: "either From or MessagingServiceSid",
  });

/** Characters of one Body (Twilio, "Message resource"). */
const mostCharacters = 1_600;

/** Numbers that always fail (Twilio, "Test credentials"). */
const magicTo: Readonly<Record<string, number>> = {
  "+15005550001": 21211,
  "+15005550002": 21612,
  "+15005550003": 21408,
  "+15005550004": 21610,
  "+15005550009": 21614,
};
const magicFrom: Readonly<Record<string, number>> = {
  "+15005550001": 21212,
  "+15005550007": 21606,
  "+15005550008": 21611,
};

export interface Rules {
  readonly senders: ReadonlySet<string>;
  /** Where status callbacks must go. */
  readonly publicUrl: string;
}

/** The send that a form asks for; `breach` where Twilio, or our own house, does not allow it. */
export function readSend(
  form: URLSearchParams,
  sid: string,
  { senders, publicUrl }: Rules,
): { readonly text: SentText } | { readonly refusal: Refusal; readonly breach?: string } {
  const parsed = shape.safeParse(Object.fromEntries(form));
  if (!parsed.success || [...form.keys()].length !== new Set(form.keys()).size) {
    const what = parsed.error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ");
    return { refusal: refusalOf(21604), breach: `a send that cannot be read: ${what ?? "a field twice"}` };
  }
  const { To: to, From, MessagingServiceSid, Body: body, StatusCallback: statusCallback } = parsed.data;
  const from = From ?? MessagingServiceSid ?? "";
  if (body.length > mostCharacters)
    return { refusal: refusalOf(21617), breach: `${String(body.length)} characters in one text` };
  if (!statusCallback.startsWith(`${publicUrl}/webhooks/sms/status?`))
    return { refusal: refusalOf(21609), breach: `statuses would go to ${statusCallback}` };
  const magic = magicTo[to] ?? magicFrom[from];
  if (magic !== undefined) return { refusal: refusalOf(magic) };
  if (!senders.has(from)) return { refusal: refusalOf(21606), breach: `${from} is no sender of ours` };
  return { text: { sid, to, from, body, statusCallback } };
}

const messages: Readonly<Record<number, string>> = {
  20003: "Authenticate",
  20429: "Too Many Requests",
  21610: "Attempt to send to unsubscribed recipient",
  21617: "The concatenated message body exceeds the 1600 character limit",
};

export function refusalOf(code: number, status = 400): Refusal {
  return { status, code, message: messages[code] ?? "Refused" };
}

/** The answer to a send that was taken: numbers are text, a service counts its parts only later. */
export function takenAnswer({ sid, to, from, body }: SentText, accountSid: string): object {
  const isService = from.startsWith("MG");
  return {
    sid,
    account_sid: accountSid,
    api_version: "2010-04-01",
    body,
    to,
    from: isService ? null : from,
    messaging_service_sid: isService ? from : null,
    status: isService ? "accepted" : "queued",
    num_segments: isService ? "0" : String(smsParts(body).parts),
    num_media: "0",
    direction: "outbound-api",
    error_code: null,
    error_message: null,
    date_created: new Date().toUTCString(),
    date_sent: null,
  };
}
