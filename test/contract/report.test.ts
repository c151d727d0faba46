import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { join } from "node:path";
import { newId } from "../../src/basics/ids.ts";
import { requireContent } from "../../src/content/load-content.ts";
import type { CaseChange } from "../../src/conversation/handoff/case-change.ts";
import { newConversation } from "../../src/conversation/state.ts";
import { makeReport } from "../../src/insights/report/make-report.ts";
import type { Report } from "../../src/insights/report/report.ts";
import { seededChance } from "../../src/recognition/linear/chance.ts";
import { openStore, type Store } from "../../src/store/open-store.ts";
import { InsightStore } from "../../src/store/sql/insight-store.ts";
import { businessDays } from "../../src/turn/counting/business-day.ts";
import type { TurnRecord } from "../../src/turn/ports.ts";
import { onEachEngine } from "./each-engine.ts";
import { addressOf, said, turn } from "./turn-store/samples.ts";

const content = requireContent(join(import.meta.dirname, "../.."));
const intents = [
  ...["delivery.order-status", "account-creation.how-to-register", "discovery.promos", "retention.thanks"],
].flatMap((id) => content.intents.get(id) ?? []);
const days = businessDays("Asia/Manila");
const hour = 3_600_000;
/** 1 September 2026, 00:00 in Manila. */
const september = Date.parse("2026-08-31T16:00:00Z");
const october = september + 30 * 24 * hour;
const november = october + 31 * 24 * hour;
const now = november + 10 * 24 * hour;

