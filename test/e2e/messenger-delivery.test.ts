import { setTimeout as pause } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import Sqlite from "better-sqlite3";
import { z } from "zod";
import { seededChance } from "../../src/recognition/linear/chance.ts";
import { until } from "./at-rest.ts";
import { app, MessengerPage, page, secondPage } from "./messenger-page.ts";

let running: MessengerPage;
let customer = "";
let customers = 0;

beforeAll(async () => {
  running = await MessengerPage.start();
});
beforeEach(() => {
  customers += 1;
  customer = `8${String(customers)}`;
});
afterEach(() => {
  running.meta.mood = () => undefined;
  running.meta.echoes = "none";
  expect(running.meta.breaches).toEqual([]);
});
afterAll(async () => {
  await running.end();
});

const outboxRow = z.object({
  status: z.string(),
  reason: z.string().nullable(),
  receipt: z.string().nullable(),
  provider_id: z.string().nullable(),
  attempts: z.number(),
});

function outbox(of = customer): z.output<typeof outboxRow>[] {
  const database = new Sqlite(running.database, { readonly: true });
  try {
    return z
      .array(outboxRow)
      .parse(
        database
          .prepare(
            "select outbox.* from outbox join conversations on conversations.id = conversation_id where external_id = ? order by turn_seq, n",
          )
          .all(of),
      );
  } finally {
    database.close();
  }
}

const accountWorks = (account: string) =>
  running.metric(`kumusta_account_works{channel="messenger",account="${account}"}`);

describe("a reply on its way to Meta", () => {
  it("is settled by its echo when that comes before the call returns", async () => {
    running.meta.echoes = "before";
    await running.says(customer, "magkano po sf");
    await until("it is settled", () => outbox()[0]?.receipt === "sent" && running.meta.delivered.length > 0);
    expect(outbox()).toMatchObject([
      { status: "delivered", provider_id: running.meta.delivered.at(-1)?.mid },
    ]);
    // The echo was ours: the bot goes on.
    await running.says(customer, "paano po magbayad");
    await until("it answers again", () => running.meta.textsTo(customer).length === 2);
  });

  it("is marked unknown when nobody can know, and settled by an echo that comes later", async () => {
    running.meta.mood = () => "hangUp";
    await running.says(customer, "magkano po sf");
    await until("its fate is open", () => outbox()[0]?.status === "unknown");
    const database = new Sqlite(running.database, { readonly: true });
    const { id } = z
      .object({ id: z.string() })
      .parse(database.prepare("select id from outbox where status = 'unknown'").get());
    database.close();
    const echo = {
      ...running.meta.answeredInInbox(page, customer, "x", 7001),
      message: { is_echo: true, app_id: 7001, mid: "m_late", metadata: id },
    };
    await running.meta.post([echo], page);
    expect(outbox()).toMatchObject([{ status: "delivered", provider_id: "m_late", receipt: "sent" }]);
    expect(running.meta.textsTo(customer)).toHaveLength(0);
  });

  it("is repeated after a failure of Meta's, and none is lost or sent twice when 5 % fail", async () => {
    const chance = seededChance(5);
    running.meta.mood = ({ body }) =>
      chance() < 0.05 && JSON.stringify(body ?? null).includes("metadata")
        ? { status: 500, code: 2 }
        : undefined;
    const crowd = Array.from({ length: 200 }, (_, i) => `2${String(i)}`);
    await Promise.all(crowd.map((one) => running.says(one, "magkano po sf")));
    expect(await running.atRest()).toBe(true);
    for (const one of crowd) expect(running.meta.textsTo(one)).toHaveLength(1);
    expect(crowd.flatMap((one) => outbox(one)).some(({ attempts }) => attempts > 1)).toBe(true);
  });

  it("is not repeated when it breaks a policy", async () => {
    running.meta.mood = () => ({ status: 403, code: 10, subcode: 2_018_278 });
    await running.says(customer, "magkano po sf");
    await running.atRest();
    expect(outbox()).toMatchObject([
      { status: "failed", attempts: 1, reason: "policy: HTTP 403, error 10/2018278" },
    ]);
  });

  it("marks the contact unreachable when they blocked the page", async () => {
    running.meta.blocked.add(customer);
    await running.says(customer, "magkano po sf");
    await running.atRest();
    expect(outbox()).toMatchObject([{ status: "failed", reason: "recipient: HTTP 400, error 551/1545041" }]);
    const database = new Sqlite(running.database, { readonly: true });
    const events = database
      .prepare("select record from turns where record like '%contact.unreachable%'")
      .all();
    database.close();
    expect(events).toHaveLength(1);
  });

  it("waits as long as Meta says when a burst meets the rate limit, and then leaves in order", async () => {
    const calls: number[] = [];
    let limitedAt: number | undefined;
    let sends = 0;
    running.meta.mood = ({ body }) => {
      if (!JSON.stringify(body ?? null).includes("metadata")) return undefined;
      sends += 1;
      if (limitedAt !== undefined) calls.push(performance.now() - limitedAt);
      if (sends !== 3) return undefined;
      limitedAt = performance.now();
      return { status: 400, code: 613, headers: { "retry-after": "2" } };
    };
    const texts = ["magkano po sf", "paano po magbayad", "saan po ang store niyo", "may cod po ba"];
    for (const text of texts) await running.says(customer, text);
    await running.says(`${customer}0`, "magkano po sf");
    expect(await running.atRest()).toBe(true);
    const ids = running.meta.delivered.flatMap(({ to, message }) =>
      to === customer ? [message.metadata ?? ""] : [],
    );
    expect(ids).toHaveLength(4);
    expect(ids).toEqual(ids.toSorted());
    // What was on its way to Meta when the limit was met is not called back.
    const begunAfter = calls.filter((afterMs) => afterMs > 100);
    expect(begunAfter.length).toBeGreaterThan(0);
    expect(Math.min(...begunAfter)).toBeGreaterThan(1_900);
  });

  it("leaves in the order of the conversation, whatever Meta takes for each", async () => {
    const chance = seededChance(7);
    running.meta.mood = async () => {
      await pause(10 + chance() * 190);
      return undefined;
    };
    const texts = ["magkano po sf", "paano po magbayad", "saan po ang store niyo"];
    const trials = Array.from({ length: 20 }, (_, i) => `3${String(i)}`);
    for (const text of texts) await Promise.all(trials.map((one) => running.says(one, text)));
    expect(await running.atRest()).toBe(true);
    const [first = ""] = trials;
    const wanted = running.meta.delivered
      .filter(({ to }) => to === first)
      .map(({ message }) => message.metadata);
    expect(wanted).toHaveLength(3);
    for (const one of trials) {
      const ids = running.meta.delivered
        .filter(({ to }) => to === one)
        .map(({ message }) => message.metadata ?? "");
      expect(ids).toEqual(ids.toSorted());
      expect(ids).toHaveLength(3);
    }
  });
});

