import { createHash } from "node:crypto";
import {
  contentTypes,
  locationAttachment,
  type Attachment,
  type InboundActivity,
  type Json,
  type Source,
} from "../../basics/activity.ts";
import { cleanText } from "../webchat/clean-text.ts";
import type { MessengerEvent, Thread } from "./events.ts";
import type { WireEvent } from "./wire.ts";

/** One event of a webhook, where it stood and when it happened. */
export interface GivenEvent {
  readonly page: string;
  readonly event: WireEvent;
  readonly at: number;
  readonly standby: boolean;
  /** Its place in the request: breaks ties of time. */
  readonly sequence: number;
}

/** More than Messenger lets anybody type, characters. */
const longestText = 20_000;
const longestUrl = 2_000;

const ignored = (what: string): MessengerEvent => ({ type: "ignored", what });
const cut = (text: string | undefined, longest = longestText) =>
  cleanText(text ?? "")
    .slice(0, longest)
    .toWellFormed();
/** Names what came without an id of its own: the same at every delivery, short, and of plain characters. */
const fingerprint = (...parts: readonly (string | undefined)[]) =>
  createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);

/** What one event says, by the key that is there. */
export function readEvent(given: GivenEvent): MessengerEvent {
  const { event, page } = given;
  if (event.policy_enforcement !== undefined) {
    const { action = "", reason = "" } = event.policy_enforcement;
    return { type: "policy", page, action: cut(action, 100), reason: cut(reason, 500) };
  }
  const { message, sender, recipient } = event;
  // An echo goes from the page to the customer; everything else the other way.
  const customer = message?.is_echo === true ? recipient?.id : sender?.id;
  if (customer === undefined) return ignored(event.sender === undefined ? "event" : "user_ref");
  const thread: Thread = { page, customer };
  if (message !== undefined) return readMessage(given, thread, message);
  if (event.postback !== undefined) return readPostback(given, thread, event.postback);
  return readReceipt(given, thread) ?? readControl(given, thread) ?? readOccurrence(given, thread);
}

function arrival(
  { standby }: GivenEvent,
  thread: Thread,
  externalId: string,
  activity: InboundActivity,
): MessengerEvent {
  return { type: "arrival", ...thread, externalId, activity, standby };
}

function readMessage(
  given: GivenEvent,
  thread: Thread,
  message: NonNullable<WireEvent["message"]>,
): MessengerEvent {
  const { at: sentAt, sequence } = given;
  const { mid, metadata, app_id: appId } = message;
  if (mid === undefined) return ignored("message");
  if (message.is_echo === true) return { type: "echo", ...thread, mid, appId, metadata, at: sentAt };
  const happened = { sentAt, sequence, ...sourceOf(message.referral) };
  const text = cut(message.text);
  const payload = message.quick_reply?.payload;
  if (payload !== undefined)
    return arrival(given, thread, mid, { type: "choice", text, payload: cut(payload, 1_000), ...happened });
  const attachments = (message.attachments ?? []).slice(0, 30).map(attachmentOf);
  return arrival(given, thread, mid, {
    type: "message",
    text,
    ...(attachments.length > 0 ? { attachments } : {}),
    ...happened,
  });
}

function readPostback(
  given: GivenEvent,
  thread: Thread,
  { mid, title, payload, referral }: NonNullable<WireEvent["postback"]>,
): MessengerEvent {
  const { at: sentAt, sequence } = given;
  const externalId = mid ?? `postback:${fingerprint(thread.customer, String(sentAt), payload)}`;
  const happened = { sentAt, sequence, ...sourceOf(referral) };
  const text = cut(title);
  // In standby Meta leaves the payload out: what the customer saw on the button is all we know.
  if (payload === undefined)
    return arrival(given, thread, externalId, { type: "message", text, ...happened });
  return arrival(given, thread, externalId, {
    type: "choice",
    text,
    payload: cut(payload, 1_000),
    ...happened,
  });
}

function readReceipt({ event, at }: GivenEvent, thread: Thread): MessengerEvent | undefined {
  const { delivery, read } = event;
  if (delivery !== undefined) {
    const { mids = [], watermark = at } = delivery;
    return { type: "receipt", ...thread, status: "delivered", mids, watermark };
  }
  if (read === undefined) return undefined;
  return { type: "receipt", ...thread, status: "read", mids: [], watermark: read.watermark ?? at };
}

