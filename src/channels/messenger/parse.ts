import type { MessengerEvent } from "./events.ts";
import { readEvent } from "./read-event.ts";
import { wireBody, wireChange, wireEntry, wireEvent } from "./wire.ts";

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
  let sequence = 0;
  return read.data.entry.flatMap((item): readonly MessengerEvent[] => {
    const entry = wireEntry.safeParse(item);
    if (!entry.success) return [ignored("entry")];
    const { id: page, time = now, messaging = [], standby = [], changes = [] } = entry.data;
    if (messaging.length + standby.length + changes.length === 0) return [ignored("entry")];
    const events = (list: readonly unknown[], isStandby: boolean) =>
      list.map((given) => {
        const event = wireEvent.safeParse(given);
        if (!event.success) return ignored("event");
        const { timestamp = time } = event.data;
        return readEvent({
          page,
          event: event.data,
          at: timestamp,
          standby: isStandby,
          sequence: sequence++,
        });
      });
    return [
      ...events(messaging, false),
      ...events(standby, true),
      ...changes.map((change) => commentIn(change, page, time)),
    ];
  });
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
