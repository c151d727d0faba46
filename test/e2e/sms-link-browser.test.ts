import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Browser } from "playwright-core";
import { startTwilio, type TwilioEmulator } from "../emulators/twilio/twilio-emulator.ts";
import { waitUntil } from "../wait-until.ts";
import { complaintsOf, openBrowser } from "./browser.ts";
import { startProgram, temporaryFolder, type Program } from "./program.ts";

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let program: Program;
let twilio: TwilioEmulator;
let browser: Browser;

beforeAll(async () => {
  folder = await temporaryFolder();
  twilio = await startTwilio();
  program = await startProgram(folder.path, { ...twilio.environment(), SMS_MOST_PARTS: "1" });
  twilio.target = program.url;
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await program.stop();
  await twilio.close();
  await folder.remove();
});

describe("the link at the end of a text, on a telephone", () => {
  it("shows the whole answer, goes on from there, and comes back after a reload", async () => {
    const ana = "+639171112222";
    await twilio.text({ from: ana, body: "how much is the shipping fee?" });
    await waitUntil("the text is there", () => twilio.to(ana).length > 0);
    const [path = ""] = /\/c\/[\w-]+$/u.exec(twilio.to(ana)[0] ?? "") ?? [];
    const page = await (await browser.newContext({ viewport: { width: 360, height: 640 } })).newPage();
    const complaints = complaintsOf(page);
    await page.goto(`${program.url}${path}`);
    const log = page.getByRole("log");
    await log.getByText(/₱\d+/u).first().waitFor();
    const box = page.getByRole("textbox");
    await box.fill("can i pay cash on delivery?");
    // Enter begins a new line on a telephone.
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await log.getByText("can i pay cash on delivery?").waitFor();
    await waitUntil("it was sent", async () => /\bSent\b/u.test(await log.innerText()));
    await page.reload();
    await page.getByRole("button", { name: /^Chat with us/u }).click();
    await log.getByText("can i pay cash on delivery?").waitFor();
    expect(await log.innerText()).toMatch(/₱\d+/u);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("that is no link of ours still opens a chat", async () => {
    const page = await (await browser.newContext()).newPage();
    await page.goto(`${program.url}/c/${"A".repeat(48)}`);
    const box = page.getByRole("textbox");
    await box.fill("magkano po ang shipping fee?");
    await box.press("Enter");
    await page.getByRole("log").getByText(/₱\d+/u).first().waitFor();
    await page.context().close();
  });
});
