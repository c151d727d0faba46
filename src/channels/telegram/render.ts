import type { Attachment, JsonObject, Reply } from "../../basics/activity.ts";
import { splitText } from "../split-text.ts";
import { dataOf } from "./button-data.ts";

/** One call of the Bot API. */
export interface Call {
  readonly method: "sendMessage" | "sendPhoto" | "sendDocument";
  readonly payload: JsonObject;
}

/** Characters of one message (Bot API, "sendMessage": 1-4096 after entities parsing; we send no entities). */
const mostCharacters = 4_096;

/**
 * A reply as calls, in the order in which they are sent. Plain text without a parse mode: nothing that a customer
 * wrote can turn into markup. Buttons stand under the last text.
 * @param publicUrl where our own files can be fetched by Telegram
 */
export function renderReply(reply: Reply, chat: string, publicUrl: string | undefined): Call[] {
  const parts = splitText(reply.text, (part) => part.length <= mostCharacters);
  const buttons = (reply.quickReplies ?? []).map((quickReply) => [
    { text: quickReply.title, callback_data: dataOf(quickReply) },
  ]);
  const texts = parts.map((text, n): Call => {
    const last = n === parts.length - 1;
    return {
      method: "sendMessage",
      payload: {
        chat_id: chat,
        text,
        link_preview_options: { is_disabled: true },
        ...(last && buttons.length > 0 ? { reply_markup: { inline_keyboard: buttons } } : {}),
      },
    };
  });
  return [...(reply.attachments ?? []).flatMap((file) => fileCall(file, chat, publicUrl)), ...texts];
}

/** A file that Telegram can fetch by its address; one that it cannot is left out, the text stands alone. */
function fileCall(file: Attachment, chat: string, publicUrl: string | undefined): Call[] {
  const { contentUrl, contentType } = file;
  if (contentUrl === undefined) return [];
  const url =
    contentUrl.startsWith("/") && publicUrl !== undefined ? `${publicUrl}${contentUrl}` : contentUrl;
  if (!url.startsWith("https://")) return [];
  return contentType.startsWith("image/")
    ? [{ method: "sendPhoto", payload: { chat_id: chat, photo: url } }]
    : [{ method: "sendDocument", payload: { chat_id: chat, document: url } }];
}
