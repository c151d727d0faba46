import { AxeBuilder } from "@axe-core/playwright";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import type { Browser, BrowserContextOptions } from "playwright-core";
import { complaintsOf, openBrowser } from "./browser.ts";
import { startProgram, temporaryFolder, type Program } from "./program.ts";
import { newCustomer, picture, screens, type WidgetPage } from "./widget-page.ts";

describe("the widget on the sample shop", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let program: Program;
  let browser: Browser;
  const customers: WidgetPage[] = [];

  beforeAll(async () => {
    folder = await temporaryFolder();
    program = await startProgram(folder.path);
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

  const arrives = async (options?: BrowserContextOptions, path = "/") => {
    const customer = await newCustomer(browser, program.url + path, options);
    customers.push(customer);
    return customer;
  };
  const faultsOf = async ({ page }: WidgetPage) =>
    (await new AxeBuilder({ page }).analyze()).violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`,
    );

  it.each(screens)("serves a customer %s, with nothing that axe finds fault with", async (_name, screen) => {
    const customer = await arrives(screen);
    const { page, launcher, panel, log, field } = customer;
    const complaints = complaintsOf(page);
    await launcher.waitFor();
    expect(await faultsOf(customer)).toEqual([]);

    await customer.open();
    await page.getByRole("button", { name: "How can I pay?" }).waitFor();
    expect(await faultsOf(customer)).toEqual([]);
    const size = page.viewportSize();
    if (screen.isMobile === true)
      expect(await panel.boundingBox()).toEqual({ x: 0, y: 0, width: size?.width, height: size?.height });

    await page.getByRole("button", { name: "How can I pay?" }).click();
    await customer.hears("GCash");
    await customer.say("asdf qwer zxcv");
    const choices = page.getByRole("group", { name: "Suggested answers" });
    await choices.getByRole("button").first().waitFor();
    expect(await faultsOf(customer)).toEqual([]);
    if (screen.isMobile === true) {
      for (const button of await panel.getByRole("button").all()) {
        const box = await button.boundingBox();
        expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
      }
    }
    const title = await choices.getByRole("button").first().innerText();
    const heard = await log.locator(".bot").count();
    await choices.getByRole("button").first().click();
    await log.locator(".own .text").getByText(title).waitFor();
    await log.locator(".bot").nth(heard).waitFor();

    await page.locator("input[type='file']").first().setInputFiles(picture);
    await log.getByRole("img", { name: "broken.png" }).waitFor();
    expect(await faultsOf(customer)).toEqual([]);

    await page.reload();
    if (screen.isMobile === true) await customer.open();
    await log.getByRole("img", { name: "broken.png" }).waitFor();
    expect(await customer.own()).toEqual(["How can I pay?", "asdf qwer zxcv", title]);
    await field.waitFor();
    expect(complaints).toEqual([]);
  });

  it("shows markup as the text that it is, and only web addresses as links", async () => {
    const customer = await arrives();
    await customer.open();
    const markup =
      '<img src="x" onerror="document.title=1"><b>bold</b> javascript:alert(1) https://shop.example/a?b=1.';
    await customer.say(markup);
    await customer.allSent(1);
    await customer.page.reload();
    await customer.log.getByText("<b>bold</b>").waitFor();
    expect(await customer.own()).toEqual([markup]);
    expect(await customer.log.locator("img, b").count()).toBe(0);
    const links = customer.log.locator(".own a");
    expect(await links.count()).toBe(1);
    expect([await links.getAttribute("href"), await links.getAttribute("rel")]).toEqual([
      "https://shop.example/a?b=1",
      "noopener noreferrer nofollow",
    ]);
    expect(await customer.page.title()).toContain("Tindahan");
  });

  it("speaks Filipino to a customer whose browser does", async () => {
    const customer = await arrives({ locale: "fil-PH" });
    // The page says that it is English: what the page says comes first.
    await customer.launcher.waitFor();
    await customer.page.evaluate("document.documentElement.lang = 'fil'");
    // The page alone: a call of the chat that is still on its way when the test ends would fail after it.
    await customer.page.route(`${program.url}/`, async (route) => {
      const answer = await route.fetch();
      const body = (await answer.text()).replace('<html lang="en">', "<html>");
      await route.fulfill({ response: answer, body });
    });
    await customer.page.reload();
    await customer.page.getByRole("button", { name: "Mag-chat tayo" }).click();
    await customer.page.getByLabel("Mensahe ninyo").fill("paano po magbayad");
    await customer.page.getByRole("button", { name: "Ipadala" }).click();
    await customer.page
      .getByRole("log", { name: "Mga mensahe" })
      .locator(".bot .text")
      .getByText("GCash")
      .waitFor();
  });

  it("counts on its button what came while it was closed, and marks it as read when it is opened", async () => {
    const customer = await arrives();
    await customer.open();
    await customer.say("how can i pay");
    await customer.hears("GCash");
    // Sent and closed in one go: the answer comes to a closed panel.
    await customer.page.evaluate(`{
      const field = document.querySelector("kumusta-widget").shadowRoot.querySelector("textarea");
      field.value = "where is my order";
      field.form.requestSubmit();
      window.Kumusta.close();
    }`);
    await customer.page.getByRole("button", { name: /^Chat with us, \d unread message/u }).waitFor();
    await customer.open();
    await customer.field.press("Escape");
    await customer.page.getByRole("button", { name: "Chat with us", exact: true }).waitFor();
  });

  it("refuses a file that the server does not take, and says so at the message", async () => {
    const customer = await arrives();
    await customer.open();
    await customer.page
      .locator("input[type='file']")
      .first()
      .setInputFiles({ name: "page.html", mimeType: "text/html", buffer: Buffer.from("<h1>hello</h1>") });
    await customer.log.getByText("Not sent").waitFor();
    await customer.log.getByRole("button", { name: "Try again" }).waitFor();
    expect(await faultsOf(customer)).toEqual([]);
    await customer.say("how can i pay");
    await customer.hears("GCash");
  });

  it("goes by keyboard alone: opened, written in, answered, closed, and the focus is where it was", async () => {
    const customer = await arrives({ viewport: { width: 1280, height: 800 } });
    const { page, launcher, panel, field } = customer;
    // Asked for early: the browser hands its dialog over only from a moment after.
    const chooser = page.waitForEvent("filechooser");
    await launcher.focus();
    await page.keyboard.press("Enter");
    await panel.waitFor();
    await field.and(page.locator(":focus")).waitFor();
    await page.keyboard.type("asdf qwer zxcv");
    await page.keyboard.press("Enter");
    const first = page.getByRole("group", { name: "Suggested answers" }).getByRole("button").first();
    await first.waitFor();
    await page.keyboard.press("Shift+Tab");
    while ((await first.and(page.locator(":focus")).count()) === 0) await page.keyboard.press("Shift+Tab");
    const title = await first.innerText();
    await page.keyboard.press("Enter");
    await customer.log.locator(".own .text").getByText(title).waitFor();
    await field.and(page.locator(":focus")).waitFor();
    const attach = page.getByRole("button", { name: "Attach a file" });
    await page.keyboard.press("Shift+Tab");
    await attach.and(page.locator(":focus")).waitFor();
    await page.keyboard.press("Enter");
    await (await chooser).setFiles(picture);
    await customer.log.getByRole("img", { name: "broken.png" }).waitFor();
    await field.and(page.locator(":focus")).waitFor();
    await page.keyboard.press("Escape");
    await panel.waitFor({ state: "hidden" });
    await launcher.and(page.locator(":focus")).waitFor();
  });
});
