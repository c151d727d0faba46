import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { Browser, Page } from "playwright-core";
import { waitUntil } from "../wait-until.ts";
import { openBrowser } from "./browser.ts";
import { CustomerCalls } from "./call.ts";
import { generateToken } from "./direct-line-client.ts";
import { startProgram, temporaryFolder, type Program } from "./program.ts";
import { webchatBundle } from "./webchat-bundle.ts";

const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** A site of another origin whose page holds the official component. */
async function startSite(domain: string, token: string): Promise<{ server: Server; url: string }> {
  const script = await readFile(await webchatBundle());
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>A shop</title><body style="height:600px">
    <div id="chat" style="height:600px"></div><script src="/webchat.js"></script><script>
    window.WebChat.renderWebChat({ directLine: window.WebChat.createDirectLine({ domain: ${JSON.stringify(domain)}, token: ${JSON.stringify(token)} }) }, document.getElementById("chat"));
    </script></body></html>`;
  const server = createServer((request, answer) => {
    const isScript = request.url === "/webchat.js";
    answer.writeHead(isScript || request.url === "/" ? 200 : 404, {
      "Content-Type": isScript ? "text/javascript" : "text/html; charset=utf-8",
    });
    answer.end(isScript ? script : request.url === "/" ? page : "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return { server, url: `http://127.0.0.1:${String(typeof address === "object" ? address?.port : 0)}/` };
}

describe("in a browser", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let program: Program;
  let browser: Browser;
  const pages: Page[] = [];

  beforeAll(async () => {
    folder = await temporaryFolder();
    program = await startProgram(folder.path);
    browser = await openBrowser();
  });
  afterEach(async () => {
    for (const page of pages.splice(0)) await page.context().close();
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
    await folder.remove();
  });

  const newPage = async () => {
    const page = await (await browser.newContext()).newPage();
    pages.push(page);
    return page;
  };

  describe("the official component, botframework-webchat 4.18.1, unmodified, on a site of another origin", () => {
    let site: Awaited<ReturnType<typeof startSite>>;
    let customer: CustomerCalls;

    beforeAll(async () => {
      const given = await generateToken(program.url);
      customer = new CustomerCalls(program.url, given);
      site = await startSite(`${program.url}/v3/directline`, given.token);
    });
    afterAll(() => {
      site.server.closeAllConnections();
      site.server.close();
    });

    it("sends words and a picture, and shows what we answer", async () => {
      const page = await newPage();
      await page.goto(site.url);
      const box = page.locator("[data-id='webchat-sendbox-input']");
      await box.fill("how can i pay");
      await box.press("Enter");
      const transcript = page.getByRole("feed");
      await transcript.getByText("GCash").first().waitFor();
      await transcript.getByText("how can i pay").first().waitFor();

      await page
        .locator("input[type='file']")
        .setInputFiles({ name: "broken.png", mimeType: "image/png", buffer: png });
      // The component takes the file in on its own time; words sent before that go without it.
      await page.locator(".webchat__attachment-icon--checked").waitFor();
      // It shows the file before its own state holds it: it is given the time to finish what it has begun.
      await page.evaluate(
        "new Promise((resolve) => { requestIdleCallback(() => { requestIdleCallback(resolve); }); })",
      );
      await box.fill("this came broken");
      await box.press("Enter");
      const image = transcript.locator("img[src*='/v3/directline/uploads/'], img[src^='blob:']").first();
      await image.waitFor();
      await transcript.getByText("this came broken").first().waitFor();
      // Sent is what came back with its id: nothing is left waiting or failed.
      await waitUntil(
        "nothing is being sent any more",
        async () => (await transcript.getByText(/sending/iu).count()) === 0,
      );
      expect(await transcript.getByText(/failed/iu).count()).toBe(0);

      const { activities } = await customer.history();
      expect(
        activities
          .filter(({ type, from }) => type === "message" && from.role === "user")
          .map(({ text }) => text),
      ).toEqual(["how can i pay", "this came broken"]);
      expect(activities.find(({ text }) => text === "this came broken")?.attachments?.[0]).toMatchObject({
        contentType: "image/png",
        name: "broken.png",
      });
    });

    it("offers our choices and sends back what they stand for", async () => {
      const given = await generateToken(program.url);
      const other = await startSite(`${program.url}/v3/directline`, given.token);
      try {
        const page = await newPage();
        await page.goto(other.url);
        const box = page.locator("[data-id='webchat-sendbox-input']");
        await box.fill("asdf qwer zxcv");
        await box.press("Enter");
        const choice = page.getByRole("toolbar").getByRole("button").first();
        await choice.waitFor();
        await choice.click();
        const calls = new CustomerCalls(program.url, given);
        const posts = async () =>
          (await calls.history()).activities.filter(
            ({ type, from }) => type === "message" && from.role === "user",
          );
        await waitUntil("the tap arrived", async () => (await posts()).length > 1);
        expect((await posts()).at(-1)).toMatchObject({ channelData: { postBack: true } });
      } finally {
        other.server.closeAllConnections();
        other.server.close();
      }
    });
  });
});
