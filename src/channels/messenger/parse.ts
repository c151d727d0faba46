import { readBody, readEntry, readWords, type Entry } from "./envelope.ts";
import type { MessengerEvent } from "./events.ts";
import { readEvent } from "./read-event.ts";
import { readWireEvent, wireChange } from "./wire.ts";

const ignored = (what: string): MessengerEvent => ({ type: "ignored", what });

/**
 * What a signed request tells: all its entries and all their events, in order. Never throws: what cannot be read or
 * is not known is an `ignored` event, since Meta would only send it again.
 * @param now taken where an event carries no time of its own, epoch ms
 */
export function parseWebhook(body: Buffer, now: number): readonly MessengerEvent[] {
  const read = readBody(jsonOf(body));
  if (read === undefined) return [ignored("unreadable")];
  if (read.object !== "page") return [ignored("object")];
  const events: MessengerEvent[] = [];
  for (const item of read.entries) {
    const entry = readEntry(item);
    if (entry === undefined) events.push(ignored("entry"));
    else addEvents(entry, now, events);
  }
  return events;
}

/** Appends what one entry tells. */
function addEvents(entry: Entry, now: number, events: MessengerEvent[]): void {
  const { messaging, standby, changes } = entry;
  if (messaging.length + standby.length + changes.length === 0) events.push(ignored("entry"));
  for (const item of messaging) events.push(eventIn(item, entry, now, false, events.length));
  for (const item of standby) events.push(eventIn(item, entry, now, true, events.length));
  for (const item of changes) events.push(commentIn(item, entry.page, entry.time ?? now));
}

/** @param sequence its place among all of the request, which breaks ties of time */
function eventIn(
  item: unknown,
  { page, time }: Entry,
  now: number,
  standby: boolean,
  sequence: number,
): MessengerEvent {
  const event = readWords(item) ?? readWireEvent(item);
  if (event === undefined) return ignored("event");
  return readEvent({ page, event, at: event.timestamp ?? time ?? now, standby, sequence });
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}

function commentIn(given: unknown, page: string, time: number): MessengerEvent {
  const change = wireChange.safeParse(given);
  if (!change.success) return ignored("change");
  const { field, value } = change.data;
  if (field !== "feed" || value?.item !== "comment" || value.verb !== "add") return ignored("change");
  const { comment_id: commentId, from, message: text = "", created_time: seconds } = value;
  if (commentId === undefined || from?.id === undefined || from.id === page) return ignored("own-comment");
  return {
    type: "comment",
    page,
    commentId,
    customer: from.id,
    text,
    at: seconds === undefined ? time : Math.min(seconds * 1_000, time),
  };
}
