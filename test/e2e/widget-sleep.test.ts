import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { Browser } from "playwright-core";
import { openBrowser } from "./browser.ts";
import { startFaultProxy, type FaultProxy } from "./fault-proxy.ts";
import { startProgram, temporaryFolder, type Program } from "./program.ts";
import { newCustomer, widgetOn, type WidgetPage } from "./widget-page.ts";

describe("a page that slept", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let program: Program;
  let proxy: FaultProxy;
  let browser: Browser;
  let customer: WidgetPage;

  beforeAll(async () => {
    folder = await temporaryFolder();
    program = await startProgram(folder.path);
    proxy = await startFaultProxy(() => program.port);
    browser = await openBrowser();
  });
  beforeEach(async () => {
    customer = await newCustomer(browser, proxy.url);
  });
  afterEach(async () => {
    await customer.page.context().close();
  });
  afterAll(async () => {
    await browser.close();
    await proxy.stop();
    await program.stop();
    await folder.remove();
  });

  const begins = async () => {
    await customer.open();
    await customer.say("how can i pay");
    await customer.hears("GCash");
    await customer.allSent(1);
  };
  const inAnotherTab = async (...lines: readonly string[]) => {
    const other = widgetOn(await customer.page.context().newPage());
    await other.page.goto(proxy.url);
    await other.open();
    await other.hears("GCash");
    for (const [n, line] of lines.entries()) {
      await other.say(line);
      await other.allSent(n + 2);
      await other.log
        .locator(".bot")
        .nth(n + 1)
        .waitFor();
    }
    return other;
  };
  const texts = ({ log }: WidgetPage) => log.locator(".text").allInnerTexts();

  it("gets what came meanwhile once and in order when the browser wakes it, though its line died unnoticed", async () => {
    // Chromium freezes no page that it is told to show, as this one is while a program looks on: what a frozen page
    // is (no timer runs, nothing comes by the line) is made here, and told as the Page Lifecycle tells it.
    await customer.page.clock.install();
    await customer.page.reload();
    await begins();
    await customer.page.clock.pauseAt(Date.now() + 2_000);
    expect(proxy.hold()).toBeGreaterThan(0);
    const other = await inAnotherTab("where is my order", "how much is the shipping fee?");
    expect(await customer.own()).toEqual(["how can i pay"]);
    await customer.page.clock.resume();
    await customer.page.evaluate("document.dispatchEvent(new Event('resume'))");
    await customer.log.locator(".bot").nth(2).waitFor();
    expect(await customer.own()).toEqual([
      "how can i pay",
      "where is my order",
      "how much is the shipping fee?",
    ]);
    expect(await texts(customer)).toEqual(await texts(other));
    await customer.say("salamat po");
    await customer.allSent(4);
  });

  it("finds out by itself that its line is dead when the machine wakes, and goes on", async () => {
    await customer.page.clock.install();
    await customer.page.reload();
    await begins();
    expect(proxy.hold()).toBeGreaterThan(0);
    const other = await inAnotherTab("where is my order");
    await customer.page.clock.fastForward(20_000);
    // Not so long: the server has said nothing yet, as it may.
    expect(await customer.log.locator(".own").count()).toBe(1);
    await customer.page.clock.fastForward(90_000);
    await customer.log.locator(".bot").nth(1).waitFor();
    expect(await texts(customer)).toEqual(await texts(other));
  });
});

describe("a customer who comes back the next day", () => {
  it("finds what was said, under its day, and goes on, though the server was started again in between", async () => {
    const dayMs = 86_400_000;
    const folder = await temporaryFolder();
    let program = await startProgram(folder.path);
    const browser = await openBrowser();
    try {
      const customer = await newCustomer(browser, program.url);
      const { page, log } = customer;
      await customer.open();
      await customer.say("how can i pay");
      await customer.hears("GCash");
      await customer.allSent(1);
      const { port } = program;
      await program.kill();
      program = await startProgram(folder.path, {
        PORT: String(port),
        CLOCK_WRONG_BY_MS: String(dayMs),
        NODE_OPTIONS: `--import ${new URL("./jumping-clock.js", import.meta.url).href}`,
      });
      await page.clock.setSystemTime(Date.now() + dayMs);
      await page.reload();
      await customer.hears("GCash");
      await log.getByText("Yesterday", { exact: true }).waitFor();
      await customer.say("where is my order");
      await customer.allSent(2);
      await log.getByText("Today", { exact: true }).waitFor();
      await log.locator(".bot").nth(1).waitFor();
      expect(await customer.own()).toEqual(["how can i pay", "where is my order"]);
    } finally {
      await browser.close();
      await program.stop();
      await folder.remove();
    }
  });
});
