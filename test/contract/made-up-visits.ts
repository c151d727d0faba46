import { expect } from "@jest/globals";
import { join } from "node:path";
import { newId } from "../../src/basics/ids.ts";
import { requireContent } from "../../src/content/load-content.ts";
import type { CaseChange } from "../../src/conversation/handoff/case-change.ts";
import { newConversation } from "../../src/conversation/state.ts";
import { seededChance } from "../../src/recognition/linear/chance.ts";
import type { Store } from "../../src/store/open-store.ts";
import { businessDays } from "../../src/turn/counting/business-day.ts";
import type { TurnRecord } from "../../src/turn/ports.ts";
import { addressOf, said, turn } from "./turn-store/samples.ts";

export const content = requireContent(join(import.meta.dirname, "../.."));
export const intents = [
  ...["delivery.order-status", "account-creation.how-to-register", "discovery.promos", "retention.thanks"],
].flatMap((id) => content.intents.get(id) ?? []);
export const days = businessDays("Asia/Manila");
export const hour = 3_600_000;
/** 1 September 2026, 00:00 in Manila. */
const september = Date.parse("2026-08-31T16:00:00Z");
export const october = september + 30 * 24 * hour;
export const november = october + 31 * 24 * hour;
/** When the report of October is made. */
export const now = november + 10 * 24 * hour;

/** One visit, as a customer may have it, written down twice: for the store, and by hand for the test. */
export interface Visit {
  readonly at: number;
  readonly contact: number;
  readonly intent: (typeof intents)[number];
  readonly device: "mobile" | "desktop";
  readonly outcomes: readonly TurnRecord["outcome"][];
  /** What was not understood was a tap. */
  readonly tapped: boolean;
  readonly team: string | null;
  /** Until a person replied; undefined where none did. */
  readonly repliedAfter?: number | undefined;
  readonly broken: boolean;
}

export function madeUpVisits(): Visit[] {
  const chance = seededChance(11);
  const pick = <One>(all: readonly One[]): One | undefined => all[Math.floor(chance() * all.length)];
  return Array.from({ length: 160 }, (_, i) => {
    const handedOff = chance() < 0.3;
    return {
      // A contact is back days later: never within one visit.
      at: september + i * 9 * hour + Math.floor(chance() * hour),
      contact: Math.floor(chance() * 40),
      intent: pick(intents) ?? intents[0],
      device: chance() < 0.6 ? ("mobile" as const) : ("desktop" as const),
      outcomes: [
        ...(chance() < 0.2 ? ["fellBack" as const] : []),
        handedOff ? ("handedOff" as const) : chance() < 0.8 ? ("answered" as const) : ("clarified" as const),
      ],
      tapped: chance() < 0.3,
      team: chance() < 0.1 ? null : "delivery",
      repliedAfter: handedOff && chance() < 0.8 ? Math.floor(chance() * 5 * hour) : undefined,
      broken: handedOff && chance() < 0.2,
    };
  }).flatMap(({ intent, ...visit }) => (intent === undefined ? [] : [{ ...visit, intent }]));
}

/** Writes the visits into a store, as the engine would, and counts them. */
export async function play(store: Store, visits: readonly Visit[]): Promise<void> {
  for (const [i, visit] of visits.entries()) {
    const row = await store.turns.openConversation({
      id: newId(),
      address: addressOf(String(visit.contact)),
      contact: `contact ${String(visit.contact)}`,
      state: newConversation,
      at: visit.at,
    });
    let version = (await store.turns.getConversation(row.id))?.version ?? 0;
    const commit = async (record: Partial<TurnRecord>, cases: readonly CaseChange[] = []) => {
      const made = turn({ ...row, version }, { at: record.at ?? visit.at, cases });
      const { committed } = await store.turns.commitTurn({
        ...made,
        turn: {
          ...made.turn,
          ...{ trigger: "message", visitId: `visit ${String(i)}`, team: visit.team },
          source: { device: visit.device },
          category: {
            ...{ kind: visit.intent.kind, stage: visit.intent.stage, intent: visit.intent.id },
            ...{ topic: null, decidedBy: "bot", confidence: 0.9 },
          },
          ...record,
        },
      });
      expect(committed).toBe(true);
      version += 1;
    };
    for (const [n, outcome] of visit.outcomes.entries()) {
      const at = visit.at + n * 60_000;
      const handOff = outcome === "handedOff" ? { reason: "requested" as const, team: "delivery" } : null;
      const opened = {
        ...{
          type: "opened" as const,
          caseId: `case ${String(i)}`,
          team: "delivery",
          reason: "requested" as const,
        },
        promisedAt: at + hour,
        card: {
          category: { kind: visit.intent.kind, stage: visit.intent.stage, intent: visit.intent.id },
          ...{ asked: "", tried: [], slots: {}, lastCases: [], channel: null, language: null, media: [] },
        },
      };
      const text = outcome === "fellBack" ? "may gift wrap kayo" : `tungkol sa ${visit.intent.stage}`;
      const tapped = { type: "choice" as const, text: "Iba po", payload: "command:else", sentAt: at };
      const activity = outcome === "fellBack" && visit.tapped ? tapped : said(text, at);
      await commit(
        {
          at,
          acceptedAt: at - 3,
          outcome,
          handOff,
          activities: [{ externalId: newId(), activity }],
        },
        handOff === null ? [] : [opened],
      );
    }
    const openedAt = visit.at + (visit.outcomes.length - 1) * 60_000;
    const silent = { trigger: "timer" as const, outcome: "silent" as const, activities: [] };
    // Late at first, then escalated: it was the first team that was late.
    for (const [n, team] of visit.broken ? ["delivery", "support", "support"].entries() : [])
      await commit({ ...silent, at: openedAt + hour + n * 60_000 }, [
        { type: "promiseBroken", caseId: `case ${String(i)}`, team, promisedAt: null },
      ]);
    if (visit.repliedAfter !== undefined)
      await commit({ ...silent, at: openedAt + visit.repliedAfter }, [
        { type: "replied", caseId: `case ${String(i)}`, agent: "ana", key: newId() },
      ]);
  }
  while (await store.counting.anyWaits()) await store.counting.count(days, 200);
}
