import { AxeBuilder } from "@axe-core/playwright";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { reportPage } from "../../src/insights/report-page/report-page.ts";
import { emptyReport, sampleReport } from "../insights/report-page/sample-report.ts";
import { until } from "./at-rest.ts";
import { complaintsOf, openBrowser } from "./browser.ts";
import { temporaryFolder } from "./program.ts";
import { screens } from "./widget-page.ts";

const smallPhone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };

describe("the report as a file in the browser", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let browser: Browser;
  const pages: Page[] = [];
  const file = (name: string) => pathToFileURL(join(folder.path, name)).href;

  beforeAll(async () => {
    folder = await temporaryFolder();
    const full = { ...sampleReport, running: true, demo: { seed: 7 } };
    writeFileSync(join(folder.path, "report.html"), reportPage(full));
    // Every part of the page once or twice: axe looks at each word of it for seconds on a busy machine.
    const short = { ...full, teams: full.teams.slice(1, 3), intents: full.intents.slice(0, 12) };
    writeFileSync(join(folder.path, "short.html"), reportPage(short));
    writeFileSync(join(folder.path, "empty.html"), reportPage(emptyReport));
    browser = await openBrowser();
  });
  afterEach(async () => {
    for (const page of pages.splice(0)) await page.context().close();
  });
  afterAll(async () => {
    await browser.close();
    await folder.remove();
  });

  const opens = async (options: BrowserContextOptions, name = "report.html") => {
    const page = await (await browser.newContext(options)).newPage();
    pages.push(page);
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    const complaints = complaintsOf(page);
    await page.goto(file(name));
    return { page, asked, complaints };
  };
  const faultsOf = async (page: Page) =>
    // There are no frames to put together, and what is in order is not listed: naming each of thousands of elements
    // takes axe longer than looking at them.
    (
      await new AxeBuilder({ page })
        .setLegacyMode()
        .options({ resultTypes: ["violations"] })
        .analyze()
    ).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
  const openEverything = (page: Page) =>
    page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');

  it.each(screens)(
    "shows nothing that axe finds fault with %s, with everything opened",
    async (_name, screen) => {
      const { page, asked, complaints } = await opens(screen, "short.html");
      expect(await faultsOf(page)).toEqual([]);
      await openEverything(page);
      await page.locator(".matrix a").filter({ hasText: "rose" }).click();
      await page.locator(".cell-panel:target").waitFor();
      expect(await faultsOf(page)).toEqual([]);
      expect(complaints).toEqual([]);
      expect(asked).toEqual([file("short.html")]);
    },
  );

  it("of a shop without traffic has no fault either", async () => {
    const { page } = await opens(smallPhone, "empty.html");
    expect(await faultsOf(page)).toEqual([]);
  });

  it("never scrolls sideways on a small phone, whatever is opened; wide tables scroll by themselves", async () => {
    const { page } = await opens(smallPhone);
    await openEverything(page);
    const cells = await page.locator(".matrix a").count();
    expect(cells).toBeGreaterThan(20);
    for (let i = 0; i < cells; i += 1) {
      await page.evaluate(`location.hash = "cell-${String(i)}"`);
      await page.locator(`#cell-${String(i)}`).waitFor();
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(360);
    }
    const table = page.getByRole("region", { name: "Most asked intents" });
    await table.focus();
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowRight");
    await until("the table was scrolled", async () => {
      return Number(await page.evaluate("document.activeElement.scrollLeft")) > 0;
    });
  });

  it("opens what is behind a cell, and what customers wrote, by keyboard alone", async () => {
    const { page } = await opens({ viewport: { width: 1280, height: 800 } });
    const cell = page.getByRole("link", { name: /^Questions · Account creation: 174, rose/u });
    const panel = page.getByRole("article", { name: /^Questions · Account creation/u });
    expect(await panel.isVisible()).toBe(false);
    await cell.focus();
    await page.keyboard.press("Enter");
    await panel.waitFor();
    await panel.getByText("How do I register?").waitFor();
    await page.keyboard.press("Tab");
    await panel.locator("summary:focus").waitFor();
    await page.keyboard.press("Enter");
    await panel.getByRole("table", { name: /^Concerns by day/u }).waitFor();

    const wrote = page.getByText("What customers wrote (3)");
    await wrote.focus();
    await page.keyboard.press("Enter");
    await page.getByText("paano po mag register").waitFor();
  });

  it("leads each team to its own part", async () => {
    const { page } = await opens(smallPhone);
    await page
      .getByRole("navigation", { name: "For one team" })
      .getByRole("link", { name: "Delivery team" })
      .click();
    const heading = page.getByRole("heading", { name: "For the Delivery team" });
    await heading.waitFor();
    const top = (await heading.boundingBox())?.y;
    expect(top).toBeGreaterThanOrEqual(0);
    expect(top).toBeLessThan(740);
  });

  it("prints light, without what can only be clicked", async () => {
    const { page } = await opens({ colorScheme: "dark", viewport: { width: 1280, height: 800 } });
    await page.emulateMedia({ media: "print" });
    expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe("rgb(255, 253, 248)");
    expect(await page.getByRole("navigation").count()).toBe(0);
    await page.setViewportSize({ width: 720, height: 1000 });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(720);
    expect((await page.pdf({ format: "A4" })).subarray(0, 5).toString()).toBe("%PDF-");
  });
});
