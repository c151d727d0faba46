import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { z } from "zod";
import { waitUntil } from "../wait-until.ts";
import { call, CustomerCalls } from "./call.ts";
import { kumusta } from "./command.ts";
import { generateToken } from "./direct-line-client.ts";
import { giveKeptModel } from "../kept-model.ts";
import { launch, root, startProgram, temporaryFolder, type Program } from "./program.ts";

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

/** Asks for an order as a customer of the web chat does. Gives what the bot said to the number. */
async function askForOrder({ url }: Program): Promise<string> {
  const customer = new CustomerCalls(url, await generateToken(url, { id: "ana" }));
  const heard = async () =>
    (await customer.history()).activities
      .filter(({ from }) => from.role === "bot")
      .map(({ text }) => text ?? "");
  await customer.say("where is my order");
  await waitUntil("it asks for the number", async () => (await heard()).length === 1);
  await customer.say("104233");
  await waitUntil("it answers the number", async () => (await heard()).length > 1);
  return (await heard()).slice(1).join("\n");
}

describe("a business behind ACTIONS_URL", () => {
  it("by the example of the documentation answers a customer's flow, and nobody who does not sign", async () => {
    const url = await exampleEndpoint();
    const program = await startProgram(folder.path, { ACTIONS_URL: url, ACTIONS_SECRET: secret });
    try {
      expect(await askForOrder(program)).toContain(
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
    // As long in characters, longer in bytes: fetch sends é as one byte, which Node reads as é again.
    const accented = { ...forged, "kumusta-signature": `v1=${"é".repeat(64)}` };
    expect((await call(url, { method: "POST", headers: accented, body })).status).toBe(401);
    expect((await call(url, { method: "POST", headers: forged, body })).status).toBe(401);
  });

  it("needs its secret: without it the program does not start, and says what is missing", async () => {
    const refused = launch(folder.path, { env: { ACTIONS_URL: "http://127.0.0.1:9/kumusta" } });
    expect(await refused.ended).toBe(2);
    expect(refused.errors()).toContain("ACTIONS_SECRET is missing");
  });
});

describe("without ACTIONS_URL", () => {
  it("whoever tries the program out hears the sample shop", async () => {
    const program = await startProgram(folder.path);
    try {
      expect(await askForOrder(program)).toContain("Order 104233");
      expect(program.output()).not.toContain("actions.nobodyAnswers");
    } finally {
      await program.stop();
    }
  });

  it.each([
    [
      "a channel is set up",
      {
        TELEGRAM_BOT_TOKEN: "123456789:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc",
        TELEGRAM_API_URL: "http://127.0.0.1:9",
      },
    ],
    ["the server has a public address", { PUBLIC_URL: "https://chat.shop.example" }],
  ])("a customer hears no invented order once %s, and the operator why", async (_when, env) => {
    const program = await startProgram(folder.path, env);
    try {
      const answer = await askForOrder(program);
      expect(answer).not.toMatch(/order 104233/iu);
      expect(answer).toContain("I couldn't reach our courier system just now");
      expect(program.output()).toContain("actions.nobodyAnswers");
    } finally {
      await program.stop();
    }
  });
});

describe("kumusta chat", () => {
  const input = "where is my order\n104233\n";

  it("asks the sample shop, whatever ACTIONS_URL says, and the business only with --actions", async () => {
    giveKeptModel(folder.path);
    let asked = 0;
    const business = createHttpServer((_request, response) => {
      asked += 1;
      response.writeHead(400);
      response.end();
    });
    business.listen(0, "127.0.0.1");
    await once(business, "listening");
    const { port } = z.object({ port: z.number() }).parse(business.address());
    const env = {
      DATA_DIR: folder.path,
      ACTIONS_URL: `http://127.0.0.1:${String(port)}/kumusta`,
      ACTIONS_SECRET: secret,
    };
    try {
      const tried = await kumusta(["chat"], { env, input });
      expect(tried.code).toBe(0);
      expect(tried.stdout).toContain("Order 104233");
      expect(asked).toBe(0);
      expect((await kumusta(["chat", "--actions"], { env, input })).code).toBe(0);
      expect(asked).toBe(1);
    } finally {
      business.close();
      await once(business, "close");
    }
  });
});
