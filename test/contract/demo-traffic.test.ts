import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KumustaError } from "../../src/basics/errors.ts";
import { systemClock } from "../../src/basics/time.ts";
import { keptRecognizer } from "../../src/cli/kept-recognizer.ts";
import { requireContent } from "../../src/content/load-content.ts";
import { findShifts, type CountedDay } from "../../src/insights/report/find-shifts.ts";
import { makeReport } from "../../src/insights/report/make-report.ts";
import { openSqliteToRead } from "../../src/store/sqlite/open-sqlite-to-read.ts";
import { openSqlite } from "../../src/store/sqlite/open-sqlite.ts";
import { demoOf } from "../../src/store/sql/demo-mark.ts";
import { InsightStore } from "../../src/store/sql/insight-store.ts";
import { demoDays } from "../../src/workbench/demo-traffic/demo-days.ts";
import { makeDemoStore } from "../../src/workbench/demo-traffic/make-demo-store.ts";
import { planTraffic } from "../../src/workbench/demo-traffic/plan-traffic.ts";
import { plantedShifts, type PlantedShift } from "../../src/workbench/demo-traffic/planted-shifts.ts";
import { giveKeptModel, keepModel } from "../kept-model.ts";

const content = requireContent(".");
// August 2026, with two holidays, against September.
const days = demoDays(content, Date.parse("2026-11-22"), { months: 2, until: "2026-09" });
const falseAlarmRate = 0.05;
/** Hundreds of months, or thousands of turns: a busy machine takes its time, ms. */
const patience = 300_000;

/** What a report finds in the plan's own counts, before any of it is played. */
function foundIn(seed: number, shifts: readonly PlantedShift[]): readonly string[] {
  const { visits } = planTraffic({ content, days, seed, perDay: 200, shifts });
  const counted = new Map<string, CountedDay>();
  for (const { day, matters } of visits)
    for (const { intent } of matters) {
      if (intent === null) continue;
      const key = `${day.day} ${intent.id}`;
      const n = (counted.get(key)?.n ?? 0) + 1;
      counted.set(key, { day: day.day, kind: intent.kind, stage: intent.stage, intent: intent.id, n });
    }
  const ofMonth = (month: number) => days.filter((day) => day.month === month).map(({ day }) => day);
  const concerns = [...counted.values()];
  const question = { before: ofMonth(0), now: ofMonth(1), concerns, rates: [], content, falseAlarmRate };
  return findShifts(question).shifts.map(({ kind, stage }) => `${kind} ${stage}`);
}

const planted = plantedShifts.map(({ kind, stage }) => `${kind} ${stage}`);

describe("what a report finds in made-up traffic", () => {
  it("are both planted shifts, and a third no more often than by the stated rate", () => {
    const found = Array.from({ length: 30 }, (_, i) => foundIn(i + 1, plantedShifts));
    expect(
      found.filter((one) => planted.every((shift) => one.includes(shift))).length,
    ).toBeGreaterThanOrEqual(26);
    // At 5 %, more than 5 of 30 come with a chance of 3 in 1,000.
    expect(found.filter((one) => one.some((shift) => !planted.includes(shift))).length).toBeLessThanOrEqual(
      5,
    );
  });

  it(
    "is nothing in months without a shift, but for the stated rate of false alarms",
    () => {
      const alarms = Array.from({ length: 200 }, (_, i) => foundIn(i + 1, [])).filter(
        (one) => one.length > 0,
      );
      // With a rate of 5 %, more than 20 alarms of 200 come with a chance of 1 in 1,000 (binomial distribution).
      expect(alarms.length).toBeLessThanOrEqual(20);
    },
    patience,
  );
});