/** One visit, as a customer may have it, written down twice: for the store, and by hand for the test. */
interface Visit {
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

function madeUpVisits(): Visit[] {
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

async function play(store: Store, visits: readonly Visit[]): Promise<void> {
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

onEachEngine("the report of a month", (fresh) => {
  let store: Store;
  let report: Report;
  const visits = madeUpVisits();
  const inOctober = visits.filter(({ at }) => at >= october && at < november);
  const inSeptember = visits.filter(({ at }) => at < october);
  const octobers = (keep: (visit: Visit) => boolean) => inOctober.filter(keep).length;
  const last = ({ outcomes }: Visit) => outcomes.at(-1);
  /** Thanks are no matter: no rate has them. */
  const matters = (keep: (visit: Visit) => boolean) =>
    octobers((visit) => visit.intent.kind !== "other" && keep(visit));

  beforeAll(async () => {
    store = await openStore(await fresh());
    await play(store, visits);
    report = await makeReport({
      month: "2026-10",
      store: new InsightStore(store.db, store.driver),
      content,
      clock: { now: () => now, elapsed: () => 0 },
    });
  });
  afterAll(() => store.close());

  it("counts concerns by cell, intent, device and lifecycle as a person would", () => {
    expect(inOctober.length).toBeGreaterThan(50);
    expect(report.totals).toMatchObject({
      concerns: inOctober.length,
      concernsBefore: inSeptember.length,
      customerTurns: inOctober.reduce((sum, { outcomes }) => sum + outcomes.length, 0),
    });
    for (const intent of intents) {
      const line = report.intents.find((one) => one.intent === intent.id);
      const count = octobers((visit) => visit.intent === intent);
      expect(line).toMatchObject({
        count,
        before: inSeptember.filter((visit) => visit.intent === intent).length,
        title: intent.title.en,
        stage: intent.stage,
        containment: octobers((visit) => visit.intent === intent && last(visit) === "answered") / count,
      });
      const cell = report.cells.find(({ kind, stage }) => kind === intent.kind && stage === intent.stage);
      expect(cell?.intents).toContainEqual({ intent: intent.id, count });
      expect(cell?.daily.reduce((sum, n) => sum + n, 0)).toBe((cell?.count ?? 0) + (cell?.before ?? 0));
      expect(cell?.byLifecycle.unknown).toBe(cell?.count);
      // Behind each figure: what customers wrote first, and nobody else's words.
      const words = cell?.examples.map(({ text }) => text) ?? [];
      expect(words).toContain(`tungkol sa ${intent.stage}`);
      const known = [`tungkol sa ${intent.stage}`, "may gift wrap kayo", "Iba po"];
      expect(words.filter((text) => !known.includes(text))).toEqual([]);
    }
    expect(report.mix.devices).toContainEqual(
      expect.objectContaining({ value: "mobile", count: octobers(({ device }) => device === "mobile") }),
    );
    expect(report.totals.daily).toHaveLength(61);
  });

  it("gives each rate its n of N", () => {
    const rate = (id: string) => report.rates.find((one) => one.id === id);
    expect(rate("containment")).toMatchObject({
      count: matters((visit) => last(visit) === "answered"),
      of: matters(() => true),
    });
    expect(matters(() => true)).toBeLessThan(inOctober.length);
    expect(rate("handoff")?.count).toBe(matters((visit) => last(visit) === "handedOff"));
    expect(rate("not-understood")).toMatchObject({
      count: octobers(({ outcomes }) => outcomes.includes("fellBack")),
      of: inOctober.reduce((sum, { outcomes }) => sum + outcomes.length, 0),
    });
    const cases = inOctober.filter((visit) => last(visit) === "handedOff");
    const settled = cases.filter(({ broken, repliedAfter }) => broken || repliedAfter !== undefined);
    expect(rate("promise-kept")).toMatchObject({
      count: settled.filter(({ broken }) => !broken).length,
      of: settled.length,
    });
    const backWithin = (within: number) =>
      matters(
        (visit) =>
          days.startOf(days.of(visit.at).day) + (24 + within * 24) * hour <= now &&
          visits.some(
            (later) =>
              later.contact === visit.contact &&
              later.intent === visit.intent &&
              later.at > visit.at &&
              later.at - visit.at <= within * 24 * hour,
          ),
      );
    expect(rate("repeat-7")?.count).toBe(backWithin(7));
    // Ten days after the month, thirty have passed for the first days of it alone.
    expect(rate("repeat-30")?.of).toBe(
      matters(({ at }) => days.startOf(days.of(at).day) + 31 * 24 * hour <= now),
    );
    expect(rate("repeat-30")?.count).toBe(backWithin(30));
  });

  it("asks of made-up traffic who was back only as far as that traffic goes", async () => {
    const ended = await makeReport({
      month: "2026-10",
      store: new InsightStore(store.db, store.driver),
      content,
      clock: { now: () => now, elapsed: () => 0 },
      demo: { seed: 1, to: "2026-10-31" },
    });
    expect(ended.rates.find(({ id }) => id === "repeat-7")?.of).toBe(
      matters(({ at }) => days.startOf(days.of(at).day) + 8 * 24 * hour <= november),
    );
  });

  it("tells the waits for the bot and for people apart", () => {
    const waits = inOctober.flatMap(({ repliedAfter }) => repliedAfter ?? []).sort((a, b) => a - b);
    const [bot, people] = report.responseTimes;
    expect(bot).toMatchObject({ who: "bot", medianMs: 4, p99Ms: 4 });
    expect(people).toMatchObject({
      who: "people",
      count: waits.length,
      medianMs: waits[Math.ceil(waits.length / 2) - 1],
    });
  });

  it("names what was not understood, who owns nothing, and whose promise was broken", () => {
    expect(report.misses.turns).toBe(octobers(({ outcomes }) => outcomes.includes("fellBack")));
    expect(report.misses.groups).toHaveLength(1);
    const written = octobers(({ outcomes, tapped }) => outcomes.includes("fellBack") && !tapped);
    expect(written).toBeLessThan(report.misses.turns);
    expect(report.misses).toMatchObject({ looked: written });
    expect(report.misses.groups[0]).toMatchObject({ like: "may gift wrap kayo", count: written });
    // The same words twice tell no more than once.
    expect(report.misses.groups[0]?.examples).toHaveLength(1);
    expect(report.withoutOwner.reduce((sum, { count }) => sum + count, 0)).toBe(
      octobers(({ team }) => team === null),
    );
    const delivery = report.teams.find(({ team }) => team === "delivery");
    const handed = octobers((visit) => last(visit) === "handedOff");
    expect(delivery).toMatchObject({
      concerns: octobers(({ team }) => team === "delivery"),
      handOffs: handed,
      promises: { made: handed, broken: octobers(({ broken }) => broken) },
    });
    expect(report.overPromise.map(({ team }) => team)).toEqual(report.overPromise.map(() => "delivery"));
    expect(report.teams.find(({ team }) => team === "support")?.promises).toEqual({ made: 0, broken: 0 });
    expect(report.overPromise.reduce((sum, { broken }) => sum + broken, 0)).toBe(
      octobers(({ broken }) => broken),
    );
  });
});
