import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { makeReport } from "../../src/insights/report/make-report.ts";
import type { Report } from "../../src/insights/report/report.ts";
import { openStore, type Store } from "../../src/store/open-store.ts";
import { InsightStore } from "../../src/store/sql/insight-store.ts";
import { onEachEngine } from "./each-engine.ts";
import {
  content,
  days,
  hour,
  intents,
  madeUpVisits,
  november,
  now,
  october,
  play,
  type Visit,
} from "./made-up-visits.ts";

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
