import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import type { Browser, BrowserContextOptions } from "playwright-core";
import { until } from "./at-rest.ts";
import { complaintsOf, openBrowser } from "./browser.ts";
import { noisePicture } from "./noise-picture.ts";
import { startProgram, temporaryFolder, type Program } from "./program.ts";
import { newCustomer, type WidgetPage } from "./widget-page.ts";

/** The "Slow 3G" of browsers' developer tools: 400 ms of waiting, 400 kbit/s each way; in bytes a second. */
const slow3G = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

describe("on slow 3G", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let program: Program;
  let browser: Browser;
  const customers: WidgetPage[] = [];

  beforeAll(async () => {
    folder = await temporaryFolder();
    // Bursts are waited for as in earnest: meanwhile the bot is seen typing.
    program = await startProgram(folder.path, { BURST_QUIET_MS: "900" });
    browser = await openBrowser();
  });
  afterEach(async () => {
    for (const { page } of customers.splice(0)) await page.context().close();
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
    await folder.remove();
  });

  const arrives = async (options: BrowserContextOptions) => {
    const customer = await newCustomer(browser, "about:blank", options);
    customers.push(customer);
    const { page } = customer;
    const session = await page.context().newCDPSession(page);
    await session.send("Network.enable");
    await session.send("Network.emulateNetworkConditions", slow3G);
    await page.goto(program.url);
    return customer;
  };

  it("the chat opens, shows that the bot is typing, and has each message once", async () => {
    const customer = await arrives(phone);
    const { page, log } = customer;
    const complaints = complaintsOf(page);
    const posts: string[] = [];
    page.on("request", (request) => {
      if (request.method() === "POST" && /\/activities$/u.test(request.url())) {
        const id = /"clientActivityID":"([^"]+)"/u.exec(request.postData() ?? "")?.[1];
        if (id !== undefined) posts.push(id);
      }
    });
    await customer.open();
    await customer.say("how can i pay");
    await page.getByText(/is typing…$/u).waitFor();
    await customer.hears("GCash");
    await page.getByText(/is typing…$/u).waitFor({ state: "hidden" });
    const burst = ["where is my order", "TND-104233 po", "salamat"];
    for (const line of burst) await customer.say(line);
    await customer.allSent(4);
    await log.locator(".bot").nth(1).waitFor();
    const said = ["how can i pay", ...burst];
    expect(await customer.own()).toEqual(said);
    // Slow is not lost: nothing was sent again.
    expect([posts.length, new Set(posts).size]).toEqual([4, 4]);
    await page.reload();
    await customer.open();
    await log.locator(".own").nth(3).waitFor();
    expect(await customer.own()).toEqual(said);
    expect(complaints).toEqual([]);
  });

  it("a photo from the camera shows how far it is and arrives once", async () => {
    const customer = await arrives(phone);
    const { page, log } = customer;
    await customer.open();
    const chooser = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Take a photo" }).click();
    const camera = (await chooser).element();
    expect([
      await camera.getAttribute("capture"),
      await camera.getAttribute("accept"),
      (await chooser).isMultiple(),
    ]).toEqual(["environment", "image/*", false]);
    const photo = { name: "resibo.png", mimeType: "image/png", buffer: noisePicture(300, 200) };
    await (await chooser).setFiles(photo);
    const bar = log.locator("progress");
    const seen = new Set<number>();
    await until("it is under way at two marks", async () => {
      const value = Number((await bar.count()) === 0 ? 0 : await bar.getAttribute("value"));
      if (value > 0 && value < 1) seen.add(value);
      return seen.size > 1;
    });
    expect([...seen]).toEqual([...seen].sort((a, b) => a - b));
    await log.getByText("Sending").waitFor();
    await log.getByRole("img", { name: "resibo.png" }).waitFor();
    await bar.waitFor({ state: "detached" });
    await log.locator(".bot").first().waitFor();
    await page.reload();
    await customer.open();
    await log.getByRole("img", { name: "resibo.png" }).waitFor();
    expect(await log.getByRole("img").count()).toBe(1);
  });

  it("a computer has no button for a camera", async () => {
    const customer = await arrives({ viewport: { width: 1280, height: 800 } });
    await customer.open();
    await customer.page.getByRole("button", { name: "Attach a file" }).waitFor();
    expect(await customer.page.getByRole("button", { name: "Take a photo" }).count()).toBe(0);
  });
});
