import { describe, expect, it } from "@jest/globals";
import { newId } from "../../../src/basics/ids.ts";
import { newConversation } from "../../../src/conversation/state.ts";
import { seededChance, type Chance } from "../../../src/recognition/linear/chance.ts";
import { checkCounts } from "../../../src/store/check-counts.ts";
import { CountingStore } from "../../../src/store/sql/counting-store.ts";
import type { SqlDriver } from "../../../src/store/sql/driver.ts";
import type { Script } from "../../../src/store/sql/statement.ts";
import type { Store } from "../../../src/store/store.ts";
import { businessDays } from "../../../src/turn/counting/business-day.ts";
import type { CorrectedCategory } from "../../../src/turn/counting/countable-turn.ts";
import type { ConversationRow, TurnRecord } from "../../../src/turn/ports.ts";
import { addressOf, noon, turn } from "./samples.ts";

const days = businessDays("Asia/Manila");
const hourMs = 3_600_000;
const intents = ["delivery.late", "payment.methods", "account.signup"] as const;

function pick<One>(chance: Chance, all: readonly [One, ...One[]]): One {
  return all[Math.floor(chance() * all.length)] ?? all[0];
}

function categoryOf(chance: Chance): CorrectedCategory {
  const intent = chance() < 0.2 ? null : pick(chance, intents);
  const stage = intent?.split(".")[0] ?? null;
  return {
    kind: intent === null ? "other" : pick(chance, ["problem", "question"]),
    stage,
    intent,
    topic: null,
    team: stage === "delivery" ? "logistics" : null,
  };
}

/** Customers who write at random, as the engine would log it. */
class MadeUpTraffic {
  readonly #store: Store;
  readonly #chance: Chance;
  readonly #threads: { row: ConversationRow; visit: string | null; at: number }[] = [];
  readonly turnIds: string[] = [];

  constructor(store: Store, chance: Chance) {
    this.#store = store;
    this.#chance = chance;
  }

  async begin(): Promise<void> {
    for (let contact = 0; contact < 4; contact++)
      for (let thread = 0; thread < 2; thread++) {
        const row = await this.#store.turns.openConversation({
          id: newId(),
          address: addressOf(`${contact}.${thread}`),
          contact: `contact ${contact}`,
          state: newConversation,
          at: noon,
        });
        this.#threads.push({ row, visit: null, at: noon + Math.floor(this.#chance() * hourMs) });
      }
  }

  async write(): Promise<void> {
    const chance = this.#chance;
    const thread = this.#threads[Math.floor(chance() * this.#threads.length)];
    if (thread === undefined) throw new TypeError("no thread was begun");
    const silence = chance() < 0.15;
    thread.at += Math.floor(chance() * (silence ? 9 * 24 : 1) * hourMs);
    const commit = turn(thread.row, { at: thread.at });
    if (silence || thread.visit === null)
      thread.visit = chance() < 0.1 ? null : `${thread.row.id}.${String(commit.turn.seq)}`;
    const category = { ...categoryOf(chance), decidedBy: "bot", confidence: 0.8 } as const;
    const handedOver = chance() < 0.12;
    const said: Partial<TurnRecord> = {
      trigger: pick(chance, ["message", "message", "choice", "timer"]),
      acceptedAt: thread.at - Math.floor(2 ** (chance() * 18)),
      locale: pick(chance, ["en", "fil", null]),
      source: pick(chance, [
        null,
        {
          device: "mobile",
          page: `/sign-up/${String(Math.floor(chance() * 1e6))}?name=Ana`,
          campaign: "fb_june",
        },
        {
          device: "desktop",
          page: "https://shop.example/cart",
          referrer: "https://www.google.com/search?q=Ana",
        },
      ]),
      lifecycle: pick(chance, ["unknown", "prospect", "repeat-purchase"]),
      team: category.team,
      category:
        chance() < 0.1
          ? { ...category, followUpOf: { visit: "earlier", intent: "payment.methods" } }
          : category,
      visitId: thread.visit,
      outcome: handedOver ? "handedOff" : pick(chance, ["answered", "clarified", "fellBack", "silent"]),
      handOff: handedOver ? { reason: "requested", team: "support" } : null,
      arrivedLate: chance() < 0.1,
      ...(chance() < 0.05 ? { wishedChannel: "sms" } : {}),
    };
    const { committed } = await this.#store.turns.commitTurn({
      ...commit,
      turn: { ...commit.turn, ...said },
    });
    if (!committed) throw new TypeError("the turn was not committed");
    thread.row = { ...thread.row, version: commit.turn.seq };
    this.turnIds.push(commit.turn.id);
  }
}

class Killed extends Error {}

