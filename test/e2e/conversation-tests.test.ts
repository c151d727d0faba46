import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { z } from "zod";
import { makeSmallShop, type SmallShop } from "../content/small-shop.ts";
import { kumusta } from "./command.ts";
import { temporaryFolder } from "./program.ts";

const report = z.object({
  passed: z.int(),
  failed: z.int(),
  failures: z.array(
    z.object({
      test: z.string(),
      file: z.string(),
      steps: z.array(
        z.object({
          line: z.int(),
          misses: z.array(z.object({ what: z.string(), expected: z.string(), found: z.string() })),
        }),
      ),
    }),
  ),
  coverage: z.record(z.string(), z.object({ total: z.int(), passed: z.int(), missing: z.array(z.string()) })),
});

let shop: SmallShop;
let data: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  shop = makeSmallShop();
  data = await temporaryFolder();
});
afterAll(async () => {
  shop.remove();
  await data.remove();
});

/** Plays one file of tests in the small shop. */
async function play(text: string, ...args: readonly string[]) {
  shop.write("dialogs/delivery/status.test.yaml", text);
  return kumusta(["test", ...args], { env: { CONTENT_DIR: shop.folder, DATA_DIR: data.path } });
}

async function playJson(text: string) {
  const { code, stdout } = await play(text, "--json");
  return { code, ...report.parse(JSON.parse(stdout)) };
}

const looksUp = (
  expectation: string,
  { name = "a parcel is found", actions = "{ result: { where: in Cebu, arrives: Friday } }" } = {},
) => `  - name: ${name}
    actions: { orders.status: ${actions} }
    conversation:
      - { says: where is my order, expect: delivery.status.number }
      - says: "104233"
        expect: ${expectation}
`;

describe("kumusta test", () => {
  it("passes a conversation that goes as it should, and tells what no test passes", async () => {
    const played = await playJson(
      `tests:\n${looksUp('{ script: delivery.status.tell, text: "104233 is in Cebu" }')}`,
    );
    expect(played).toMatchObject({ code: 0, passed: 1, failed: 0 });
    expect(played.coverage["steps"]?.missing).toEqual(["delivery.status.sorry", "delivery.status.person"]);
    expect(played.coverage["transitions"]?.missing).toEqual([
      "delivery.status: look-up → sorry",
      "delivery.status: sorry → person",
    ]);
    expect(played.coverage["intents"]?.missing).toEqual(["delivery.fee", "payment.cod"]);
    expect(played.coverage["variants"]?.missing).toContain("payment.cod · b");
  });

  it("shows what was expected and what was said, with file and line", async () => {
    const { code, stdout } = await play(`tests:\n${looksUp("delivery.status.sorry")}`);
    expect(code).toBe(1);
    expect(stdout).toContain("dialogs/delivery/status.test.yaml:6");
    expect(stdout).toContain("customer: 104233\n    bot: 104233 is in Cebu, here by Friday.");
    expect(stdout).toMatch(/expected {2}delivery\.status\.sorry\n +found {5}delivery\.status\.tell/u);
    expect(stdout).toContain("0 passed, 1 failed");
  });

  it("fails by each kind of expectation that is not met", async () => {
    const wrong: Readonly<Record<string, string>> = {
      script: "delivery.status.sorry",
      variant: "{ variant: b }",
      text: "{ text: in Davao }",
      not: "{ not: Cebu }",
      silent: "{ silent: true }",
      intent: "{ intent: delivery.fee }",
      "category.kind": "{ category: { kind: problem } }",
      slots: '{ slots: { orderNumber: "1" } }',
      step: "{ step: delivery.status.number }",
      owner: "{ owner: queue }",
      outcome: "{ outcome: handedOff }",
      handOff: "{ handOff: requested }",
      buttons: "{ buttons: Yes }",
      language: "{ language: fil }",
      attachments: "{ attachments: 1 }",
      "timers.handOff.promise": "{ timers: { handOff.promise: 20m } }",
      called: '{ called: { orders.status: { orderNumber: "104234" } } }',
      cases: "{ cases: opened }",
      state: "{ state: { misses: 7 } }",
    };
    const tests = Object.entries(wrong).map(([what, expectation]) => looksUp(expectation, { name: what }));
    const { code, failures } = await playJson(`tests:\n${tests.join("")}`);
    expect(code).toBe(1);
    expect(
      failures.map(({ test, steps }) => [test, steps.map(({ misses }) => misses.map(({ what }) => what))]),
    ).toEqual(Object.keys(wrong).map((what) => [what, [[what]]]));
  });

  it.each([
    ["refuses", "fails", "{ script: [delivery.status.sorry, shared.handOff], owner: queue:support }"],
    [
      "leaves out a field that it must give",
      "{ result: { where: in Cebu } }",
      "{ script: [delivery.status.sorry, shared.handOff] }",
    ],
  ])("plays a business that %s", async (_what, actions, expectation) => {
    expect(await playJson(`tests:\n${looksUp(expectation, { actions })}`)).toMatchObject({ passed: 1 });
  });

  it("moves time: a business that is slow, a promise that runs into the next day", async () => {
    // Customer Care promises 15 minutes of its working time, which ends in five; a promise is said on five minutes.
    const played = await playJson(`tests:
  - name: time passes
    at: 2026-11-24 17:55
    actions: { orders.status: { slow: 9s, fails: true } }
    conversation:
      - { says: "where is my order", expect: delivery.status.number }
      - { says: "104233", expect: { silent: true } }
      - { wait: 8s, expect: { silent: true } }
      - { wait: 1s, expect: { owner: "queue:support", timers: { handOff.promise: 55191s } } }
      - { wait: 55190s, expect: { silent: true, owner: queue } }
      - { wait: 1s, expect: { script: shared.stillWaiting, owner: bot } }
`);
    expect(played).toMatchObject({ passed: 1, failures: [] });
  });

  it("cannot run on a file that is no test, and says why", async () => {
    const { code, stderr } = await play("tests:\n  - name: x\n    conversation:\n      - { sais: hi }\n");
    expect(code).toBe(2);
    expect(stderr).toContain("dialogs/delivery/status.test.yaml:4");
  });

  it("cannot run files that are not there", async () => {
    const { code, stderr } = await play("tests: []", "dialogs/nowhere.test.yaml");
    expect(code).toBe(2);
    expect(stderr).toContain("There is no such test file");
  });
});

