import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { until } from "./at-rest.ts";

/** A page with the widget on it, as a customer uses it. */
export interface WidgetPage {
  readonly page: Page;
  readonly launcher: Locator;
  readonly panel: Locator;
  readonly log: Locator;
  readonly field: Locator;
  open(): Promise<void>;
  say(text: string): Promise<void>;
  /** Own messages in order, without who and when. */
  own(): Promise<string[]>;
  /** Waits for words in a message of the bot. */
  hears(words: string | RegExp): Promise<void>;
  /** Waits until so many messages were written and none is on its way any more. */
  allSent(count: number): Promise<void>;
}

/** A picture to send. */
export const picture = {
  name: "broken.png",
  mimeType: "image/png",
  buffer: Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  ),
};

/** The sizes and colour schemes that the widget is used in. */
export const screens: readonly (readonly [string, BrowserContextOptions])[] = (
  ["light", "dark"] as const
).flatMap((colorScheme) => [
  [`on a desktop, ${colorScheme}`, { colorScheme, viewport: { width: 1280, height: 800 } }] as const,
  [
    `on a phone, ${colorScheme}`,
    { colorScheme, viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
  ] as const,
]);

export function widgetOn(page: Page): WidgetPage {
  const panel = page.getByRole("dialog", { name: "Tindahan" });
  const log = page.getByRole("log", { name: "Messages" });
  const field = page.getByLabel("Your message");
  const launcher = page.getByRole("button", { name: "Chat with us" });
  const own = () => log.locator(".own .text").allInnerTexts();
  return {
    ...{ page, launcher, panel, log, field, own },
    open: async () => {
      await launcher.click();
      await panel.waitFor();
    },
    say: async (text) => {
      await field.fill(text);
      await field.press("Enter");
    },
    hears: (words) => log.locator(".bot .text").getByText(words).first().waitFor(),
    allSent: (count) =>
      until(`${String(count)} messages are sent`, async () => {
        const unsent = await log
          .locator("[data-state='sending'], [data-state='waiting'], [data-state='failed']")
          .count();
        return unsent === 0 && (await own()).length === count;
      }),
  };
}

/** A new customer on this page: nothing is kept from anybody before. */
export async function newCustomer(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<WidgetPage> {
  const page = await (await browser.newContext(options)).newPage();
  await page.goto(url);
  return widgetOn(page);
}
