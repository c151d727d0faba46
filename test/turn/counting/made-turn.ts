import type { CountableTurn } from "../../../src/turn/counting/countable-turn.ts";

/** 2026-11-22T10:00 in Manila. */
export const morning = Date.UTC(2026, 10, 22, 2);

/** A turn of a customer about a late parcel, or otherwise as told. */
export function madeTurn(parts: Partial<CountableTurn> = {}): CountableTurn {
  const { seq = 1, at = morning } = parts;
  return {
    id: `t${String(seq)}`,
    conversationId: "c",
    contactId: "who",
    seq,
    at,
    acceptedAt: at - 900,
    byCustomer: true,
    outcome: "answered",
    late: false,
    channel: "webchat",
    account: "shop",
    language: "fil",
    source: null,
    lifecycle: "unknown",
    visitId: "c.1",
    kind: "problem",
    stage: "delivery",
    intent: "delivery.late",
    topic: null,
    team: "logistics",
    followUpOf: null,
    handOff: null,
    wishedChannel: null,
    ...parts,
  };
}
