import type { ContextCard, CaseChange } from "../../conversation/handoff/case-change.ts";
import type { OutboxBody, TurnCommit, TurnRecord } from "../ports.ts";
import { mapActivity, mapSource } from "./map-activity.ts";
import { mapSlots, openState } from "./map-state.ts";
import { mapAttachments, mapReply, openingWith, type TextMap } from "./text-map.ts";

export function mapRecord(turn: TurnRecord, map: TextMap): TurnRecord {
  return {
    ...turn,
    source: turn.source === null ? null : mapSource(turn.source, map),
    activities: turn.activities.map(({ externalId, activity }) => ({
      externalId,
      activity: mapActivity(activity, map),
    })),
    replies: turn.replies.map((reply) => mapReply(reply, map)),
  };
}

export function mapBody(body: OutboxBody, map: TextMap): OutboxBody {
  if (body.type === "reply") return { ...body, reply: mapReply(body.reply, map) };
  return { ...body, request: { ...body.request, input: mapSlots(body.request.input, map) } };
}

export function mapCard(card: ContextCard, map: TextMap): ContextCard {
  return {
    ...card,
    asked: map.text(card.asked),
    slots: mapSlots(card.slots, map),
    media: mapAttachments(card.media, map),
  };
}

export function mapCase(change: CaseChange, map: TextMap): CaseChange {
  if (change.type === "opened") return { ...change, card: mapCard(change.card, map) };
  return change.type === "refused" && change.reason !== undefined
    ? { ...change, reason: map.text(change.reason) }
    : change;
}

/** A turn as it was decided, its values put back: what was kept, read with its vault. */
export function openCommit(commit: TurnCommit): TurnCommit {
  const map = openingWith(commit.vault);
  return {
    ...commit,
    turn: mapRecord(commit.turn, map),
    state: openState(commit.state, commit.vault),
    outbox: commit.outbox.map((row) => ({ ...row, body: mapBody(row.body, map) })),
    cases: commit.cases.map((change) => mapCase(change, map)),
  };
}
