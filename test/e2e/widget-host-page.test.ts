import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import Sqlite from "better-sqlite3";
import { createHmac } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Browser } from "playwright-core";
import { z } from "zod";
import { atRest } from "./at-rest.ts";
import { complaintsOf, openBrowser } from "./browser.ts";
import { root, startProgram, temporaryFolder, type Program } from "./program.ts";
import { newCustomer, picture, type WidgetPage } from "./widget-page.ts";

const identitySecret = "identity-secret-for-tests";

/** A shop's site on another origin, with a policy as strict as the widget's documentation says it may be. */
async function startSite(): Promise<{ server: Server; origin: string; serve(chat: string): void }> {
  const page = { html: "", policy: "" };
  const server = createServer((request, answer) => {
    answer.writeHead(request.url?.startsWith("/shop") === true ? 200 : 404, {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": page.policy,
    });
    answer.end(page.html);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    server,
    origin: `http://127.0.0.1:${String(typeof address === "object" ? address?.port : 0)}`,
    serve: (chat) => {
      const socket = chat.replace("http", "ws");
      page.policy = `default-src 'none'; script-src 'self' ${chat}; style-src 'self'; img-src ${chat}; connect-src ${chat} ${socket}`;
      page.html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A shop</title>
        <script src="${chat}/widget.js" async></script></head>
        <body><h1>A shop</h1><p>Goods.</p><p>More goods.</p></body></html>`;
    },
  };
}

describe("a page with the widget on it", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let program: Program;
  let browser: Browser;
  let site: Awaited<ReturnType<typeof startSite>>;
  const customers: WidgetPage[] = [];

  beforeAll(async () => {
    folder = await temporaryFolder();
    site = await startSite();
    program = await startProgram(folder.path, {
      WIDGET_ORIGINS: site.origin,
      WIDGET_IDENTITY_SECRET: identitySecret,
    });
    site.serve(program.url);
    browser = await openBrowser();
  });
  afterEach(async () => {
    for (const { page } of customers.splice(0)) await page.context().close();
  });
  afterAll(async () => {
    await browser.close();
    site.server.closeAllConnections();
    site.server.close();
    await program.stop();
    await folder.remove();
  });

  const arrives = async (path = "/shop") => {
    const customer = await newCustomer(browser, site.origin + path);
    customers.push(customer);
    return customer;
  };

  it("loads at most 15 KB before the first opening and 40 KB in all, gzipped", () => {
    const folder = join(root, "dist/web");
    const size = (file: string) => gzipSync(readFileSync(join(folder, file))).length;
    const panel = readdirSync(join(folder, "assets")).filter((name) => name.startsWith("panel-"));
    expect(panel).toHaveLength(1);
    expect(size("widget.js")).toBeLessThanOrEqual(15 * 1024);
    expect(size("widget.js") + size(`assets/${panel[0] ?? ""}`)).toBeLessThanOrEqual(40 * 1024);
  });

  it("works on another site under a strict policy: no eval, nothing inline, nothing that the policy forbids", async () => {
    const customer = await newCustomer(browser, "about:blank");
    customers.push(customer);
    const complaints = complaintsOf(customer.page);
    await customer.page.goto(`${site.origin}/shop`);
    await customer.open();
    await customer.say("how can i pay");
    await customer.hears("GCash");
    await customer.page.locator("input[type='file']").first().setInputFiles(picture);
    await customer.log.getByRole("img", { name: "broken.png" }).waitFor();
    expect(complaints).toEqual([]);
  });

  it("is neither shifted nor held up by it, and asks for nothing but the script until the chat is opened", async () => {
    const longest: number[] = [];
    // On a machine that is busy with something else the best of three says what the widget needs.
    for (let time = 1; time <= 3; time += 1) {
      const customer = await newCustomer(browser, "about:blank");
      customers.push(customer);
      const { page } = customer;
      const asked: string[] = [];
      page.on("request", (request) => asked.push(new URL(request.url()).pathname));
      await page.addInitScript(`
        window.shifts = []; window.longTasks = [0];
        new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map(({ value }) => value)))
          .observe({ type: "layout-shift", buffered: true });
        new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map(({ duration }) => duration)))
          .observe({ type: "longtask", buffered: true });
      `);
      await page.goto(`${site.origin}/shop`);
      await customer.launcher.waitFor();
      await page.evaluate(
        "new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => requestIdleCallback(resolve))))",
      );
      expect(await page.evaluate("window.shifts")).toEqual([]);
      longest.push(z.number().parse(await page.evaluate("Math.max(...window.longTasks)")));
      expect(asked.filter((path) => path !== "/favicon.ico")).toEqual(["/shop", "/widget.js"]);
      await customer.open();
      await page.getByText("You talk to a bot here").waitFor();
      expect(asked.filter((path) => path.startsWith("/assets/"))).toHaveLength(1);
    }
    expect(Math.min(...longest)).toBeLessThanOrEqual(50);
  });

  it("is recorded with what is written on it: page, referrer, campaign and device", async () => {
    const customer = await newCustomer(
      browser,
      `${site.origin}/shop?utm_campaign=payday&mail=ana%40example.com`,
    );
    customers.push(customer);
    await customer.page.evaluate("location.href = '/shop/bags?mail=ana%40example.com'");
    await customer.page.waitForURL(/bags/u);
    await customer.open();
    await customer.say("how can i pay");
    await customer.hears("GCash");
    const database = join(program.dataDir, "kumusta.db");
    expect(await atRest(database)).toBe(true);
    const db = new Sqlite(database, { readonly: true });
    try {
      const sources: unknown[] = db
        .prepare("select json_extract(record, '$.source') from turns where trigger = 'message'")
        .pluck()
        .all();
      const source = {
        page: "/shop/bags",
        referrer: `${site.origin}/shop`,
        campaign: "payday",
        device: "desktop",
      };
      expect(
        z
          .array(z.string())
          .parse(sources)
          .map((one): unknown => JSON.parse(one)),
      ).toContainEqual(source);
    } finally {
      db.close();
    }
  });

  it("opens, closes and listens to it by script, and says who is logged in", async () => {
    const customer = await arrives();
    const { page } = customer;
    await customer.launcher.waitFor();
    await page.evaluate(`
      window.told = [];
      for (const name of ["widget.opened", "widget.closed", "message.sent", "message.received"])
        window.Kumusta.on(name, (detail) => window.told.push([name, detail?.text]));
      window.Kumusta.open();
    `);
    await customer.panel.waitFor();
    await customer.say("how can i pay");
    await customer.hears("GCash");
    await customer.allSent(1);
    const id = "shopper-42";
    const hmac = createHmac("sha256", identitySecret).update(id).digest("hex");
    const session = page.waitForResponse(/\/widget\/session$/u);
    await page.evaluate(`window.Kumusta.identify(${JSON.stringify({ id, hmac })})`);
    expect((await session).status()).toBe(200);
    // Logging in begins a conversation of the shopper's own; nobody else on this computer sees it.
    const shown = async (words: string) => {
      await customer.log.locator(".own .text").getByText(words).waitFor();
      return customer.own();
    };
    await page.getByText("You talk to a bot here").waitFor();
    await customer.say("where is my order");
    await customer.allSent(1);
    await page.evaluate("window.Kumusta.identify(null)");
    expect(await shown("how can i pay")).toEqual(["how can i pay"]);
    await page.evaluate(`window.Kumusta.identify(${JSON.stringify({ id, hmac })})`);
    expect(await shown("where is my order")).toEqual(["where is my order"]);
    await page.evaluate("window.Kumusta.close()");
    await customer.launcher.waitFor();
    const told = z
      .array(z.tuple([z.string(), z.string().nullish()]))
      .parse(await page.evaluate("window.told"));
    expect(told.slice(0, 2).map(([name]) => name)).toEqual(["widget.opened", "message.sent"]);
    expect(told[1]?.[1]).toBe("how can i pay");
    expect(told.map(([name]) => name)).toContain("message.received");
    expect(told.at(-1)?.[0]).toBe("widget.closed");
  });

  it("of a site that is not named gets no conversation", async () => {
    const customer = await newCustomer(browser, `${site.origin.replace("127.0.0.1", "localhost")}/shop`);
    customers.push(customer);
    const refused = customer.page.waitForEvent("console", (message) => message.text().includes("CORS"));
    await customer.launcher.click();
    await refused;
    // Nobody answers here: the head has nobody's name.
    await customer.page.getByRole("dialog", { name: "Messages" }).waitFor();
  });
});
