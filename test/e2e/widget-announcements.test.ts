import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Browser, CDPSession } from "playwright-core";
import { z } from "zod";
import { until } from "./at-rest.ts";
import { openBrowser } from "./browser.ts";
import { startProgram, temporaryFolder, type Program } from "./program.ts";
import { newCustomer, type WidgetPage } from "./widget-page.ts";

const value = z.object({ value: z.unknown().optional() }).optional();
const tree = z.object({
  nodes: z.array(
    z.object({
      ignored: z.boolean(),
      role: value,
      name: value,
      properties: z
        .array(z.object({ name: z.string(), value: z.object({ value: z.unknown().optional() }) }))
        .optional(),
    }),
  ),
});

/** The nodes of a role, as assistive technology gets them: their names and what they announce. */
async function nodesOf(session: CDPSession, role: string) {
  const { nodes } = tree.parse(await session.send("Accessibility.getFullAXTree"));
  return nodes
    .filter((node) => !node.ignored && node.role?.value === role)
    .map(({ name, properties = [] }) => ({
      name: name?.value,
      ...Object.fromEntries(properties.map((property) => [property.name, property.value.value])),
    }));
}

describe("a customer with a screen reader", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let program: Program;
  let browser: Browser;
  let customer: WidgetPage;
  let session: CDPSession;

  beforeAll(async () => {
    folder = await temporaryFolder();
    program = await startProgram(folder.path);
    browser = await openBrowser();
    customer = await newCustomer(browser, program.url);
    session = await customer.page.context().newCDPSession(customer.page);
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
    await folder.remove();
  });

  const log = async () => (await nodesOf(session, "log"))[0];
  const readsOut = () =>
    until("new messages are read out", async () => {
      const found = await log();
      return found !== undefined && "live" in found && found.live === "polite";
    });

  it("finds a button, then a dialog with a log, a field and buttons that all have names", async () => {
    await customer.launcher.waitFor();
    expect(await nodesOf(session, "button")).toContainEqual(
      expect.objectContaining({ name: "Chat with us", hasPopup: "dialog" }),
    );
    await customer.open();
    expect(await nodesOf(session, "dialog")).toEqual([expect.objectContaining({ name: "Tindahan" })]);
    expect(await nodesOf(session, "textbox")).toEqual([
      expect.objectContaining({ name: "Your message", focused: true }),
    ]);
    const buttons = await nodesOf(session, "button");
    expect(buttons.filter(({ name }) => name === "" || name === undefined)).toEqual([]);
    expect(buttons.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["Talk to a person", "Close the chat", "Attach a file", "Send"]),
    );
  });

  it("hears new messages, added ones only, and when the connection is lost", async () => {
    await readsOut();
    expect(await log()).toMatchObject({ name: "Messages", live: "polite", relevant: "additions" });
    await customer.say("how can i pay");
    await customer.hears("GCash");
    await customer.page.context().setOffline(true);
    const status = customer.panel.getByRole("status");
    await status.getByText("No connection").waitFor();
    // The demo page has statuses of its own; all are polite.
    const lives = (await nodesOf(session, "status")).map((node) => ("live" in node ? node.live : ""));
    expect(lives.length).toBeGreaterThanOrEqual(2);
    expect([...new Set(lives)]).toEqual(["polite"]);
    await customer.page.context().setOffline(false);
    await status.getByText("No connection").waitFor({ state: "detached" });
  });

  it("does not hear the history again after a refresh", async () => {
    // Seen from inside, at each moment that something is put into the log: whether it would be read out.
    await customer.page.addInitScript(`
      window.readOut = [];
      const attach = Element.prototype.attachShadow;
      Element.prototype.attachShadow = function (options) {
        const root = attach.call(this, options);
        new MutationObserver((changes) => {
          for (const { target, addedNodes } of changes)
            if (target instanceof Element && target.getAttribute("role") === "log" && target.ariaLive !== "off")
              for (const node of addedNodes) window.readOut.push(node.textContent);
        }).observe(root, { childList: true, subtree: true });
        return root;
      };
    `);
    await customer.page.reload();
    await customer.hears("GCash");
    await readsOut();
    expect(await customer.page.evaluate("window.readOut")).toEqual([]);
    await customer.say("asdf qwer zxcv");
    await customer.page.getByRole("group", { name: "Suggested answers" }).waitFor();
    const heard = z.array(z.string()).parse(await customer.page.evaluate("window.readOut"));
    expect(heard.filter((text) => text.includes("asdf qwer zxcv"))).toHaveLength(1);
    expect(heard.filter((text) => text.includes("GCash"))).toEqual([]);
  });
});
