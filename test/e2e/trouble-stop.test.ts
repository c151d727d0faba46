import { once } from "node:events";
import { existsSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import WebSocket from "ws";
import { z } from "zod";
import { atRest, until } from "./at-rest.ts";
import { readLedger } from "./ledger.ts";
import { faultsOf } from "./ledger-faults.ts";
import { directLineSecret, launch, serving, temporaryFolder, type Launch, type Program } from "./program.ts";
import { Sender } from "./sender.ts";

/** What an operator may count on (house rule), ms. */
const stopMs = 10_000;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let launched: Launch;
const sockets: (WebSocket | Socket)[] = [];

beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) {
    if (socket instanceof WebSocket) socket.terminate();
    else socket.destroy();
  }
  launched.signal("SIGKILL");
  await launched.ended;
  await folder.remove();
});

async function openStream(url: string): Promise<WebSocket> {
  const answer = await fetch(`${url}/v3/directline/conversations`, {
    method: "POST",
    headers: { Authorization: `Bearer ${directLineSecret}` },
  });
  const { streamUrl } = z.object({ streamUrl: z.string() }).parse(await answer.json());
  const socket = new WebSocket(streamUrl);
  sockets.push(socket);
  await once(socket, "open");
  return socket;
}

/** A client that connects, says this, and then nothing more. */
async function openSocket(port: number, words: string): Promise<void> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => undefined);
  sockets.push(socket);
  await once(socket, "connect");
  socket.write(words);
}

describe("SIGTERM", () => {
  it.each([0, 300])(
    "under load, burst window %i ms, ends with code 0 in time and loses nothing",
    async (quietMs) => {
      const env = { BURST_QUIET_MS: String(quietMs) };
      launched = launch(folder.path, { env });
      let program: Program = await serving(launched, folder.path);
      const senders = await Promise.all(Array.from({ length: 16 }, () => Sender.begin(() => program.url)));
      const stream = await openStream(program.url);
      const closed = once(stream, "close");
      await openSocket(program.port, "");
      await openSocket(
        program.port,
        "POST /v3/directline/conversations HTTP/1.1\r\nHost: here\r\nContent-Le",
      );
      const acknowledged = () => senders.reduce((sum, sender) => sum + sender.acknowledged, 0);
      const writing = senders.map(async (sender) => {
        while (sender.refusals.length === 0 && sender.said.length < 25) await sender.say("magkano po sf");
      });
      await until("the load is on", () => acknowledged() > 60);
      const asked = performance.now();
      expect(await program.stop()).toBe(0);
      expect(performance.now() - asked).toBeLessThan(stopMs);
      await Promise.all(writing);
      expect((await closed)[0]).toBe(1001);
      expect(acknowledged()).toBeLessThan(16 * 25);
      // Refused with the reason to come back, or cut off: never another answer.
      for (const { refusals } of senders)
        for (const { status } of refusals) expect([undefined, 503]).toContain(status);

      launched = launch(folder.path, { env });
      program = await serving(launched, folder.path);
      await Promise.all(senders.map((sender) => sender.retry()));
      await atRest(join(folder.path, "kumusta.db"));
      const witnesses = await Promise.all(senders.map((sender) => sender.witness()));
      expect(faultsOf(readLedger(join(folder.path, "kumusta.db")), witnesses)).toEqual([]);
    },
  );

  it("to the process group of npm start ends everything in time, open streams included", async () => {
    launched = launch(folder.path, { command: ["npm", "start"], group: true });
    const { port, url } = await serving(launched, folder.path);
    await openStream(url);
    await openSocket(port, "GET /readyz HTTP/1.1\r\n");
    const asked = performance.now();
    launched.signal("SIGTERM");
    // Not npm alone: its output ends only when nothing that it started holds it any more.
    await launched.ended;
    expect(performance.now() - asked).toBeLessThan(stopMs);
    await expect(fetch(`${url}/healthz`)).rejects.toThrow("fetch failed");
  });

  it("to npm alone, which does not pass it on, ends the server too", async () => {
    launched = launch(folder.path, { command: ["npm", "start"], group: true });
    const { url } = await serving(launched, folder.path);
    process.kill(launched.pid, "SIGTERM");
    await launched.ended;
    expect(launched.output()).toContain("npm ended: finishing what is in hand…");
    await expect(fetch(`${url}/healthz`)).rejects.toThrow("fetch failed");
  });

  it("while it starts ends it at once, with code 0", async () => {
    launched = launch(folder.path);
    await until("it has begun", () => existsSync(join(folder.path, "kumusta.db.lock")));
    launched.signal("SIGTERM");
    expect(await launched.ended).toBe(0);
  });
});
