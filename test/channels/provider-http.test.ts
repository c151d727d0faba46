import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import { afterEach, describe, expect, it } from "@jest/globals";
import { leavesOpen, ProviderHttp } from "../../src/channels/provider-http.ts";

let server: Server | undefined;
let http: ProviderHttp | undefined;
const dripping = new Set<NodeJS.Timeout>();

afterEach(async () => {
  for (const timer of dripping) clearInterval(timer);
  dripping.clear();
  await http?.close();
  const closing = server;
  if (closing === undefined) return;
  closing.closeAllConnections();
  closing.close();
  await once(closing, "close");
  server = undefined;
});

/** HTTP to a provider that answers like this. */
async function to(answer: (response: ServerResponse) => void, longestMs?: number): Promise<ProviderHttp> {
  server = createServer((_request, response) => {
    answer(response);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  http = new ProviderHttp(`http://127.0.0.1:${String(port)}`, longestMs);
  return http;
}

/** A piece every few milliseconds, without end. */
function drip(response: ServerResponse, piece: string): void {
  dripping.add(
    setInterval(() => {
      response.write(piece);
    }, 10),
  );
}

describe("a provider's answer", () => {
  it("that never ends is read up to a bound, and its line is let go", async () => {
    const gone: Promise<unknown>[] = [];
    const client = await to((response) => {
      gone.push(once(response, "close"));
      response.writeHead(200);
      const pour = (): void => {
        while (!response.destroyed && response.write("x".repeat(50_000)));
        if (!response.destroyed) response.once("drain", pour);
      };
      pour();
    });
    const answer = await client.send({ method: "POST", path: "/send" });
    expect(answer).toMatchObject({ type: "answered", status: 200, body: "x".repeat(200_000) });
    await Promise.all(gone);
    expect(gone).toHaveLength(1);
  });

  it("that drips for ever ends after the longest call: nobody knows whether the reply was sent", async () => {
    const client = await to((response) => {
      response.writeHead(200);
      drip(response, " ");
    }, 300);
    expect(await client.send({ method: "POST", path: "/send" })).toEqual({
      type: "unclear",
      reason: "no whole answer in time",
    });
  });

  it("that drips for ever after a refusal is the refusal, without its words", async () => {
    const client = await to((response) => {
      response.writeHead(400);
      drip(response, " ");
    }, 300);
    expect(await client.send({ method: "POST", path: "/send" })).toMatchObject({ status: 400, body: "" });
  });

  it("of which not even the status comes ends after the longest call", async () => {
    const client = await to(() => undefined, 300);
    expect(await client.send({ method: "POST", path: "/send" })).toMatchObject({ type: "unclear" });
  });
});

describe("a failure of a server", () => {
  it.each([
    [502, true, true],
    [504, true, true],
    [500, false, true],
    [503, false, true],
    [500, true, false],
    [503, true, false],
    [400, false, false],
  ])(
    "%d, explained by the provider: %p, leaves open whether the reply was sent: %p",
    (status, explained, open) => {
      expect(leavesOpen(status, explained)).toBe(open);
    },
  );
});
