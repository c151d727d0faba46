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
 * A reply as the messages that Telegram takes, in order: files first, then the words in as many parts as they need,
 * buttons under the last.
 */
export function partsOf(reply: Reply): readonly Reply[] {
  const { text, quickReplies = [], attachments = [], opensWeb, ...rest } = reply;
  const files = attachments
    .filter(({ contentUrl }) => contentUrl !== undefined)
    .map((attachment): Reply => ({ ...rest, text: "", attachments: [attachment] }));
  const texts = splitText(text, (part) => part.length <= mostCharacters).map((part): Reply => ({
    ...rest,
    text: part,
  }));
  const last = texts.pop();
  const ended =
    last === undefined
      ? undefined
      : {
          ...last,
          ...(quickReplies.length === 0 ? {} : { quickReplies }),
          ...(opensWeb === undefined ? {} : { opensWeb }),
        };
  const parts = [...files, ...texts, ...(ended === undefined ? [] : [ended])];
  return parts.length < 2
    ? parts
    : parts.map((part, i) => ({ ...part, part: { n: i + 1, of: parts.length } }));
}

/** What a part may need to know of the address that the world knows. */
export interface Addresses {
  /** Where Telegram can fetch our own files. */
  readonly publicUrl: string | undefined;
  /** Opens the web chat with the same concern; undefined without a public address. Made only when it is needed. */
  readonly continueAt: () => string | undefined;
}

/**
 * One part as a call; undefined where there is nothing that Telegram could show. Plain text without a parse mode:
 * nothing that a customer wrote can turn into markup.
 */
export function callOf(part: Reply, chat: string, { publicUrl, continueAt }: Addresses): Call | undefined {
  const [file] = part.attachments ?? [];
  if (part.text === "") return file === undefined ? undefined : fileCall(file, chat, publicUrl);
  const url = part.opensWeb === undefined ? undefined : continueAt();
  const buttons = [
    ...(url === undefined ? [] : [[{ text: part.opensWeb ?? "", url }]]),
    ...(part.quickReplies ?? []).map((quickReply) => [
      { text: quickReply.title, callback_data: dataOf(quickReply) },
    ]),
  ];
  return {
    method: "sendMessage",
    payload: {
      chat_id: chat,
      text: part.text,
      link_preview_options: { is_disabled: true },
      ...(buttons.length > 0 ? { reply_markup: { inline_keyboard: buttons } } : {}),
    },
  };
}

/** Telegram fetches it by its address, which must be public. */
function fileCall(file: Attachment, chat: string, publicUrl: string | undefined): Call | undefined {
  const { contentUrl = "", contentType } = file;
  const url = contentUrl.startsWith("/") ? `${publicUrl ?? ""}${contentUrl}` : contentUrl;
  if (!url.startsWith("https://")) return undefined;
  return contentType.startsWith("image/")
    ? { method: "sendPhoto", payload: { chat_id: chat, photo: url } }
    : { method: "sendDocument", payload: { chat_id: chat, document: url } };
}
