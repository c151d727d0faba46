import { isJsonObject, type Json, type JsonObject } from "../../basics/activity.ts";
import { isoTime } from "../../basics/time.ts";
import type { OutgoingReply, TranscriptLine } from "../../turn/ports.ts";

/** Direct Line's id of an activity: unique for all time, the same at every delivery. Clients drop repeats by it. */
export function activityId(conversation: string, sourceId: string): string {
  return `${conversation}|${sourceId}`;
}

const bot = (name: string) => ({ id: "kumusta", name, role: "bot" });

/** A reply of ours as a Direct Line activity, without the id that its line in the transcript gives it. */
export function replyBody({ conversation, reply, replyTo, at }: OutgoingReply, botName: string): JsonObject {
  const id = conversation.address.conversation;
  const { quickReplies = [], attachments = [], attachmentLayout = "carousel" } = reply;
  return {
    type: "message",
    channelId: "directline",
    conversation: { id },
    from: bot(reply.agent ?? botName),
    timestamp: isoTime(at),
    // Plain: markup in a script or in a customer's own words is shown as the text that it is.
    textFormat: "plain",
    text: reply.text,
    inputHint: quickReplies.length > 0 ? "expectingInput" : "acceptingInput",
    ...(reply.language === undefined ? {} : { locale: reply.language }),
    ...(quickReplies.length === 0
      ? {}
      : {
          suggestedActions: {
            actions: quickReplies.map(({ title, payload }) => ({ type: "postBack", title, value: payload })),
          },
        }),
    ...(attachments.length === 0
      ? {}
      : {
          // Without a word of it the official client stacks them; ours has them in a row.
          ...(attachments.length === 1 ? {} : { attachmentLayout }),
          attachments: attachments.map(({ contentType, contentUrl, name, content }) => ({
            contentType,
            ...(contentUrl === undefined ? {} : { contentUrl }),
            ...(name === undefined ? {} : { name }),
            ...(content === undefined ? {} : { content }),
          })),
        }),
    ...(replyTo === null ? {} : { replyToId: activityId(id, replyTo) }),
  };
}

/** The bot is typing. Not part of the history: it has no position. */
export function typingActivity(conversation: string, botName: string, at: number): JsonObject {
  return {
    type: "typing",
    id: activityId(conversation, `typing-${String(at)}`),
    channelId: "directline",
    conversation: { id: conversation },
    from: bot(botName),
    timestamp: isoTime(at),
  };
}

/** A line of the history as it is sent. Addresses of our own files are kept without a host; the client gets the one it used. */
export function wireActivity(line: TranscriptLine, conversation: string, base: string): JsonObject {
  const id = activityId(conversation, line.id);
  if (!isJsonObject(line.body)) return { id };
  const { attachments } = line.body;
  if (!Array.isArray(attachments)) return { ...line.body, id };
  return { ...line.body, id, attachments: attachments.map((attachment: Json) => absolute(attachment, base)) };
}

function absolute(attachment: Json, base: string): Json {
  if (!isJsonObject(attachment)) return attachment;
  const { contentUrl } = attachment;
  return typeof contentUrl === "string" && contentUrl.startsWith("/")
    ? { ...attachment, contentUrl: base + contentUrl }
    : attachment;
}
