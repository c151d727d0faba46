import { afterEach, beforeAll, beforeEach, expect, it } from "@jest/globals";
import { makeReport } from "../../src/insights/report/make-report.ts";
import { ReportsBeside } from "../../src/insights/report/report-beside.ts";
import { openStore } from "../../src/store/open-store.ts";
import { InsightStore } from "../../src/store/sql/insight-store.ts";
import { waitUntil } from "../wait-until.ts";
import { onEachEngine } from "./each-engine.ts";
import { content, madeUpVisits, play } from "./made-up-visits.ts";

onEachEngine("reports made beside the messages", (fresh) => {
  let databaseUrl = "";
  let reports: ReportsBeside;
  beforeAll(async () => {
    databaseUrl = await fresh();
    const store = await openStore(databaseUrl);
    await play(store, madeUpVisits());
    await store.close();
  });
  beforeEach(() => {
    reports = new ReportsBeside({ databaseUrl });
  });
  afterEach(() => reports.close());

  it("are the reports that are made in place", async () => {
    const store = await openStore(databaseUrl);
    try {
      const made = await reports.report("2026-10", content);
      const inPlace = await makeReport({
        month: "2026-10",
        content,
        store: new InsightStore(store.db, store.driver),
        clock: { now: () => Date.parse(made.madeAt), elapsed: () => 0 },
      });
      expect(made.totals.concerns).toBeGreaterThan(50);
      expect(made).toEqual(inPlace);
    } finally {
      await store.close();
    }
  });

  it("are one for all who ask for the same month meanwhile, and another for another month", async () => {
    const [first, same, other] = await Promise.all([
      reports.report("2026-10", content),
      reports.report("2026-10", content),
      reports.report("2026-09", content),
    ]);
    expect(same).toBe(first);
    expect([first.period.from, other.period.from]).toEqual(["2026-10-01", "2026-09-01"]);
  });

  it("name things as the content names them that serves, also after an edit", async () => {
    const before = await reports.report("2026-10", content);
    const edited = {
      ...content,
      version: "edited",
      shared: { ...content.shared, name: "Aling Nena" },
    };
    expect((await reports.report("2026-10", edited)).title).toContain("Aling Nena");
    // The thread has the content already now.
    expect((await reports.report("2026-09", edited)).title).toContain("Aling Nena");
    expect(before.title).not.toContain("Aling Nena");
  });

  it("are made anew after the thread has ended for want of questions", async () => {
    const workers = () => process.getActiveResourcesInfo().filter((name) => name === "MessagePort").length;
    const before = workers();
    const seldom = new ReportsBeside({ databaseUrl, idleMs: 1 });
    const first = await seldom.report("2026-10", content);
    await waitUntil("the thread has ended", () => Promise.resolve(workers() === before));
    const second = await seldom.report("2026-10", content);
    expect({ ...second, madeAt: "" }).toEqual({ ...first, madeAt: "" });
    await seldom.close();
  });

  it("are refused once the server stops, not left waiting", async () => {
    const asked = reports.report("2026-10", content);
    const end = expect(asked).rejects.toMatchObject({ code: "internal" });
    await reports.close();
    await end;
    await expect(reports.report("2026-10", content)).rejects.toMatchObject({ code: "internal" });
  });

  it("say why they cannot be made, and can be once it is mended", async () => {
    const nowhere = new ReportsBeside({ databaseUrl: "file:/nowhere/at/all.db" });
    await expect(nowhere.report("2026-10", content)).rejects.toMatchObject({
      code: "internal",
      message: expect.stringContaining("/nowhere/at/all.db"),
    });
    await nowhere.close();
  });
});
