import type { Locator } from "playwright-core";
import type { WidgetPage } from "./widget-page.ts";

/** The first page as who tries the program out uses it. */
export interface FirstPage extends WidgetPage {
  readonly xray: Locator;
  /** The newest turn. */
  readonly newest: Locator;
  /** Taps a line to send, closing the chat first where it covers the page. */
  tap(label: string): Promise<void>;
  closeChat(): Promise<void>;
}

export function firstPageOf(customer: WidgetPage): FirstPage {
  const { page, panel } = customer;
  const xray = page.getByRole("region", { name: "What the bot thinks" });
  const closeChat = async () => {
    if (await panel.isVisible()) await panel.getByRole("button", { name: "Close" }).click();
  };
  return {
    ...customer,
    xray,
    newest: xray.getByRole("list", { name: "Turns, newest first" }).locator("> li").first(),
    tap: async (label) => {
      if ((page.viewportSize()?.width ?? 0) < 640) await closeChat();
      await page.getByRole("list", { name: "Lines to tap" }).getByRole("button", { name: label }).click();
    },
    closeChat,
  };
}
