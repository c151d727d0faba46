import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import { afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { leavesOpen, ProviderHttp, type ProviderAnswer } from "../../src/channels/provider-http.ts";

const servers = new Set<Server>();
const clients = new Set<ProviderHttp>();
const dripping = new Set<NodeJS.Timeout>();

afterEach(async () => {
  for (const timer of dripping) clearInterval(timer);
  dripping.clear();
  for (const client of clients) await client.close();
  clients.clear();
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  }
  servers.clear();
});

/** HTTP to a provider that answers like this. */
async function to(answer: (response: ServerResponse) => void, longestMs?: number): Promise<ProviderHttp> {
  const server = createServer((_request, response) => {
    answer(response);
  }).listen(0, "127.0.0.1");
  servers.add(server);
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  const client = new ProviderHttp(`http://127.0.0.1:${String(port)}`, longestMs);
  clients.add(client);
  return client;
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
});

describe("a provider's answer without an end", () => {
  const send = async (answer: (response: ServerResponse) => void): Promise<ProviderAnswer> =>
    (await to(answer, 300)).send({ method: "POST", path: "/send" });
  let dripped: ProviderAnswer;
  let refused: ProviderAnswer;
  let silent: ProviderAnswer;
  // At once: each takes as long as the longest call.
  beforeAll(async () => {
    [dripped, refused, silent] = await Promise.all([
      send((response) => {
        response.writeHead(200);
        drip(response, " ");
      }),
      send((response) => {
        response.writeHead(400);
        drip(response, " ");
      }),
      send(() => undefined),
    ]);
  });

  it("that drips for ever ends after the longest call: nobody knows whether the reply was sent", () => {
    expect(dripped).toEqual({ type: "unclear", reason: "no whole answer in time" });
  });

  it("that drips for ever after a refusal is the refusal, without its words", () => {
    expect(refused).toMatchObject({ status: 400, body: "" });
  });

  it("of which not even the status comes ends after the longest call", () => {
    expect(silent).toMatchObject({ type: "unclear" });
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
