import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { until } from "./at-rest.ts";
import { launch, root } from "./program.ts";
import { app, messengerEnv, MessengerPage, page, type Shop } from "./messenger-page.ts";

let running: MessengerPage;
let shop: Shop;
let customer = "";
let customers = 0;
const inbox = "263902037430900";

beforeAll(async () => {
  shop = await MessengerPage.shopWith((channels) =>
    channels.replace("# passTo: page-inbox", "passTo: page-inbox"),
  );
  running = await MessengerPage.start({ CONTENT_DIR: shop.path });
});
beforeEach(() => {
  customers += 1;
  customer = `7${String(customers)}`;
});
afterEach(() => {
  expect(running.meta.breaches).toEqual([]);
});
afterAll(async () => {
  await running.end();
  await shop.remove();
});

const answers = () => running.meta.textsTo(customer).length;

describe("a person in Meta Business Suite", () => {
  it("takes the customer by answering: the bot is silent until the thread comes back", async () => {
    await running.says(customer, "magkano po sf");
    await until("the bot answers", () => answers() === 1);
    await running.meta.post([running.meta.answeredInInbox(page, customer, "Hi po, si Ana ito")], page);
    await running.says(customer, "paano po magbayad");
    await running.atRest();
    expect(answers()).toBe(1);
    await running.meta.post(
      [
        {
          sender: { id: customer },
          recipient: { id: page },
          timestamp: Date.now(),
          pass_thread_control: { previous_owner_app_id: inbox, new_owner_app_id: app.appId, metadata: "" },
        },
      ],
      page,
    );
    await running.says(customer, "paano po magbayad");
    await until("the bot answers again", () => answers() === 2);
  });

  it("is seen in standby: what the customer writes there is kept, and the bot stays silent, taps included", async () => {
    await running.meta.post([running.meta.typed(page, customer, "magkano po sf")], page, "standby");
    await running.meta.post([running.meta.tapped(page, customer, "Payment", "intent:payment.methods")], page);
    await running.atRest();
    expect(answers()).toBe(0);
  });

  it("gets the thread passed when the bot hands over, after the customer was told", async () => {
    await running.says(customer, "agent");
    await until("the thread is passed", () => running.meta.ownerOf(page, customer) === inbox);
    expect(answers()).toBe(1);
    expect(running.meta.calls.at(-1)).toMatchObject({
      path: `/v26.0/${page}/pass_thread_control`,
      body: { target_app_id: inbox },
    });
  });
});

describe("a comment under a post of the page", () => {
  it("is answered privately, once, when the rule says so, and left alone otherwise", async () => {
    const comment = running.meta.commented(page, "9_1", customer, "Magkano po sf?");
    await running.meta.post([comment], page, "changes");
    await running.meta.post([comment], page, "changes");
    await running.meta.post([running.meta.commented(page, "9_2", customer, "ang ganda")], page, "changes");
    await running.meta.post(
      [running.meta.commented(page, "9_3", customer, "scam! magkano?")],
      page,
      "changes",
    );
    await running.atRest();
    expect(running.meta.textsTo("9_1")).toHaveLength(1);
    expect(running.meta.textsTo("9_2")).toEqual([]);
    expect(running.meta.textsTo("9_3")).toEqual([]);
  });
});

describe("the operator's commands", () => {
  const command = async (...args: string[]) => {
    const started = launch(running.folder, {
      command: [process.execPath, "bin/kumusta.js", ...args, "messenger", "--json"],
      env: { ...messengerEnv(running.meta), PUBLIC_URL: running.program.url, CONTENT_DIR: root },
    });
    const code = await started.ended;
    return { code, output: started.output() };
  };

  it("doctor tells what is wrong, and setup mends what it can", async () => {
    running.meta.subscribed.set(page, ["messages"]);
    const ill = await command("doctor");
    expect(ill.code).toBe(1);
    expect(ill.output).toContain("missing: messaging_postbacks, message_echoes");
    expect(ill.output).toContain("PUBLIC_URL is not https");
    expect(ill.output).not.toContain(app.appSecret);
    const mended = await command("setup");
    expect(mended.code).toBe(0);
    expect(running.meta.subscribed.get(page)).toContain("message_echoes");
    expect(running.meta.profiles.get(page)).toMatchObject({
      get_started: { payload: "intent:discovery.greeting" },
      greeting: [{ locale: "default" }, { locale: "tl_PH" }],
    });
    expect((await command("doctor")).output).not.toContain("missing:");
  });

  it("doctor cannot run where Messenger is off", async () => {
    const started = launch(running.folder, {
      command: [process.execPath, "bin/kumusta.js", "doctor", "messenger"],
    });
    expect(await started.ended).toBe(2);
    expect(started.errors()).toContain("messenger is off");
  });

  it("a half-configured Messenger is an error that names what is missing", async () => {
    const started = launch(running.folder, { env: { MESSENGER_PAGE_TOKEN: "x", GRAPH_VERSION: "26" } });
    expect(await started.ended).toBe(2);
    for (const name of [
      "MESSENGER_APP_SECRET",
      "MESSENGER_VERIFY_TOKEN",
      "MESSENGER_PAGE_ID",
      "GRAPH_VERSION",
    ])
      expect(started.errors()).toContain(name);
  });
});
