import { createHash } from "node:crypto";
import { z } from "zod";
import {
  devices,
  type Attachment,
  type InboundActivity,
  type Json,
  type JsonObject,
  type Source,
} from "../../basics/activity.ts";
import { KumustaError } from "../../basics/errors.ts";
import { newId } from "../../basics/ids.ts";
import { isoTime } from "../../basics/time.ts";
import { check } from "./check.ts";
import { cleanLine, cleanText } from "./clean-text.ts";
import { continuePath } from "./continue-links.ts";
import { mostTextCharacters } from "./settings.ts";

const json = z.custom<Json>(() => true);
const text = z.string().nullish();

/** Only what we read of a Direct Line activity; the rest stays behind. */
const activitySchema = z.object({
  type: z.string().min(1).max(60),
  text,
  name: text,
  locale: text,
  timestamp: text,
  localTimestamp: text,
  localTimezone: text,
  from: z.object({ id: text, name: text }).nullish(),
  value: json.optional(),
  // The object itself, not a copy: it goes back as it came.
  channelData: z
    .custom<JsonObject>(
      (value) => typeof value === "object" && value !== null && !Array.isArray(value),
      "must be an object",
    )
    .nullish(),
  attachments: z
    .array(
      z.object({
        contentType: z.string().min(1).max(200),
        contentUrl: text,
        name: text,
        content: json.optional(),
      }),
    )
    .max(10)
    .nullish(),
});

const line = (most: number) =>
  z
    .string()
    .transform((value) => cleanLine(value, most))
    .optional()
    .catch(undefined);

