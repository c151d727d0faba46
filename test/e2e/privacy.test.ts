import { copyFileSync, existsSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { z } from "zod";
import { waitUntil } from "../wait-until.ts";
import { CustomerCalls } from "./call.ts";
import { kumusta } from "./command.ts";
import { generateToken } from "./direct-line-client.ts";
import { startProgram, temporaryFolder, type Program } from "./program.ts";
import { StreamClient } from "./stream-client.ts";

const words = "My parcel is lost, my number is 0917 123 4567";
const receiptShape = z.object({ removed: z.object({ conversations: z.number(), turns: z.number() }) });

describe("a customer who asks for their data, and to be erased", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let program: Program | undefined;
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(async () => {
    await program?.stop();
    program = undefined;
    await folder.remove();
  });

  const start = async () => (program = await startProgram(folder.path));
  const run = (port: number, ...args: string[]) =>
    kumusta(args, { env: { DATA_DIR: folder.path, PORT: String(port) } });
  const database = () => join(folder.path, "kumusta.db");
  /** True when these bytes stand in the database or its log. */
  const onDisk = (text: string) =>
    [database(), `${database()}-wal`].some((file) => existsSync(file) && readFileSync(file).includes(text));
  const writes = async ({ url }: Program) => {
    const customer = new CustomerCalls(url, await generateToken(url, { id: "ana" }));
    await customer.say(words);
    await waitUntil("the bot answers", async () =>
      (await customer.history()).activities.some(({ from }) => from.role === "bot"),
    );
    return customer;
  };

  it("is found, given everything and erased while the server goes on; their chat begins anew", async () => {
    const server = await start();
    const customer = await writes(server);
    const stream = new StreamClient((await customer.reconnect("0")).streamUrl);
    await stream.until("the stream shows the chat", () => stream.texts.includes(words));

    const found = await run(server.port, "privacy", "find", customer.conversation);
    expect([found.code, found.stdout]).toEqual([0, expect.stringContaining("webchat webchat:ana")]);
    expect((await run(server.port, "privacy", "find", "0917-123-4567")).stdout).toContain(
      "Given by somebody",
    );
    const exported = await run(
      server.port,
      "privacy",
      "export",
      "webchat:ana",
      "--output",
      join(folder.path, "out"),
    );
    expect(exported.code).toBe(0);
    expect(readFileSync(join(folder.path, "out", "conversation-1.json"), "utf8")).toContain(words);
    const log = await run(server.port, "export", "turns");
    expect(log.stdout).toContain("‹phone:1›");
    expect(log.stdout).not.toContain("0917 123 4567");

    expect((await run(server.port, "privacy", "erase", "webchat:ana")).code).toBe(1);
    expect(onDisk(words)).toBe(true);
    const receiptFile = join(folder.path, "receipt.json");
    const erased = await run(
      server.port,
      "privacy",
      "erase",
      "webchat:ana",
      "--yes",
      "--receipt",
      receiptFile,
    );
    expect([erased.code, erased.stderr]).toEqual([0, ""]);
    expect(receiptShape.parse(JSON.parse(readFileSync(receiptFile, "utf8"))).removed.conversations).toBe(1);
    for (const text of [words, "0917 123 4567", "webchat:ana"])
      expect([text, onDisk(text)]).toEqual([text, false]);
    await stream.until("the stream ends", () => stream.closedWith !== undefined);

    expect((await customer.history()).activities).toEqual([]);
    await customer.say("hello again");
    await waitUntil("the bot answers again", async () =>
      (await customer.history()).activities.some(({ from }) => from.role === "bot"),
    );
    expect((await run(server.port, "privacy", "find", "webchat:ana")).code).toBe(0);
    expect((await run(server.port, "privacy", "find", "webchat:nobody")).code).toBe(1);
  });

  it("is erased without a server, and again when a backup from before is restored", async () => {
    const server = await start();
    await writes(server);
    const backup = join(folder.path, "backup.db");
    expect((await run(server.port, "backup", backup)).code).toBe(0);
    await server.stop();
    const erased = await run(
      server.port,
      "privacy",
      "erase",
      "webchat:ana",
      "--yes",
      "--json",
      "--receipt",
      join(folder.path, "receipt.json"),
    );
    expect(erased.code).toBe(0);
    const { removed } = receiptShape.parse(JSON.parse(erased.stdout));
    expect(removed).toMatchObject({ conversations: 1, turns: 1 });
    expect(onDisk(words)).toBe(false);

    for (const file of [database(), `${database()}-wal`, `${database()}-shm`]) rmSync(file, { force: true });
    copyFileSync(backup, database());
    expect(onDisk(words)).toBe(true);
    const again = await start();
    expect(again.output()).toContain("privacy.erasedAgain");
    expect(onDisk(words)).toBe(false);
  });

  it("are given the receipt on the screen where its file cannot be written: they are erased all the same", async () => {
    const server = await start();
    await writes(server);
    const receipt = join(folder.path, "no-such-folder", "receipt.json");
    const erased = await run(server.port, "privacy", "erase", "webchat:ana", "--yes", "--receipt", receipt);
    expect([erased.code, erased.stderr]).toEqual([0, expect.stringContaining("could not be written")]);
    expect(receiptShape.parse(JSON.parse(erased.stdout)).removed.conversations).toBe(1);
    expect(onDisk(words)).toBe(false);
  });

  it("are not said to be unknown where the server could not erase them just now", async () => {
    const server = await start();
    await writes(server);
    await server.stop();
    const full = createServer((request, answer) => {
      request.resume();
      answer.writeHead(503, { "Content-Type": "application/json" });
      answer.end(JSON.stringify({ error: { code: "store.refused", message: "The disk is full." } }));
    });
    await new Promise<void>((listening) => full.listen(0, "127.0.0.1", listening));
    try {
      const { port } = z.object({ port: z.number() }).parse(full.address());
      const refused = await run(port, "privacy", "erase", "webchat:ana", "--yes");
      expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining("The disk is full.")]);
      expect(refused.stderr).not.toContain("Nothing is held");
    } finally {
      full.close();
    }
  });
});
