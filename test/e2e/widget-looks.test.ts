import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import type { Browser, BrowserContextOptions } from "playwright-core";
import { openBrowser } from "./browser.ts";
import { startProgram, temporaryFolder, type Program } from "./program.ts";
import { newCustomer, type WidgetPage } from "./widget-page.ts";

describe("the widget looks", () => {
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

  const arrives = async (options: BrowserContextOptions) => {
    customer = await newCustomer(browser, program.url, options);
    await customer.launcher.waitFor();
  };
  const styleOf = (selector: string, name: string) =>
    customer.page.evaluate(
      `getComputedStyle(document.querySelector("kumusta-widget").shadowRoot.querySelector(${JSON.stringify(selector)})).getPropertyValue(${JSON.stringify(name)})`,
    );

  it.each([
    ["light", "rgb(157, 23, 77)"],
    ["dark", "rgb(251, 207, 232)"],
  ] as const)("as the site's own colours say, in %s", async (colorScheme, colour) => {
    await arrives({ colorScheme });
    await customer.page.evaluate(`{
      const sheet = new CSSStyleSheet();
      sheet.replaceSync("kumusta-widget { --dagat: light-dark(#9d174d, #fbcfe8) }");
      document.adoptedStyleSheets.push(sheet);
    }`);
    expect(await styleOf(".launcher", "background-color")).toBe(colour);
    await customer.open();
    expect(await styleOf(".send", "background-color")).toBe(colour);
  });

  it("as itself, whatever the page does to its own elements", async () => {
    await arrives({});
    await customer.open();
    const before = [await styleOf(".send", "padding"), await styleOf("textarea", "font-size")];
    await customer.page.evaluate(`{
      const sheet = new CSSStyleSheet();
      sheet.replaceSync("* { font-size: 40px !important; padding: 30px !important; display: inline !important }");
      document.adoptedStyleSheets.push(sheet);
    }`);
    expect([await styleOf(".send", "padding"), await styleOf("textarea", "font-size")]).toEqual(before);
  });

  it.each([
    ["reduce", "none", "0s"],
    ["no-preference", "come", "0.15s"],
  ] as const)("still to those who want no motion: %s", async (reducedMotion, animation, transition) => {
    await arrives({ reducedMotion });
    await customer.open();
    expect(await styleOf(".panel", "animation-name")).toBe(animation);
    expect(await styleOf(".launcher", "transition-duration")).toBe(transition);
  });
});
