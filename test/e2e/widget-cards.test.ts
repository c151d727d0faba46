import { fileURLToPath } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import type { Browser, BrowserContextOptions } from "playwright-core";
import { until } from "./at-rest.ts";
import { complaintsOf, openBrowser } from "./browser.ts";
import { noisePicture } from "./noise-picture.ts";
import { launch, serving, temporaryFolder, type Program } from "./program.ts";
import { newCustomer, screens, type WidgetPage } from "./widget-page.ts";

describe("goods that middleware shows as cards", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let program: Program;
  let browser: Browser;
  const customers: WidgetPage[] = [];
  const photo = noisePicture(400, 240);

  beforeAll(async () => {
    folder = await temporaryFolder();
    const shop = fileURLToPath(new URL("./shop-with-cards.ts", import.meta.url));
    program = await serving(launch(folder.path, { command: [process.execPath, shop] }), folder.path);
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

  const arrives = async (options?: BrowserContextOptions) => {
    const customer = await newCustomer(browser, program.url, options);
    customers.push(customer);
    const pictures: string[] = [];
    await customer.page.route("**/pictures/*", async (route) => {
      pictures.push(new URL(route.request().url()).pathname);
      await route.fulfill({ contentType: "image/png", body: photo });
    });
    await customer.open();
    return { ...customer, pictures };
  };
  const cardOf = ({ log }: WidgetPage, title: string) => log.getByRole("group", { name: title });

  it.each(screens)("stand in a row %s, and axe finds no fault with them", async (_name, screen) => {
    const customer = await arrives(screen);
    const { page, log } = customer;
    const complaints = complaintsOf(page);
    await customer.say("goods in a row");
    const row = log.getByRole("list", { name: "3 cards" });
    await row.getByText("Woven in Bicol").waitFor();
    expect(await row.getByRole("listitem").count()).toBe(3);
    expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
    const [bag, mug] = [
      await cardOf(customer, "Abaca tote bag").boundingBox(),
      await cardOf(customer, "Stoneware mug").boundingBox(),
    ];
    expect(mug?.y).toBe(bag?.y);
    expect(mug?.x).toBeGreaterThan((bag?.x ?? 0) + (bag?.width ?? 0));
    // All of the row is within the panel, whose own width it does not stretch.
    const [panel, list] = [await customer.panel.boundingBox(), await row.boundingBox()];
    expect((list?.x ?? 0) + (list?.width ?? 0)).toBeLessThanOrEqual((panel?.x ?? 0) + (panel?.width ?? 0));
    expect(complaints).toEqual([]);
  });

  it("stand below each other where the business says so, again after a reload", async () => {
    const customer = await arrives({ viewport: { width: 1280, height: 800 } });
    await customer.say("goods in a list");
    const stands = async () => {
      const bag = await cardOf(customer, "Abaca tote bag").boundingBox();
      const mug = await cardOf(customer, "Stoneware mug").boundingBox();
      return [mug?.x === bag?.x, (mug?.y ?? 0) >= (bag?.y ?? 0) + (bag?.height ?? 0)];
    };
    expect(await stands()).toEqual([true, true]);
    await customer.page.reload();
    expect(await stands()).toEqual([true, true]);
  });

  it("are words and pictures only: markup is text, and no button or picture leads where something could run", async () => {
    const customer = await arrives();
    const { page, log } = customer;
    await customer.say("goods in a row");
    await cardOf(customer, "Capiz parol, small").waitFor();
    await log.getByText("<img src=x onerror=alert(1)>").waitFor();
    const attributes = async (selector: string, name: string) =>
      Promise.all((await log.locator(selector).all()).map((one) => one.getAttribute(name)));
    const links = await attributes(".card a", "href");
    expect(links).toEqual(["https://shop.example/care", "https://shop.example/bag", "tel:+63281234567"]);
    expect(await log.getByRole("link", { name: "See it" }).getAttribute("rel")).toBe(
      "noopener noreferrer nofollow",
    );
    for (const name of ["Runs something", "Reads a file"]) expect(await log.getByText(name).count()).toBe(0);
    // Beside its title a picture without words of its own says nothing to those who cannot see it.
    expect(await attributes(".card img", "alt")).toEqual(["A tote bag with two handles", ""]);
    expect(await attributes(".card img", "loading")).toEqual(["lazy", "lazy"]);
    expect(await page.title()).toContain("Tindahan");
  });

  it("do not ask for pictures that nobody has come near", async () => {
    const customer = await arrives();
    await customer.page.evaluate(`{
      const field = document.querySelector("kumusta-widget").shadowRoot.querySelector("textarea");
      field.value = "goods in a row";
      field.form.requestSubmit();
      window.Kumusta.close();
    }`);
    await customer.page.getByRole("button", { name: /unread message/u }).waitFor();
    expect(customer.pictures).toEqual([]);
    await customer.open();
    await until("the first picture is asked for", () => customer.pictures.includes("/pictures/bag.png"));
  });

  it("are gone through by keyboard, and their buttons say what they stand for", async () => {
    const customer = await arrives({ viewport: { width: 1280, height: 800 } });
    const { page, log, field } = customer;
    const focused = page.locator(":focus");
    await customer.say("goods in a row");
    const row = log.getByRole("list", { name: "3 cards" });
    await cardOf(customer, "Capiz parol, small").waitFor();
    await field.and(focused).waitFor();
    const tabBackTo = async (name: string) => {
      const wanted = row.getByText(name, { exact: true });
      for (let presses = 0; presses < 30 && (await wanted.and(focused).count()) === 0; presses += 1)
        await page.keyboard.press("Shift+Tab");
      await wanted.and(focused).waitFor();
    };
    // Each card comes into view with the focus on it.
    await tabBackTo("Reserve");
    const [panel, reserve] = [
      await customer.panel.boundingBox(),
      await row.getByText("Reserve").boundingBox(),
    ];
    expect((reserve?.x ?? 0) + (reserve?.width ?? 0)).toBeLessThanOrEqual(
      (panel?.x ?? 0) + (panel?.width ?? 0),
    );
    await page.keyboard.press("Enter");
    await log.locator(".own .text").getByText("One parol, please").waitFor();
    await customer.hears("GCash");
    await field.and(focused).waitFor();
    await tabBackTo("Ask about it");
    await page.keyboard.press("Enter");
    await log.locator(".own .text").getByText("how much is the shipping fee?").waitFor();
    await customer.hears(/₱\d+/u);
    await tabBackTo("How do I pay?");
    await page.keyboard.press("Enter");
    await log.locator(".own .text").getByText("How do I pay?").waitFor();
    await until("all are answered", async () => (await log.locator(".bot").count()) === 4);
    // The row itself scrolls by arrows.
    for (let presses = 0; presses < 30 && (await row.and(focused).count()) === 0; presses += 1)
      await page.keyboard.press("Shift+Tab");
    const firstCard = async () => (await cardOf(customer, "Abaca tote bag").boundingBox())?.x ?? 0;
    const before = await firstCard();
    await page.keyboard.press("ArrowRight");
    await until("the row has moved", async () => (await firstCard()) < before);
  });
});
