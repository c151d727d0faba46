import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import Sqlite from "better-sqlite3";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { systemClock } from "../../src/basics/time.ts";
import { ContinueLinks } from "../../src/channels/webchat/continue-links.ts";
import { GraphEmulator } from "../emulators/messenger/graph-emulator.ts";
import { startTwilio, type TwilioEmulator } from "../emulators/twilio/twilio-emulator.ts";
import { atRest } from "./at-rest.ts";
import { openBrowser } from "./browser.ts";
import { app, messengerEnv, page as pageId } from "./messenger-page.ts";
import { directLineSecret, startProgram, temporaryFolder, type Program } from "./program.ts";
import { widgetOn } from "./widget-page.ts";

describe("a customer who taps the link in a message", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let program: Program;
  let twilio: TwilioEmulator;
  let meta: GraphEmulator;
  let browser: Browser;
  let database: string;
  const contexts: BrowserContext[] = [];
  let customers = 0;

  beforeAll(async () => {
    folder = await temporaryFolder();
    database = join(folder.path, "kumusta.db");
    twilio = await startTwilio();
    meta = await GraphEmulator.start(app);
    program = await startProgram(folder.path, { ...twilio.environment(), ...messengerEnv(meta) });
    twilio.target = program.url;
    meta.webhook = `${program.url}/webhooks/messenger`;
    browser = await openBrowser();
  });
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close();
    expect(twilio.breaches).toEqual([]);
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
    await twilio.close();
    await meta.stop();
    await folder.remove();
  });

  const newPhone = () => `+63917${String(2_000_000 + (customers += 1))}`;
  const text = async (from: string, body: string) => {
    expect(await twilio.text({ from, body })).toEqual([200]);
    expect(await atRest(database)).toBe(true);
    return twilio.to(from).at(-1) ?? "";
  };
  /** The link that a message to this customer would carry, whatever it says. */
  const linkOf = (externalId: string) => {
    const db = new Sqlite(database, { readonly: true });
    try {
      const id = db.prepare("select id from conversations where external_id = ?").pluck().get(externalId);
      return `${program.url}/c/${new ContinueLinks(directLineSecret, systemClock).issue(String(id))}`;
    } finally {
      db.close();
    }
  };
  const openFlows = (externalId: string) => {
    const db = new Sqlite(database, { readonly: true });
    try {
      return db
        .prepare(
          "select json_extract(state, '$.open.step') from conversations where external_id = ? and json_extract(state, '$.movedTo') is null",
        )
        .pluck()
        .all(externalId);
    } finally {
      db.close();
    }
  };
  const newBrowser = async (): Promise<Page> => {
    const context = await browser.newContext();
    contexts.push(context);
    return context.newPage();
  };
  const address = "12 Mabini Street, Barangay Uno, Cebu City";

  it("goes on in the middle of a flow, with what they told by text; by text the bot asks no more", async () => {
    const ana = newPhone();
    await text(ana, "i want to change my delivery address");
    expect(await text(ana, "104233")).toContain("new address");
    const chat = widgetOn(await newBrowser());
    await chat.page.goto(linkOf(ana));
    await chat.hears("What's the new address?");
    await chat.say(address);
    await chat.hears(/New address for order (?:TND-)?104233/u);
    expect(openFlows(ana)).toEqual([]);
    // By text nothing is open any more, and an address is no answer to anything.
    await text(ana, "ok thank you");
    expect(openFlows(ana)).toEqual([null]);
    expect(await text(ana, address)).not.toContain("Mabini");
  });

  it("comes back to the same chat when they tap it again, and shows nobody else what was told", async () => {
    const ben = newPhone();
    await text(ben, "i want to change my delivery address");
    await text(ben, "104233");
    const link = linkOf(ben);
    const chat = widgetOn(await newBrowser());
    await chat.page.goto(link);
    await chat.hears("What's the new address?");
    await chat.say(address);
    await chat.hears(/Mabini/u);
    const said = await chat.log.locator(".text").allInnerTexts();
    await chat.page.goto(link);
    await chat.hears(/Mabini/u);
    expect(await chat.log.locator(".text").allInnerTexts()).toEqual(said);
    const other = widgetOn(await newBrowser());
    await other.page.goto(link);
    await other.hears("You're with the assistant");
    expect(await other.log.innerText()).not.toMatch(/Mabini|104233/u);
  });

  it("brings a new matter into the chat that the browser has, and its answer with it", async () => {
    const carla = newPhone();
    await text(carla, "how much is the shipping fee?");
    const chat = widgetOn(await newBrowser());
    await chat.page.goto(linkOf(carla));
    await chat.hears(/₱\d+/u);
    await text(carla, "how can i pay");
    await chat.page.goto(linkOf(carla));
    await chat.hears("GCash");
    await chat.hears(/shipping|delivery/iu);
  });

  it("with a case hears who has it: the team answers by text, the bot is here for the rest", async () => {
    const dan = newPhone();
    await text(dan, "how much is the shipping fee?");
    await text(dan, "agent");
    const chat = widgetOn(await newBrowser());
    await chat.page.goto(linkOf(dan));
    await chat.hears(/has your concern and replies where you wrote first/u);
    await chat.say("how can i pay");
    await chat.hears("GCash");
  });

  it("in Messenger asks for it and gets a button that leads on, from the menu as by words", async () => {
    const fely = "5550002";
    const buttons = () =>
      meta.delivered.flatMap(({ to, message: { attachment } }) =>
        to === fely && attachment?.type === "template" && attachment.payload.template_type === "button"
          ? attachment.payload.buttons
          : [],
      );
    for (const words of [
      "i want to change my delivery address",
      "104233",
      "can we continue on your website?",
    ]) {
      await meta.post([meta.typed(pageId, fely, words)], pageId);
      expect(await atRest(database)).toBe(true);
    }
    const [button] = buttons();
    expect(button).toMatchObject({ type: "web_url", title: "Open web chat" });
    const { pathname } = new URL(button?.type === "web_url" ? button.url : "");
    const chat = widgetOn(await newBrowser());
    await chat.page.goto(`${program.url}${pathname}`);
    await chat.hears("What's the new address?");
    await chat.say(address);
    await chat.hears(/New address for order (?:TND-)?104233/u);
    await chat.say("web chat");
    await chat.hears("in our web chat already");

    await meta.post([meta.postback(pageId, fely, "Go on in web chat", "command:web")], pageId);
    expect(await atRest(database)).toBe(true);
    expect(buttons()).toHaveLength(2);
  });

  it("by text gets the short words and the link", async () => {
    const gina = newPhone();
    await text(gina, "how much is the shipping fee?");
    const said = await text(gina, "sa website na lang po");
    expect(said).toMatch(/^(?:Go on in our web chat|Ituloy po sa aming web chat)[^]*\/c\/[\w-]+$/u);
  });

  it("in Messenger goes on as well, in Filipino where they wrote so", async () => {
    const ella = "5550001";
    await meta.post([meta.typed(pageId, ella, "gusto ko po palitan ang delivery address ko")], pageId);
    expect(await atRest(database)).toBe(true);
    await meta.post([meta.typed(pageId, ella, "104233")], pageId);
    expect(await atRest(database)).toBe(true);
    const chat = widgetOn(await newBrowser());
    await chat.page.goto(linkOf(ella));
    await chat.hears("Ano po ang bagong address?");
    await chat.say(address);
    await chat.hears(/104233/u);
  });
});
