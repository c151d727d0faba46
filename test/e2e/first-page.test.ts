import { AxeBuilder } from "@axe-core/playwright";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { complaintsOf, openBrowser } from "./browser.ts";
import { firstPageOf, type FirstPage } from "./first-page.ts";
import { startProgram, temporaryFolder, type Program } from "./program.ts";
import { newCustomer, screens } from "./widget-page.ts";

describe("the first page", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let program: Program;
  let browser: Browser;
  const visitors: FirstPage[] = [];

  beforeAll(async () => {
    folder = await temporaryFolder();
    program = await startProgram(folder.path, { BURST_QUIET_MS: "400" });
    browser = await openBrowser();
  });
  afterEach(async () => {
    for (const { page } of visitors.splice(0)) await page.context().close();
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
    await folder.remove();
  });

  const startsOver = async (page: Page) => {
    // The page is loaded anew: what stands there before is the old one.
    await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: "Start over" }).click()]);
  };
  /** Somebody new, who sees nothing of what others tried before. */
  const arrives = async (options: BrowserContextOptions = {}) => {
    const visitor = firstPageOf(await newCustomer(browser, program.url, options));
    visitors.push(visitor);
    const { page, xray } = visitor;
    await page.getByRole("list", { name: "Customer's journey" }).getByText("Payment").waitFor();
    await startsOver(page);
    await xray.getByText("Nothing yet.").waitFor();
    return visitor;
  };
  const faultsOf = async ({ page }: FirstPage) =>
    (await new AxeBuilder({ page }).analyze()).violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`,
    );
  const bar = ({ newest }: FirstPage, name: string) =>
    newest.getByRole("listitem").filter({ hasText: new RegExp(`^${name}`, "u") });

  it.each(screens)(
    "shows %s what the bot thinks of a tapped line, as a bar with its number, and axe finds no fault",
    async (_name, screen) => {
      const visitor = await arrives(screen);
      const { page, xray, newest } = visitor;
      const complaints = complaintsOf(page);
      expect(await faultsOf(visitor)).toEqual([]);
      if (screen.isMobile === true) {
        for (const chip of await page.getByRole("list", { name: "Lines to tap" }).getByRole("button").all())
          expect((await chip.boundingBox())?.height ?? 0).toBeGreaterThanOrEqual(44);
      }

      await visitor.tap("Taglish with typos");
      await visitor.hears("GCash");
      expect(await visitor.own()).toEqual(["pano po mgbayad gmit gcash"]);
      await visitor.closeChat();
      await newest.getByText(/^How to pay by GCash \d\d %/u).waitFor();
      const chosen = bar(visitor, "How to pay by GCash");
      const share = Number(/(\d+) %/u.exec(await chosen.innerText())?.[1]);
      expect(share).toBeGreaterThan(50);
      const [track, fill] = await Promise.all([
        chosen.locator(".track").boundingBox(),
        chosen.locator(".fill").boundingBox(),
      ]);
      expect(Math.abs(((fill?.width ?? 0) / (track?.width ?? 1)) * 100 - share)).toBeLessThan(1);
      const said = await newest.innerText();
      expect(said).toContain("question × payment");
      expect(said).toContain("payment.how-to-pay-gcash · variant ");
      expect(said).toContain("Payments team");
      for (const step of ["waited for more words", "decided", "committed", "delivered"])
        expect(said).toContain(step);
      const journey = page.getByRole("list", { name: "Customer's journey" });
      expect(await journey.locator("[aria-current='step']").innerText()).toBe("Payment");

      await visitor.tap("A burst");
      await visitor.closeChat();
      await newest.getByText("3 messages, one turn").waitFor();
      await newest.getByText(/^Shipping fee \d\d %/u).waitFor();
      // The earlier one is folded up.
      expect(await xray.getByText("3 messages, one turn").count()).toBe(1);
      expect(await xray.getByText("question × payment").isVisible()).toBe(false);
      expect(await faultsOf(visitor)).toEqual([]);
      expect(complaints).toEqual([]);
    },
  );

  it("shows both questions of one message, each with its bars", async () => {
    const visitor = await arrives();
    await visitor.tap("Two questions");
    await visitor.newest.getByRole("heading", { name: "Question 2" }).waitFor();
    await bar(visitor, "Shipping fee").waitFor();
    await bar(visitor, "How to pay by GCash").waitFor();
  });

  it("shows a flow with its step, what it knows, what it asks the shop and what comes back; the number is not in the log", async () => {
    const visitor = await arrives();
    const { xray, newest } = visitor;
    await visitor.tap("A flow");
    await xray.getByText(/waits at ask-number/u).waitFor();
    await newest.getByText(/^orders\.status \{"found":true/u).waitFor();
    const asked = xray.locator("details.turn").filter({ hasText: "Asked the shop's system" });
    await asked.locator("> summary").click();
    expect(await asked.innerText()).toMatch(/orders\.status \{"orderNumber":"‹/u);
    await asked.getByText("The whole record, as JSON").click();
    const record = await asked.locator("pre").innerText();
    expect(record).toContain('"trigger": "message"');
    expect(record).not.toContain("104233");
    await visitor.hears(/^Order 104233/u);
  });

  it.each(screens)(
    "lets who is %s see a miss become a case, be the agent, and answer in the chat",
    async (_name, screen) => {
      const visitor = await arrives(screen);
      const { page, xray, newest } = visitor;
      for (const missed of ["Not understood. Two more", "Not understood again.", "A person takes over."]) {
        await visitor.tap("Out of scope");
        await newest.getByText(missed).waitFor();
      }
      await visitor.closeChat();
      const card = xray.getByRole("article");
      await card.getByText(/^Promised to the customer: an answer by \w+ \d+:\d\d/u).waitFor();
      await card.getByText("waits for a person").waitFor();
      expect(await faultsOf(visitor)).toEqual([]);

      await card.getByRole("button", { name: "Be the agent" }).click();
      await card.getByText("a person has it").waitFor();
      await card.getByRole("list", { name: "What was said" }).getByText("can you write me a poem").waitFor();
      const field = card.getByLabel("Your answer");
      expect(
        await field.evaluate("document.activeElement === document.querySelector('.desk textarea')"),
      ).toBe(true);
      expect(await faultsOf(visitor)).toEqual([]);
      await field.fill("Not on mountains, but ask me about lamps.");
      await card.getByRole("button", { name: "Send the answer" }).click();
      await card.getByRole("list", { name: "What was said" }).getByText("ask me about lamps").waitFor();
      await card.getByLabel("Your name, as customers read it").fill("Maria");
      await card.getByLabel("Or a script of the shop’s").selectOption({ label: "Opening hours" });
      await card.locator(".preview").waitFor();
      await card.getByRole("button", { name: "Send the answer" }).click();
      await newest.getByText("(a person answered)").waitFor();
      await card.getByRole("button", { name: "Close the case" }).click();
      await card.getByText("closed", { exact: true }).waitFor();
      await newest.getByText("(a person closed the case)").waitFor();

      await page.getByRole("button", { name: "Chat with us" }).click();
      await visitor.hears("Not on mountains, but ask me about lamps.");
      expect(await visitor.log.locator(".bot").filter({ hasText: "lamps" }).innerText()).toContain("Ana");
      await visitor.hears("Maria from our");
    },
  );

  it("brings a person for tao po, and says so in one line to a screen reader", async () => {
    const visitor = await arrives();
    const { page, xray } = visitor;
    await visitor.tap("A person, please");
    await xray.getByRole("button", { name: "Be the agent" }).waitFor();
    expect(await xray.getByRole("status", { name: "X-ray" }).innerText()).toBe(
      "X-ray: no intent. Handed over. A case was opened.",
    );
    // The chat reads out the words themselves; nothing else here is read out unasked.
    expect(await xray.locator("[aria-live], [role='log']").count()).toBe(0);
    await startsOver(page);
    await xray.getByText("Nothing yet.").waitFor();
    await visitor.panel.waitFor();
    expect(await visitor.own()).toEqual([]);
  });

  it("is used by keyboard alone: the line stays in focus, so that the next is one key away", async () => {
    const visitor = await arrives();
    const { page, panel, newest } = visitor;
    const focused = () => page.locator(":focus").first();
    await visitor.tap("Taglish with typos");
    await newest.getByText(/^How to pay by GCash \d\d %/u).waitFor();
    await panel.waitFor();
    await page.getByRole("button", { name: "Taglish with typos" }).focus();
    await page.keyboard.press("Tab");
    expect(await focused().innerText()).toContain("Two questions");
    await page.keyboard.press("Enter");
    await newest.getByRole("heading", { name: "Question 2" }).waitFor();
    expect(await focused().innerText()).toContain("Two questions");
    await newest.locator("> details > summary").focus();
    await page.keyboard.press("Enter");
    await newest.getByRole("heading", { name: "Question 2" }).waitFor({ state: "hidden" });
  });
});
