import { chromium, type Browser, type Page } from "playwright-core";
import { findProgram, searchPath } from "../run/system-package.ts";

/** Debian's Chromium, without anything that speaks to the world by itself. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = findProgram("chromium", searchPath());
  if (executablePath === undefined)
    throw new Error("chromium is missing: npm test gets it, or run: apt-get install chromium");
  return chromium.launch({
    executablePath,
    args: [
      ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
      ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
    ],
  });
}

/** Everything that the page complained about: errors on the console and uncaught ones. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  return complaints;
}
