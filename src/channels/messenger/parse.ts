import type { MessengerEvent } from "./events.ts";
import { readEvent } from "./read-event.ts";
import { readWireEvent, wireBody, wireChange, wireEntry } from "./wire.ts";

const ignored = (what: string): MessengerEvent => ({ type: "ignored", what });

/**
 * What a signed request tells: all its entries and all their events, in order. Never throws: what cannot be read or
 * is not known is an `ignored` event, since Meta would only send it again.
 * @param now taken where an event carries no time of its own, epoch ms
 */
export function parseWebhook(body: Buffer, now: number): readonly MessengerEvent[] {
  const read = wireBody.safeParse(jsonOf(body));
  if (!read.success) return [ignored("unreadable")];
  if (read.data.object !== "page") return [ignored("object")];
  const events: MessengerEvent[] = [];
  for (const item of read.data.entry) readEntry(item, now, events);
  return events;
}

/** Appends what one entry tells. An event's place among all of the request breaks ties of time. */
function readEntry(given: unknown, now: number, events: MessengerEvent[]): void {
  const entry = wireEntry.safeParse(given);
  if (!entry.success) {
    events.push(ignored("entry"));
    return;
  }
  const { id: page, time = now, messaging = [], standby = [], changes = [] } = entry.data;
  if (messaging.length + standby.length + changes.length === 0) events.push(ignored("entry"));
  const read = (item: unknown, isStandby: boolean): MessengerEvent => {
    const event = readWireEvent(item);
    if (event === undefined) return ignored("event");
    return readEvent({
      page,
      event,
      at: event.timestamp ?? time,
      standby: isStandby,
      sequence: events.length,
    });
  };
  for (const item of messaging) events.push(read(item, false));
  for (const item of standby) events.push(read(item, true));
  for (const item of changes) events.push(commentIn(item, page, time));
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
