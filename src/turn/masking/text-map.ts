import type { Attachment, Json, QuickReply, Reply } from "../../basics/activity.ts";
import { contentTypes } from "../../basics/activity.ts";
import { mapList, openJson, openText, type Vault } from "../../basics/masking/vault.ts";

/**
 * What is done with the words in something that is kept: masked on the way in, opened on the way out. One walk serves
 * both, so what one touches the other does too.
 */
export interface TextMap {
  text(text: string): string;
  /** What the bot says by a script. */
  said(text: string): string;
  json(value: Json): Json;
  /** What a flow asked for under this name. */
  slot(name: string, value: Json): Json;
  /** Personal as a whole, whatever it looks like: a place, somebody's card. */
  whole(type: string, value: Json): Json;
  wholeText(type: string, text: string): string;
}

/** Puts the values back. */
export function openingWith(vault: Vault): TextMap {
  const json = (value: Json) => openJson(value, vault);
  const text = (masked: string) => openText(masked, vault);
  return {
    text,
    said: text,
    json,
    slot: (_name, value) => json(value),
    whole: (_type, value) => json(value),
    wholeText: (_type, masked) => text(masked),
  };
}

export function mapAttachments(attachments: readonly Attachment[], map: TextMap): readonly Attachment[] {
  return attachments.map((attachment) => {
    const { contentType, name, content } = attachment;
    const type =
      contentType === contentTypes.location
        ? "place"
        : contentType === contentTypes.contactCard
          ? "contact"
          : undefined;
    return {
      ...attachment,
      ...(name === undefined
        ? {}
        : { name: type === undefined ? map.text(name) : map.wholeText(type, name) }),
      ...(content === undefined
        ? {}
        : { content: type === undefined ? map.json(content) : map.whole(type, content) }),
    };
  });
}

export function mapQuickReplies(quickReplies: readonly QuickReply[], map: TextMap): readonly QuickReply[] {
  return mapList(quickReplies, (quickReply) => {
    const title = map.text(quickReply.title);
    const payload = map.text(quickReply.payload);
    return title === quickReply.title && payload === quickReply.payload ? quickReply : { title, payload };
  });
}

export function mapReply(reply: Reply, map: TextMap): Reply {
  const { text, short, quickReplies, attachments, script } = reply;
  const words = (said: string) => (script === undefined ? map.text(said) : map.said(said));
  return {
    ...reply,
    text: words(text),
    ...(short === undefined ? {} : { short: words(short) }),
    ...(quickReplies === undefined ? {} : { quickReplies: mapQuickReplies(quickReplies, map) }),
    ...(attachments === undefined ? {} : { attachments: mapAttachments(attachments, map) }),
  };
}
