import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import type { Browser } from "playwright-core";
import { openBrowser } from "./browser.ts";
import { startProgram, temporaryFolder, type Program } from "./program.ts";
import { newCustomer, widgetOn, type WidgetPage } from "./widget-page.ts";

describe("a customer with the widget open", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let program: Program;
  let browser: Browser;
  let customer: WidgetPage;

  beforeAll(async () => {
    folder = await temporaryFolder();
    program = await startProgram(folder.path);
    browser = await openBrowser();
  });
  afterEach(async () => {
    await customer.page.context().close();
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
    await folder.remove();
  });

  const arrives = async () => {
    customer = await newCustomer(browser, program.url);
    await customer.open();
    await customer.say("how can i pay");
    await customer.hears("GCash");
    return customer;
  };
  const cutOff = (isOff: boolean) => customer.page.context().setOffline(isOff);

  it("who loses the network in mid-conversation sees what waits, and it goes out once and in order when it is back", async () => {
    const { page, log, own, say, allSent } = await arrives();
    await cutOff(true);
    await page.getByRole("status").getByText("No connection").waitFor();
    const lines = ["where is my order", "order TND-104233", "salamat po"];
    for (const line of lines) await say(line);
    await log.getByText("Waiting for a connection").nth(2).waitFor();
    await cutOff(false);
    await allSent(4);
    await page.reload();
    await log.locator(".own").nth(3).waitFor();
    expect(await own()).toEqual(["how can i pay", ...lines]);
  });

  it("who leaves the page while messages wait finds them sent, without opening the chat", async () => {
    const { page, say, log, own } = await arrives();
    await cutOff(true);
    await say("where is my order");
    await page.getByRole("log").getByText("Waiting for a connection").waitFor();
    await page.evaluate("window.Kumusta.close()");
    await cutOff(false);
    await page.goto(`${program.url}/privacy`);
    await page.goto(program.url);
    await page.getByRole("button", { name: /^Chat with us/u }).click();
    await log.locator(".own").nth(1).waitFor();
    await customer.allSent(2);
    expect(await own()).toEqual(["how can i pay", "where is my order"]);
  });

  it("whose message arrived while the answer to it was lost does not send it twice", async () => {
    const { page, say, own, allSent, log } = await arrives();
    let lost = 0;
    await page.route("**/activities", async (route) => {
      if (lost > 0 || route.request().postData()?.includes("where is my order") !== true) {
        await route.continue();
        return;
      }
      lost += 1;
      await route.fetch();
      await route.abort();
    });
    await say("where is my order");
    await allSent(2);
    await page.reload();
    await log.locator(".own").nth(1).waitFor();
    expect([await own(), lost]).toEqual([["how can i pay", "where is my order"], 1]);
  });

  it("goes on when the server is started again: what was said is there, and what is written meanwhile goes out", async () => {
    const { page, log, say, own, allSent } = await arrives();
    const { port } = program;
    await program.kill();
    await say("where is my order");
    await log.getByText("Waiting for a connection").waitFor();
    program = await startProgram(folder.path, { PORT: String(port) });
    await allSent(2);
    await say("salamat po");
    await allSent(3);
    expect(await own()).toEqual(["how can i pay", "where is my order", "salamat po"]);
    await page.reload();
    await log.locator(".own").nth(2).waitFor();
    expect(await own()).toEqual(["how can i pay", "where is my order", "salamat po"]);
  });

  it("in two tabs has one conversation in both, each message once", async () => {
    const { page, say, hears, own } = await arrives();
    const other = widgetOn(await page.context().newPage());
    await other.page.goto(program.url);
    await other.open();
    await other.hears("GCash");
    await other.say("where is my order");
    await other.allSent(2);
    await say("talk to a person please");
    await other.log.locator(".own").nth(2).waitFor();
    await hears(/order/u);
    const said = ["how can i pay", "where is my order", "talk to a person please"];
    expect([await own(), await other.own()]).toEqual([said, said]);
    for (const tab of [page, other.page]) {
      await tab.reload();
      await widgetOn(tab).log.locator(".own").nth(2).waitFor();
      expect(await widgetOn(tab).own()).toEqual(said);
    }
  });

  it("gets answers where WebSockets are not let through", async () => {
    customer = await newCustomer(browser, "about:blank");
    await customer.page.routeWebSocket(/\/stream/u, (socket) => socket.close());
    await customer.page.goto(program.url);
    await customer.open();
    await customer.say("how can i pay");
    await customer.hears("GCash");
  });
});
