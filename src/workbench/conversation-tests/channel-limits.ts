import type { Reply } from "../../basics/activity.ts";
import { smsParts } from "../../basics/sms-parts.ts";
import { limits as messengerLimits } from "../../channels/messenger/capabilities.ts";
import { messageOf, partsOf as messengerParts } from "../../channels/messenger/render.ts";
import { renderText } from "../../channels/sms/render.ts";
import { continueAddress } from "../../channels/webchat/continue-links.ts";
import { callOf, partsOf as telegramParts } from "../../channels/telegram/render.ts";

/** The address that a test's business has: files of its own are named by their path. */
const publicUrl = "https://shop.example";
const continueAt = () => continueAddress(publicUrl, "x".repeat(60));
/** Text messages that one reply may take, unless the operator says otherwise (SMS_MOST_PARTS). */
const mostTexts = 3;
/** Characters of a message and of a button, bytes of what a button sends back (Bot API: sendMessage, InlineKeyboardButton). */
const telegramLimits = { text: 4_096, callbackBytes: 64 } as const;

type Breaches = (reply: Reply) => readonly string[];

const sum = (list: readonly Reply[]) => list.flatMap(({ quickReplies = [] }) => quickReplies).length;

/** Meta shows 13 choices at the most; the bot never offers one that nobody sees. */
const onMessenger: Breaches = (reply) => {
  const parts = messengerParts(reply);
  const lost = (reply.quickReplies ?? []).length - sum(parts);
  return [
    ...(parts.length === 0 ? ["nothing that could be shown"] : []),
    ...(lost > 0 ? [`${String(lost)} choices that nobody sees`] : []),
    ...parts.flatMap((part) => {
      const message = messageOf(part, { publicUrl, continueAt });
      if (message === undefined) return ["a message that cannot be sent"];
      const { text = "", quick_replies: quick = [] } = message;
      return [
        ...(text.length > messengerLimits.text ? [`a text of ${String(text.length)} characters`] : []),
        ...(quick.length > messengerLimits.quickReplies ? [`${String(quick.length)} choices`] : []),
        ...quick.flatMap(({ title, payload }) =>
          title.length > messengerLimits.quickReplyTitle || payload.length > messengerLimits.payload
            ? [`the choice “${title}”`]
            : [],
        ),
      ];
    }),
  ];
};

const onSms: Breaches = (reply) => {
  const text = renderText(reply, {
    mostParts: mostTexts,
    publicUrl,
    continueAt,
  });
  const { parts } = smsParts(text);
  return [
    ...(text === "" ? ["nothing that could be sent"] : []),
    ...(parts > mostTexts ? [`${String(parts)} text messages`] : []),
  ];
};

const onTelegram: Breaches = (reply) => {
  const parts = telegramParts(reply);
  return [
    ...(parts.length === 0 ? ["nothing that could be shown"] : []),
    ...parts.flatMap((part) => {
      const call = callOf(part, "1", { publicUrl, continueAt });
      if (call === undefined) return ["a message that cannot be sent"];
      const { text } = part;
      const data = (JSON.stringify(call.payload).match(/"callback_data":"(?:[^"\\]|\\.)*"/gu) ?? []).map(
        (found) => Buffer.byteLength(String(JSON.parse(found.slice('"callback_data":'.length)))),
      );
      return [
        ...(text.length > telegramLimits.text ? [`a text of ${String(text.length)} characters`] : []),
        ...data.flatMap((bytes) =>
          bytes < 1 || bytes > telegramLimits.callbackBytes
            ? [`a button that sends ${String(bytes)} bytes`]
            : [],
        ),
      ];
    }),
  ];
};

/** Direct Line shows any text and any number of choices; an empty reply it shows as an empty bubble. */
const onWebchat: Breaches = ({ text, attachments = [] }) =>
  text.trim() === "" && attachments.length === 0 ? ["an empty message"] : [];

const byChannel: Readonly<Record<string, Breaches>> = {
  messenger: onMessenger,
  sms: onSms,
  telegram: onTelegram,
  webchat: onWebchat,
};

/**
 * What keeps a reply from being shown on a channel as its provider's limits are, after the channel rendered it as it
 * does for customers. Empty where all is well, and for channels that are not built.
 */
export function channelBreaches(channel: string, reply: Reply): readonly string[] {
  return byChannel[channel]?.(reply) ?? [];
}