/** A process that is killed somewhere in a transaction, now and then. */
function dying(driver: SqlDriver, chance: Chance): SqlDriver {
  function* until<Result>(script: Script<Result>, steps: number): Script<Result> {
    let step = script.next();
    for (let done = 0; step.done !== true; done++) {
      if (done >= steps) throw new Killed("in the middle of a transaction");
      step = script.next(yield step.value);
    }
    return step.value;
  }
  return {
    read: (script) => driver.read(script),
    readApart: (script) => driver.readApart(script),
    commit: (script) => {
      const steps = chance() < 0.4 ? Math.floor(chance() * 40) : Infinity;
      return driver.commit(() => until(script(), steps));
    },
  };
}

async function unlessKilled(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (thrown) {
    if (!(thrown instanceof Killed) && !(thrown instanceof Error && thrown.cause instanceof Killed))
      throw thrown;
  }
}

async function countAll(store: Store): Promise<void> {
  while (await store.counting.anyWaits()) await store.counting.count(days, 100);
}

/** What reports say is what the log says. `scratch` opens a store to recount in. */
export function countsTheLog(store: () => Store, scratch: () => Promise<Store>): void {
  const recounted = async () => {
    const beside = await scratch();
    try {
      return await checkCounts(store(), beside, days);
    } finally {
      await beside.close();
    }
  };
  const concernsOf = () => store().db.selectFrom("concerns").selectAll().orderBy("opened_at").execute();

  describe("what is counted", () => {
    it.each([1, 2, 3, 4])(
      "equals a recount of the log, with corrections, late arrivals and kills in between (seed %i)",
      async (seed) => {
        const chance = seededChance(seed);
        const traffic = new MadeUpTraffic(store(), chance);
        await traffic.begin();
        // Every second counter knows nothing of what was committed a moment ago, as after a start.
        const counting = new CountingStore(store().db, dying(store().driver, chance));
        for (let i = 0; i < 250; i++) {
          await traffic.write();
          if (chance() < 0.15) await unlessKilled(counting.count(days, pick(chance, [1, 3, 20])));
          if (chance() < 0.05) await store().counting.count(days, pick(chance, [2, 50]));
          if (chance() < 0.1)
            await unlessKilled(
              counting.correct(
                {
                  id: newId(),
                  turnId: traffic.turnIds[Math.floor(chance() * traffic.turnIds.length)] ?? "",
                  at: noon,
                  by: "ana",
                  decidedBy: "reviewer",
                  category: categoryOf(chance),
                },
                days,
              ),
            );
          if (i % 100 === 50) expect(await recounted()).toMatchObject({ differences: 0, examples: [] });
        }
        await countAll(store());
        const check = await recounted();
        expect(check).toMatchObject({ turns: 250, differences: 0, examples: [] });
        expect(check.concerns).toBeGreaterThan(50);
      },
      60_000,
    );

    it("is told from what is not: a concern or a sum that was changed by hand is found", async () => {
      const traffic = new MadeUpTraffic(store(), seededChance(9));
      await traffic.begin();
      for (let i = 0; i < 40; i++) await traffic.write();
      await countAll(store());
      const [first, second] = await concernsOf();
      const { db } = store();
      await db
        .updateTable("concerns")
        .set({ turns: 99 })
        .where("visit_id", "=", first?.visit_id ?? "")
        .execute();
      await db
        .deleteFrom("concerns")
        .where("visit_id", "=", second?.visit_id ?? "")
        .execute();
      await db.updateTable("rollups").set({ n: 77 }).where("measure", "=", "hour").execute();
      const { differences, examples } = await recounted();
      expect(differences).toBeGreaterThan(2);
      expect(examples.join("\n")).toMatch(
        /concern .*: turns\n[^]*is not counted[^]*hour .*: counted 77, in the log/u,
      );
    });

    it("is the same after all of it was forgotten and counted again", async () => {
      const traffic = new MadeUpTraffic(store(), seededChance(5));
      await traffic.begin();
      for (let i = 0; i < 120; i++) await traffic.write();
      await countAll(store());
      const before = await concernsOf();
      await store().counting.forgetCounts();
      expect(await concernsOf()).toEqual([]);
      await countAll(store());
      expect(await concernsOf()).toEqual(before);
      expect(await recounted()).toMatchObject({ turns: 120, differences: 0 });
    });

    it("is forgotten and counted again while customers go on writing", async () => {
      const traffic = new MadeUpTraffic(store(), seededChance(6));
      await traffic.begin();
      let left = 150;
      const customers = async () => {
        for (; left > 0; left--) await traffic.write();
      };
      const maintainer = async () => {
        while (left > 0) await store().counting.forgetCounts();
      };
      await Promise.all([customers(), maintainer()]);
      await countAll(store());
      expect(await recounted()).toMatchObject({ turns: 150, differences: 0, examples: [] });
    });
  });
}
