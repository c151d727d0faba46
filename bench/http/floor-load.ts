import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Pool } from "undici";

/** A provider that takes whatever is sent to it. */
export async function startSink(): Promise<{ readonly port: number; close(): Promise<void> }> {
  const server = createServer((incoming, outgoing) => {
    incoming.resume();
    incoming.on("end", () => outgoing.end("{}"));
  });
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

/** Posts messages to the floor, `inFlight` at a time; returns how many were acknowledged. */
export async function loadFloor(port: number, seconds: number, inFlight: number): Promise<number> {
  const pool = new Pool(`http://127.0.0.1:${String(port)}`, { connections: 64 });
  const end = performance.now() + seconds * 1_000;
  let n = 0;
  const one = async () => {
    while (performance.now() < end) {
      const body = JSON.stringify({
        type: "message",
        text: "magkano po sf",
        channelData: { clientActivityID: `m${String(n++)}` },
      });
      const { body: answer } = await pool.request({
        path: "/",
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
      });
      await answer.text();
    }
  };
  await Promise.all(Array.from({ length: inFlight }, one));
  await pool.close();
  return n;
}
