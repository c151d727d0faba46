import {
  contentTypes,
  locationAttachment,
  type Attachment,
  type InboundActivity,
} from "../../basics/activity.ts";
import { tapOf } from "./button-data.ts";
import { updateSchema, type Message, type Update } from "./update.ts";

/** What one update means to us. */
export type Parsed =
  | {
      readonly type: "activity";
      readonly chat: string;
      readonly contact: string;
      /** The same for each delivery of the same update. */
      readonly externalId: string;
      readonly activity: InboundActivity;
      /** A tapped button spins until it is answered. */
      readonly callback?: string | undefined;
    }
  /** Somebody speaks to the bot in a group, where whatever it says all can read. */
  | { readonly type: "group"; readonly chat: string }
  | { readonly type: "ignored"; readonly what: string };

/**
 * Reads one update. Never throws: Telegram repeats what is refused for a day and holds that chat up meanwhile, so
 * what cannot be read is counted and let go.
 * @param receivedAt epoch ms: the time of a tap, which carries none of its own
 * @param start intent that a tap on Start means; undefined: nothing
 */
export function parseUpdate(json: unknown, receivedAt: number, start: string | undefined): Parsed {
  const read = updateSchema.safeParse(json);
  if (!read.success) return { type: "ignored", what: "unreadable" };
  const update = read.data;
  if (update.message !== undefined) return parseMessage(update, update.message, start);
  if (update.callback_query !== undefined) return parseTap(update, update.callback_query, receivedAt);
  if (update.my_chat_member !== undefined) return parseMembership(update, update.my_chat_member);
  return { type: "ignored", what: update.edited_message === undefined ? "unknown" : "edit" };
}

/** The message's or tap's own id stands beside the update's: update ids may begin anew after a quiet week. */
function externalIdOf(update: Update, own: number | string): string {
  return `${String(update.update_id)}.${String(own)}`;
}

function parseMessage(update: Update, message: Message, startIntent: string | undefined): Parsed {
  if (message.chat.type !== "private")
    return isForUs(message)
      ? { type: "group", chat: String(message.chat.id) }
      : { type: "ignored", what: "group" };
  const { from } = message;
  if (from === undefined || from.is_bot) return { type: "ignored", what: "bot" };
  const happened = {
    sentAt: message.date * 1_000,
    sequence: message.message_id,
    ...(from.language_code === undefined ? {} : { locale: from.language_code }),
  };
  const start = /^\/start(?:@\w+)?(?:\s+(\S{1,64}))?$/u.exec(message.text ?? "");
  const attachments = attachmentsOf(message);
  const text = message.text ?? message.caption ?? "";
  return {
    type: "activity",
    chat: String(message.chat.id),
    contact: `telegram:${String(from.id)}`,
    externalId: externalIdOf(update, message.message_id),
    activity:
      start === null
        ? { ...happened, type: "message", text, ...(attachments.length > 0 ? { attachments } : {}) }
        : startOf(happened, startIntent, start[1]),
  };
}

/** Start is a tap on the greeting; the link that led here may name where it hung (`?start=poster-12`). */
function startOf(
  happened: Pick<InboundActivity, "sentAt" | "sequence" | "locale">,
  intent: string | undefined,
  ref: string | undefined,
): InboundActivity {
  const source = ref === undefined ? {} : { source: { campaign: ref } };
  return intent === undefined
    ? { ...happened, ...source, type: "event", name: "conversation.started" }
    : { ...happened, ...source, type: "choice", text: "/start", payload: `intent:${intent}` };
}

/** In a group, a command or a mention is for a bot; everything else is not our conversation. */
function isForUs(message: Message): boolean {
  return /^\/|@\w+bot\b/iu.test(message.text ?? "");
}

function parseTap(update: Update, tap: NonNullable<Update["callback_query"]>, receivedAt: number): Parsed {
  const { message, data } = tap;
  if (message?.chat.type !== "private" || data === undefined) return { type: "ignored", what: "tap" };
  return {
    type: "activity",
    chat: String(message.chat.id),
    contact: `telegram:${String(tap.from.id)}`,
    externalId: externalIdOf(update, tap.id),
    callback: tap.id,
    activity: {
      ...tapOf(data, titleOf(message, data)),
      sentAt: receivedAt,
      ...(tap.from.language_code === undefined ? {} : { locale: tap.from.language_code }),
    },
  };
}

/** The words on the button, as Telegram shows the message that it hangs under. */
function titleOf(
  message: NonNullable<NonNullable<Update["callback_query"]>["message"]>,
  data: string,
): string {
  const buttons = message.reply_markup?.inline_keyboard.flat() ?? [];
  return buttons.find(({ callback_data }) => callback_data === data)?.text ?? "";
}

function parseMembership(update: Update, change: NonNullable<Update["my_chat_member"]>): Parsed {
  const { chat, date, new_chat_member: now } = change;
  if (chat.type !== "private")
    return now.status === "member" || now.status === "administrator"
      ? { type: "group", chat: String(chat.id) }
      : { type: "ignored", what: "group" };
  return {
    type: "activity",
    chat: String(chat.id),
    contact: `telegram:${String(chat.id)}`,
    externalId: externalIdOf(update, "member"),
    activity: {
      type: "event",
      name: now.status === "kicked" ? "contact.unreachable" : "contact.reachable",
      sentAt: date * 1_000,
    },
  };
}

/** Telegram keeps the files; we keep their ids, with which a person can fetch them. */
function attachmentsOf(message: Message): Attachment[] {
  const kept = (
    contentType: string,
    file: { file_id: string; file_name?: string | undefined } | undefined,
  ) =>
    file === undefined
      ? []
      : [
          {
            contentType,
            content: { telegramFileId: file.file_id },
            ...(file.file_name === undefined ? {} : { name: file.file_name }),
          },
        ];
  const { sticker, location, contact } = message;
  return [
    // Sizes of one photograph, the largest last.
    ...kept("image/jpeg", message.photo?.at(-1)),
    ...kept(message.document?.mime_type ?? "application/octet-stream", message.document),
    ...kept(message.voice?.mime_type ?? "audio/ogg", message.voice),
    ...kept(message.audio?.mime_type ?? "audio/mpeg", message.audio),
    ...kept(message.video?.mime_type ?? "video/mp4", message.video),
    ...kept("video/mp4", message.video_note),
    ...kept(contentTypes.sticker, sticker),
    ...(location === undefined ? [] : [locationAttachment(location.latitude, location.longitude)]),
    ...(contact === undefined
      ? []
      : [{ contentType: contentTypes.contactCard, content: { phone: contact.phone_number } }]),
  ];
}
