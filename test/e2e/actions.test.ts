import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { z } from "zod";
import { waitUntil } from "../wait-until.ts";
import { call, CustomerCalls } from "./call.ts";
import { generateToken } from "./direct-line-client.ts";
import { launch, root, startProgram, temporaryFolder } from "./program.ts";

const secret = "a-secret-for-tests-only";

/** A port that nobody listens on just now. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = z.object({ port: z.number() }).parse(server.address());
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let endpoint: ChildProcess | undefined;

beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(async () => {
  const child = endpoint;
  if (child !== undefined) {
    const gone = new Promise((resolve) => child.once("close", resolve));
    child.kill();
    await gone;
  }
  endpoint = undefined;
  await folder.remove();
});

/** Runs the server that docs/actions.md shows. Gives its address. */
async function exampleEndpoint(): Promise<string> {
  const [, source = ""] =
    /```js\n([\s\S]*?)```/u.exec(readFileSync(join(root, "docs/actions.md"), "utf8")) ?? [];
  const file = join(folder.path, "endpoint.mjs");
  writeFileSync(file, source);
  const port = await freePort();
  endpoint = spawn(process.execPath, [file], {
    env: { PORT: String(port), ACTIONS_SECRET: secret },
    stdio: "ignore",
  });
  const url = `http://127.0.0.1:${String(port)}/kumusta`;
  await waitUntil("the endpoint listens", () =>
    fetch(url, { method: "POST" }).then(
      ({ status }) => status === 401,
      () => false,
    ),
  );
  return url;
}

describe("a business behind ACTIONS_URL", () => {
  it("by the example of the documentation answers a customer's flow, and nobody who does not sign", async () => {
    const url = await exampleEndpoint();
    const program = await startProgram(folder.path, { ACTIONS_URL: url, ACTIONS_SECRET: secret });
    try {
      const customer = new CustomerCalls(program.url, await generateToken(program.url, { id: "ana" }));
      const heard = async () =>
        (await customer.history()).activities
          .filter(({ from }) => from.role === "bot")
          .map(({ text }) => text ?? "");
      await customer.say("where is my order");
      await waitUntil("it asks for the number", async () => (await heard()).length === 1);
      await customer.say("104233");
      await waitUntil("the order is found", async () => (await heard()).length === 2);
      expect((await heard())[1]).toContain(
        "Order 104233 is out for delivery. It should reach you by November 25.",
      );
    } finally {
      await program.stop();
    }
    const forged = {
      "kumusta-timestamp": String(Math.floor(Date.now() / 1_000)),
      "kumusta-signature": `v1=${"0".repeat(64)}`,
    };
    const body = { action: "orders.status", input: { orderNumber: "104233" }, idempotencyKey: "k" };
    expect((await call(url, { method: "POST", headers: forged, body })).status).toBe(401);
  });

  it("needs its secret: without it the program does not start, and says what is missing", async () => {
    const refused = launch(folder.path, { env: { ACTIONS_URL: "http://127.0.0.1:9/kumusta" } });
    expect(await refused.ended).toBe(2);
    expect(refused.errors()).toContain("ACTIONS_SECRET is missing");
  });
});