/** What our own pages and the web chat component say beside the activity. A fault here never costs the message. */
const channelDataSchema = z.object({
  clientActivityID: z.string().min(1).nullish(),
  sequence: z.number().optional().catch(undefined),
  "webchat:sequence-id": z.number().optional().catch(undefined),
  postBack: z.boolean().optional().catch(undefined),
  messageBack: z.object({}).optional().catch(undefined),
  source: z
    .object({
      page: line(500),
      referrer: line(500),
      campaign: line(100),
      device: z.enum(devices).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
});

type Activity = z.infer<typeof activitySchema>;
type ChannelData = z.infer<typeof channelDataSchema>;

/** Types of the Bot Framework schema that say that something happened, without words. */
const eventTypes = new Set([
  "event",
  "conversationUpdate",
  "endOfConversation",
  "messageReaction",
  "contactRelationUpdate",
  "invoke",
  "handoff",
  "trace",
  "installationUpdate",
]);
/** Events by which we tell ourselves what happened: a client that could claim them could put words into our mouth. */
const ourEvents = /^(?:contact|conversation|thread)\./u;
const fineEventName = /^[\w.:/ -]{1,100}$/u;
const fineLocale = /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,3}$/u;
/** The page that a link from a message opens: its token is good for a day, and the log for longer. */
const linkPage = /^\/c\/[\w-]+/u;
const webAddress = /^https?:\/\//iu;

/** Whose words these are, by the credential that came with them. */
export interface Sender {
  readonly conversation: string;
  readonly user: string;
  readonly name?: string | undefined;
}

/** A posted activity, read: what the engine gets, and the line that every client of the conversation sees. */
export type IncomingActivity =
  | { readonly kind: "typing" }
  | {
      readonly kind: "activity";
      readonly externalId: string;
      readonly activity: InboundActivity;
      readonly body: JsonObject;
    };

/**
 * Reads what a client posted.
 * @param files the files that came with it, already kept by us
 * @param now arrival, epoch ms
 * @throws KumustaError `request.malformed`, `request.tooLarge`
 */
export function readActivity(
  posted: Json,
  sender: Sender,
  now: number,
  files: readonly Attachment[] = [],
): IncomingActivity {
  const activity = check(activitySchema, posted);
  if (activity.type === "typing") return { kind: "typing" };
  const data = check(channelDataSchema, activity.channelData ?? {});
  const attachments = [...files, ...namedAttachments(activity)];
  const inbound = inboundOf(activity, data, attachments, now);
  return {
    kind: "activity",
    externalId: externalIdOf(data),
    activity: inbound,
    body: echoOf(activity, inbound, attachments, sender, now),
  };
}

function inboundOf(
  activity: Activity,
  data: ChannelData,
  attachments: readonly Attachment[],
  now: number,
): InboundActivity {
  const happened = {
    sentAt: sentAtOf(activity, now),
    ...sequenceOf(data),
    ...sourceOf(data),
    ...(activity.locale !== undefined && activity.locale !== null && fineLocale.test(activity.locale)
      ? { locale: activity.locale }
      : {}),
  };
  if (eventTypes.has(activity.type)) {
    const name = activity.type === "event" ? (activity.name ?? "") : activity.type;
    if (!fineEventName.test(name))
      throw new KumustaError("request.malformed", ["name: an event needs one of up to 100 plain characters"]);
    if (ourEvents.test(name))
      throw new KumustaError("request.malformed", [
        "name: contact., conversation. and thread. are the server's own",
      ]);
    return {
      type: "event",
      name,
      ...(activity.value === undefined ? {} : { value: activity.value }),
      ...happened,
    };
  }
  if (activity.type !== "message")
    throw new KumustaError("request.malformed", ["type: not one that a customer's client sends"]);
  const given = activity.text ?? "";
  if (given.length > mostTextCharacters)
    throw new KumustaError("request.tooLarge", [`text: at most ${String(mostTextCharacters)} characters`]);
  const words = cleanText(given);
  const payload = payloadOf(activity, data, words);
  if (payload !== undefined)
    return { type: "choice", text: words.trim() === "" ? payload : words, payload, ...happened };
  if (words.trim() === "" && attachments.length === 0)
    throw new KumustaError("request.malformed", ["text: a message needs words, a choice or a file"]);
  return { type: "message", text: words, ...(attachments.length === 0 ? {} : { attachments }), ...happened };
}

/**
 * What a tapped button put in: its value beside the words or, from the official component, the words themselves
 * marked as `postBack` (it sends text values of postBack actions that way).
 */
function payloadOf({ value }: Activity, data: ChannelData, words: string): string | undefined {
  if (typeof value === "string" && value.trim() !== "") return cleanLine(value, 2_000);
  if (typeof value === "object" && value !== null) return cleanLine(JSON.stringify(value), 2_000);
  return data.postBack === true && words.trim() !== "" ? cleanLine(words, 2_000) : undefined;
}

/** The client's own time, where it is near enough to ours to order a burst by; else the arrival. */
function sentAtOf({ localTimestamp, timestamp }: Activity, now: number): number {
  const claimed = Date.parse(localTimestamp ?? timestamp ?? "");
  return claimed >= now - 600_000 && claimed <= now + 2_000 ? claimed : now;
}

function sequenceOf(data: ChannelData): { sequence?: number } {
  const sequence = data.sequence ?? data["webchat:sequence-id"];
  return sequence === undefined ? {} : { sequence };
}

function sourceOf({ source }: ChannelData): { source?: Source } {
  if (source === undefined) return {};
  const { page, referrer, campaign, device } = source;
  return {
    source: {
      ...(page === undefined ? {} : { page: page.replace(linkPage, `${continuePath}#`) }),
      ...(referrer === undefined ? {} : { referrer }),
      ...(campaign === undefined ? {} : { campaign }),
      ...(device === undefined ? {} : { device }),
    },
  };
}

const plainId = /^[\x20-\x7e]{1,120}$/u;

/** The client's own id makes a repeat harmless. One that a column or our own names could not take is hashed. */
function externalIdOf({ clientActivityID: given }: ChannelData): string {
  if (given === undefined || given === null) return newId();
  if (plainId.test(given) && !given.startsWith("timer:") && !given.startsWith("action:")) return given;
  return `sha256:${createHash("sha256").update(given).digest("base64url")}`;
}

/** Attachments named by address are kept as words about the web: we never fetch one. Files come by upload. */
function namedAttachments({ attachments }: Activity): Attachment[] {
  return (attachments ?? []).flatMap(({ contentType, contentUrl, name, content }): Attachment[] => {
    if (contentUrl === undefined || contentUrl === null)
      return content === undefined ? [] : [{ contentType, content, ...named(name) }];
    if (contentUrl.length > 2_000 || !webAddress.test(contentUrl)) {
      throw new KumustaError("request.malformed", [
        "attachments.contentUrl: only http and https addresses; send files by /upload",
      ]);
    }
    return [{ contentType, contentUrl: cleanLine(contentUrl, 2_000), ...named(name) }];
  });
}

function named(name: string | null | undefined): { name?: string } {
  return name === undefined || name === null ? {} : { name: cleanLine(name, 200) };
}

/** The activity as every client of the conversation gets it: ours but for channelData, which comes back untouched. */
function echoOf(
  activity: Activity,
  inbound: InboundActivity,
  attachments: readonly Attachment[],
  sender: Sender,
  now: number,
): JsonObject {
  const { localTimestamp, localTimezone, locale, channelData } = activity;
  const words = activity.text === undefined || activity.text === null ? undefined : cleanText(activity.text);
  return {
    type: activity.type,
    channelId: "directline",
    conversation: { id: sender.conversation },
    from: { id: sender.user, ...(sender.name === undefined ? {} : { name: sender.name }), role: "user" },
    timestamp: isoTime(now),
    ...(inbound.type === "event" ? { name: inbound.name } : { textFormat: "plain" }),
    ...(words === undefined ? {} : { text: words }),
    ...(activity.value === undefined ? {} : { value: activity.value }),
    ...(locale === undefined || locale === null ? {} : { locale: cleanLine(locale, 40) }),
    ...(localTimestamp === undefined || localTimestamp === null
      ? {}
      : { localTimestamp: cleanLine(localTimestamp, 40) }),
    ...(localTimezone === undefined || localTimezone === null
      ? {}
      : { localTimezone: cleanLine(localTimezone, 60) }),
    ...(attachments.length === 0 ? {} : { attachments: attachments.map(wire) }),
    ...(channelData === undefined || channelData === null ? {} : { channelData }),
  };
}

function wire({ contentType, contentUrl, name, content }: Attachment): JsonObject {
  return {
    contentType,
    ...(contentUrl === undefined ? {} : { contentUrl }),
    ...(name === undefined ? {} : { name }),
    ...(content === undefined ? {} : { content }),
  };
}
