import type { Attachment, QuickReply, Reply } from "../../basics/activity.ts";
import { splitText } from "../split-text.ts";
import { limits } from "./capabilities.ts";
import { templateOf, isCard, type Template } from "./cards.ts";

/** `message` of the Send API, without metadata. */
export interface SendMessage {
  readonly text?: string;
  readonly attachment?:
    | {
        readonly type: "image" | "audio" | "video" | "file";
        readonly payload: { readonly url: string; readonly is_reusable: true };
      }
    | { readonly type: "template"; readonly payload: Template };
  readonly quick_replies?: readonly {
    readonly content_type: "text";
    readonly title: string;
    readonly payload: string;
  }[];
}

/** A text of at most so many UTF-16 units, cut between words, ended by an ellipsis where something is missing. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const [head = ""] = splitText(text, (part) => part.length < most);
  return `${head}…`;
}

/** What a button may carry: our own payloads are far below the limit, those of middleware are checked here. */
function fitting(choices: readonly QuickReply[]): readonly QuickReply[] {
  return choices
    .filter(({ title, payload }) => title.trim() !== "" && payload.length <= limits.payload)
    .slice(0, limits.quickReplies);
}

/**
 * Titles too long for a button stand in the text in full, numbered; the buttons then show number and beginning. The
 * number typed is understood too.
 */
function withLongTitles(
  text: string,
  choices: readonly QuickReply[],
): { text: string; choices: readonly QuickReply[] } {
  if (choices.every(({ title }) => title.length <= limits.quickReplyTitle)) return { text, choices };
  const lines = choices.map(({ title }, i) => `${String(i + 1)}. ${title}`);
  return {
    text: [text, lines.join("\n")].filter((part) => part !== "").join("\n\n"),
    choices: choices.map(({ payload }, i) => ({
      title: shortened(lines[i] ?? "", limits.quickReplyTitle),
      payload,
    })),
  };
}

/**
 * The messages that one reply leaves as, in order: texts at most 2,000 characters long, each attachment by itself,
 * cards in one row. Choices hang on the last one, since they vanish when another follows.
 */
export function partsOf(reply: Reply): readonly Reply[] {
  const { text: given, quickReplies = [], attachments = [], ...rest } = reply;
  const { text, choices } = withLongTitles(given.trim(), fitting(quickReplies));
  const { opensWeb, ...plain } = rest;
  // The last words stand above the button that opens the web chat, where there is room for fewer.
  const most = opensWeb === undefined ? limits.text : limits.buttonText;
  const texts: Reply[] = splitText(text, (part) => part.length <= most).map((part, i, all) => ({
    ...(i === all.length - 1 ? rest : plain),
    text: part,
  }));
  const cards = attachments.filter(isCard);
  const files: Reply[] = attachments
    .filter((attachment) => !isCard(attachment) && attachment.contentUrl !== undefined)
    .map((attachment) => ({ ...rest, text: "", attachments: [attachment] }));
  const rows: Reply[] = cards.length === 0 ? [] : [{ ...rest, text: "", attachments: cards }];
  const asked = choices.length > 0 ? texts.splice(-1) : [];
  const parts = [...texts, ...files, ...rows, ...asked];
  const last = parts.pop();
  if (last === undefined) return [];
  const ended: Reply = choices.length > 0 ? { ...last, quickReplies: choices } : last;
  if (parts.length === 0) return [ended];
  return [...parts, ended].map((part, i, all) => ({ ...part, part: { n: i + 1, of: all.length } }));
}

/** What a part may need to know of the address that the world knows. */
export interface Addresses {
  readonly publicUrl: string | undefined;
  /** Opens the web chat with the same concern; undefined without a public address. Made only when it is needed. */
  readonly continueAt: () => string | undefined;
}

/** One part as the Send API takes it; undefined where there is nothing that could be sent. */
export function messageOf(part: Reply, { publicUrl, continueAt }: Addresses): SendMessage | undefined {
  const choices = fitting(part.quickReplies ?? []);
  const quick =
    choices.length === 0
      ? {}
      : {
          quick_replies: choices.map(({ title, payload }) => ({
            content_type: "text" as const,
            title: shortened(title, limits.quickReplyTitle),
            payload,
          })),
        };
  const opens = part.opensWeb === undefined || part.text === "" ? undefined : webButton(part, continueAt());
  if (opens !== undefined) return { attachment: { type: "template", payload: opens }, ...quick };
  if (part.text !== "") return { text: part.text, ...quick };
  const [first] = part.attachments ?? [];
  if (first === undefined) return undefined;
  if (isCard(first)) {
    const template = templateOf(part.attachments ?? []);
    return template === undefined
      ? undefined
      : { attachment: { type: "template", payload: template }, ...quick };
  }
  const url = addressOf(first, publicUrl);
  if (url === undefined) return undefined;
  return { attachment: { type: kindOf(first), payload: { url, is_reusable: true } }, ...quick };
}

function webButton({ text, opensWeb = "" }: Reply, url: string | undefined): Template | undefined {
  if (url === undefined) return undefined;
  const title = shortened(opensWeb, limits.buttonTitle);
  return { template_type: "button", text, buttons: [{ type: "web_url", title, url }] };
}

/** Meta fetches it from there: our own files under the address that the world knows. */
function addressOf({ contentUrl }: Attachment, publicUrl: string | undefined): string | undefined {
  if (contentUrl?.startsWith("https://") === true) return contentUrl;
  if (contentUrl?.startsWith("/") !== true || publicUrl === undefined) return undefined;
  return `${publicUrl}${contentUrl}`;
}

function kindOf({ contentType }: Attachment): "image" | "audio" | "video" | "file" {
  const [kind] = contentType.split("/");
  return kind === "image" || kind === "audio" || kind === "video" ? kind : "file";
}