describe("kumusta chat", () => {
  const env = () => ({ CONTENT_DIR: shop.folder, DATA_DIR: data.path, LOG_LEVEL: "silent" });

  it("answers a piped conversation, taps, attaches, waits and plays the agent", async () => {
    const input = [
      "can i pay the rider in cash",
      "/tap 1",
      "agent",
      "/agent Hello from Ana",
      "/wait 25h",
      "/tap 9",
      "/attach package.json",
      "/quit",
      "never heard",
    ];
    const { code, stdout } = await kumusta(["chat"], { env: env(), input: `${input.join("\n")}\n` });
    expect(code).toBe(0);
    const bot = stdout.split("\n").filter((line) => !line.startsWith("you: "));
    expect(bot[0]).toMatch(/^bot: (?:Yes, pay the rider|Sure, in cash)\.$/u);
    expect(bot).toContain("     1. Shipping fee");
    expect(bot).toContain("bot: It is ₱85.");
    expect(stdout).toContain("I've passed this to our Customer Care team.");
    expect(bot).toContain("Ana: Hello from Ana");
    expect(stdout).toMatch(/\(it is 20\d\d-/u);
    expect(stdout).toContain("There is no such button.");
    expect(stdout).toContain("I can't open files");
    expect(stdout).not.toContain("never heard");
  });

  it("shows with --debug what was recognized, decided and how long it took", async () => {
    const { stdout } = await kumusta(["chat", "--debug"], { env: env(), input: "magkano po sf\n" });
    expect(stdout).toContain("bot: ₱85 po.");
    expect(stdout).toMatch(/\| candidates {2}delivery\.fee \d\.\d\d/u);
    expect(stdout).toContain("| category    question / delivery / delivery.fee");
    expect(stdout).toContain("| said        delivery.fee · a, shared.disclosure · a");
    expect(stdout).toMatch(/\| owner +bot, outcome answered/u);
    expect(stdout).toMatch(/\| took +[\d.]+ ms to decide, [\d.]+ ms to commit/u);
  });
});
