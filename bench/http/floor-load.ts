import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Pool } from "undici";
import { evenly } from "./evenly.ts";

/** A provider that takes whatever is sent to it. */
export async function startSink(): Promise<{ readonly port: number; close(): Promise<void> }> {
  const server = createServer((incoming, outgoing) => {
    incoming.resume();
    incoming.on("end", () => outgoing.end("{}"));
  });
  // Longer than any pause between two rounds: a connection that closes just as it is used would end the run.
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address: AddressInfo | string | null = server.address();
  return {
    port: address !== null && typeof address === "object" ? address.port : 0,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}

/** Posts messages to the floor in the same shapes as DirectLineLoad does to the whole program. */
export class FloorLoad {
  readonly #pool: Pool;
  #written = 0;

  constructor(port: number) {
    this.#pool = new Pool(`http://127.0.0.1:${String(port)}`, { connections: 64 });
  }

  async #message(): Promise<void> {
    const { body: answer } = await this.#pool.request({
      path: "/",
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        type: "message",
        text: "magkano po sf",
        channelData: { clientActivityID: `m${String(this.#written++)}` },
      }),
    });
    await answer.text();
  }

  /** As many messages as `inFlight` senders can post, one after the other each, for so many seconds. */
  async asFastAsPossible(seconds: number, inFlight: number): Promise<{ readonly messages: number }> {
    const end = performance.now() + seconds * 1_000;
    let messages = 0;
    const one = async () => {
      while (performance.now() < end) {
        await this.#message();
        messages++;
      }
    };
    await Promise.all(Array.from({ length: inFlight }, one));
    return { messages };
  }

  /** An even stream of `perSecond` messages, whether or not the server keeps up. */
  async steadily(seconds: number, perSecond: number): Promise<{ readonly messages: number }> {
    return { messages: await evenly(seconds, perSecond, () => this.#message()) };
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}