describe("traffic played through the engine", () => {
  const folder = mkdtempSync(join(tmpdir(), "kumusta-demo-"));
  const file = join(folder, "demo.db");
  let recognizer: Awaited<ReturnType<typeof keptRecognizer>>;

  const make = (options: { readonly file: string; readonly perDay?: number; readonly replace?: boolean }) =>
    makeDemoStore({
      realFile: join(folder, "kumusta.db"),
      replace: false,
      days: options.perDay === undefined ? days.slice(-2) : days,
      seed: 1,
      perDay: 5,
      // In little traffic only large shifts show.
      shifts: plantedShifts.map((shift) => ({ ...shift, factor: 2.5 * shift.factor })),
      pair: { content, recognizer },
      middleware: [],
      ...options,
    });

  beforeAll(async () => {
    giveKeptModel(folder);
    recognizer = await keptRecognizer({ dataDir: folder, recognizer: "linear" }, content);
    keepModel(folder);
  });
  afterAll(async () => {
    await recognizer.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it(
    "gives a report that finds both planted shifts and no third",
    async () => {
      const { turns } = await make({ file, perDay: 60 });
      expect(turns).toBeGreaterThan(5_000);
      const store = await openSqliteToRead(file);
      try {
        const mark = await demoOf(store);
        expect(mark).toEqual({ seed: 1, from: "2026-08-01", to: "2026-09-30", shifts: true });
        const report = await makeReport({
          month: "2026-09",
          store: new InsightStore(store.db, store.driver),
          content,
          clock: systemClock,
          demo: mark,
        });
        const found = report.findings.map(
          ({ about, direction }) => `${String(about.kind)} ${String(about.stage)} ${direction}`,
        );
        expect(found.toSorted()).toEqual(planted.map((shift) => `${shift} rose`).toSorted());
        const signingUp = report.findings.find(({ about }) => about.stage === "account-creation");
        expect(signingUp?.where.map(({ value }) => value)).toContain("mobile");
        expect(report.demo).toMatchObject({ seed: 1 });
        expect(report.mix.wishedChannels.length).toBeGreaterThan(1);
        expect(report.misses.groups.some(({ count }) => count > 3)).toBe(true);
        const people = report.responseTimes.find(({ who }) => who === "people");
        expect(people?.count).toBeGreaterThan(100);
        expect(report.teams.reduce((sum, { promises }) => sum + promises.broken, 0)).toBeGreaterThan(0);
      } finally {
        await store.close();
      }
    },
    patience,
  );

  it("is of the account “demo” alone, and its turns are named by the time that was set", async () => {
    const store = await openSqlite({ file });
    try {
      const accounts = await store.db.selectFrom("conversations").select("account").distinct().execute();
      expect(accounts).toEqual([{ account: "demo" }]);
      const turns = await store.db
        .selectFrom("turns")
        .select(["id", "at"])
        .orderBy("id")
        .limit(500)
        .execute();
      expect(turns.map(({ at }) => at)).toEqual(turns.map(({ at }) => at).toSorted((a, b) => a - b));
      expect(turns[0]?.at).toBeLessThan(Date.parse("2026-08-02"));
    } finally {
      await store.close();
    }
  });

  it("is never written where real conversations are, nor over anything else", async () => {
    await expect(make({ file: join(folder, "kumusta.db") })).rejects.toThrow(KumustaError);
    const real = join(folder, "another.db");
    await (await openSqlite({ file: real })).close();
    await expect(make({ file: real, replace: true })).rejects.toThrow("exists and is no made-up traffic");
    const letter = join(folder, "letter.txt");
    writeFileSync(letter, "Dear Ana");
    await expect(make({ file: letter, replace: true })).rejects.toThrow("exists and is no made-up traffic");
    expect(readFileSync(letter, "utf8")).toBe("Dear Ana");
  });

  it("is made anew only when that is asked for", async () => {
    const small = join(folder, "small.db");
    await make({ file: small });
    await expect(make({ file: small })).rejects.toThrow("--replace");
    const { turns } = await make({ file: small, replace: true });
    expect(turns).toBeGreaterThan(0);
  });
});
