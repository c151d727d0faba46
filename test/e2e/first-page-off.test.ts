import { describe, expect, it } from "@jest/globals";
import { request } from "node:http";
import { newCustomer } from "./widget-page.ts";
import { openBrowser } from "./browser.ts";
import { startProgram, temporaryFolder, type Program } from "./program.ts";

const addresses: readonly (readonly ["GET" | "POST", string])[] = [
  ["GET", "/demo/turns"],
  ["GET", "/demo/scripts"],
  ["GET", "/demo/content"],
  ["GET", "/demo/cases"],
  ["GET", "/demo/cases/01a2"],
  ["POST", "/demo/cases/01a2/reply"],
];

/** The status of one request; fetch would write the Host header itself. */
function statusOf(
  { port }: Program,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port, method, path, headers, agent: false }, (answer) => {
      answer.resume().on("end", () => resolve(answer.statusCode ?? 0));
    });
    asked.once("error", reject);
    asked.end(method === "POST" ? JSON.stringify({ agent: "Ana", text: "hello" }) : undefined);
  });
}

async function within(
  env: Readonly<Record<string, string>>,
  look: (program: Program) => Promise<void>,
): Promise<void> {
  const folder = await temporaryFolder();
  const program = await startProgram(folder.path, env);
  try {
    await look(program);
  } finally {
    await program.stop();
    await folder.remove();
  }
}

describe("what the first page shows of the inside", () => {
  it.each([
    ["has a public address", { PUBLIC_URL: "https://chat.shop.example" }],
    ["stands behind a proxy", { TRUSTED_PROXIES: "1" }],
  ])("is not there on a server that %s, and its page is the shop alone", async (_what, env) => {
    await within(env, async (program) => {
      for (const [method, path] of addresses)
        expect([path, await statusOf(program, method, path)]).toEqual([path, 404]);
      const browser = await openBrowser();
      try {
        const { page, launcher } = await newCustomer(browser, program.url);
        const asked: string[] = [];
        page.on("request", (sent) => asked.push(new URL(sent.url()).pathname));
        await page.reload();
        await launcher.waitFor();
        await page.getByRole("heading", { name: "Everyday goods, sent to your door" }).waitFor();
        expect(await page.getByRole("region", { name: "What the bot thinks" }).count()).toBe(0);
        expect(asked.filter((path) => path.startsWith("/demo/"))).toEqual([]);
      } finally {
        await browser.close();
      }
    });
  });

  it("answers who sits at the machine, and nobody that a proxy, another name or another site brings", async () => {
    await within({}, async (program) => {
      const own = `127.0.0.1:${String(program.port)}`;
      expect(await statusOf(program, "GET", "/demo/turns")).toBe(200);
      expect(await statusOf(program, "GET", "/demo/cases")).toBe(200);
      const strangers = [
        { "X-Forwarded-For": "203.0.113.9" },
        { Host: "evil.example" },
        { Host: own, Origin: "https://evil.example" },
        { Host: own, "Sec-Fetch-Site": "cross-site" },
      ];
      for (const headers of strangers)
        for (const [method, path] of addresses)
          expect([headers, path, await statusOf(program, method, path, headers)]).toEqual([
            headers,
            path,
            404,
          ]);
    });
  });
});