function readControl({ event, at }: GivenEvent, thread: Thread): MessengerEvent | undefined {
  const { pass_thread_control: passed, take_thread_control: taken } = event;
  const control = passed ?? taken;
  if (control === undefined) return undefined;
  const op = passed === undefined ? "take" : "pass";
  return { type: "control", ...thread, op, newOwner: control.new_owner_app_id, at };
}

/** What happens without words: recorded as events, some of which open the window for replies. */
function readOccurrence(given: GivenEvent, thread: Thread): MessengerEvent {
  const { event, at } = given;
  const happens = (
    name: string,
    key: string,
    value: { readonly [field: string]: Json },
    byCustomer: boolean,
    more: { readonly source?: Source } = {},
  ) =>
    arrival(given, thread, `${name}:${key}`, {
      type: "event",
      name,
      value,
      ...(byCustomer ? { byCustomer: true as const } : {}),
      sentAt: at,
      sequence: given.sequence,
      ...more,
    });
  const { referral, reaction, message_edit: edit, optin, account_linking: linking } = event;
  if (referral !== undefined)
    return happens("referral", String(at), { type: cut(referral.type, 100) }, true, sourceOf(referral));
  if (reaction !== undefined) {
    const { mid = "", action = "react", emoji = "" } = reaction;
    return happens(
      "message.reacted",
      fingerprint(mid, action, String(at)),
      { mid, action: cut(action, 20), emoji: cut(emoji, 20) },
      action === "react",
    );
  }
  if (edit !== undefined) {
    const { mid = "", num_edit: edits = 0 } = edit;
    return happens("message.edited", `${mid}:${String(edits)}`, { mid, edits, text: cut(edit.text) }, true);
  }
  if (optin !== undefined) {
    const { type = "", ref = "", payload = "" } = optin;
    const value = { type: cut(type, 100), ref: cut(ref, 1_000), payload: cut(payload, 1_000) };
    return happens("contact.optin", fingerprint(type, ref, payload, String(at)), value, true);
  }
  if (linking !== undefined)
    return happens("contact.linked", String(at), { status: cut(linking.status, 100) }, false);
  if (event.request_thread_control !== undefined) return happens("thread.requested", String(at), {}, false);
  return ignored(event.app_roles === undefined ? "event" : "app_roles");
}

function sourceOf(referral: WireEvent["referral"]): { source?: Source } {
  if (referral === undefined) return {};
  const { ref, source, ad_id: ad } = referral;
  const campaign = ref ?? ad;
  return {
    source: {
      ...(campaign === undefined ? {} : { campaign: cut(campaign, 1_000) }),
      ...(source === undefined ? {} : { referrer: cut(source, 200) }),
    },
  };
}

const mediaTypes: Readonly<Record<string, string>> = {
  image: "image/*",
  sticker: contentTypes.sticker,
  audio: "audio/*",
  video: "video/*",
  file: "application/octet-stream",
};

type WireAttachment = NonNullable<NonNullable<WireEvent["message"]>["attachments"]>[number];

/**
 * A picture, voice note or file where Meta keeps it; a shared post by what it is. Never fetched by us. Meta sends a
 * sticker, the thumb of its button among them, also as an image with a `sticker_id` (Messenger Platform: webhook
 * event reference, messages).
 */
function attachmentOf({ type, payload }: WireAttachment): Attachment {
  const { url, sticker_id: sticker, coordinates } = payload ?? {};
  if (type === "location" && coordinates !== undefined)
    return locationAttachment(coordinates.lat, coordinates.long);
  const kind = type.replace(/[^a-z0-9_.-]/gu, "").slice(0, 40);
  return {
    contentType:
      sticker === undefined ? (mediaTypes[type] ?? `application/vnd.meta.${kind}`) : contentTypes.sticker,
    ...(url !== undefined && url.length <= longestUrl ? { contentUrl: url } : {}),
    ...(payload?.title === undefined ? {} : { name: cut(payload.title, 200) }),
  };
}