describe("an acknowledgement", () => {
  it("never waits for Meta: p99 under 200 ms while each send takes 3 s", async () => {
    running.meta.mood = async () => {
      await pause(3_000);
      return undefined;
    };
    await running.says("0", "magkano po sf");
    const took: number[] = [];
    for (let i = 0; i < 200; i++) {
      const begun = performance.now();
      expect(await running.says(`4${String(i)}`, "magkano po sf")).toBe(200);
      took.push(performance.now() - begun);
    }
    const p99 = took.toSorted((a, b) => a - b)[Math.floor(took.length * 0.99)] ?? Infinity;
    expect(p99).toBeLessThan(200);
  });
});

describe("a page whose token was revoked", () => {
  it("is stopped with an alarm, its replies wait, and other pages go on", async () => {
    const shop = await MessengerPage.shopWith((channels) =>
      channels.replace("pages: []", "pages: [{ id: CEBU_PAGE_ID, token: CEBU_PAGE_TOKEN }]"),
    );
    await running.kill();
    await running.restart({
      CONTENT_DIR: shop.path,
      CEBU_PAGE_ID: secondPage,
      CEBU_PAGE_TOKEN: app.pages[secondPage],
    });
    running.meta.revoked.add(page);
    await running.says(customer, "magkano po sf");
    await until("the alarm is raised", () => running.program.output().includes("channel.stopped"));
    expect(await accountWorks(page)).toBe(0);
    await running.says(`${customer}0`, "magkano po sf");
    await running.meta.post([running.meta.typed(secondPage, `${customer}1`, "magkano po sf")], secondPage);
    await until("the other page answers", () => running.meta.textsTo(`${customer}1`).length === 1);
    expect(running.meta.textsTo(customer)).toEqual([]);
    expect(outbox().map(({ status }) => status)).toEqual(["due"]);
    expect(outbox(`${customer}0`).map(({ status }) => status)).toEqual(["due"]);
    await shop.remove();
    expect(running.program.output()).not.toContain("PAGE-TOKEN");
  });
});
