import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { afterEach, describe, expect, it } from "@jest/globals";
import { Deliverer } from "../../../src/channels/messenger/deliver.ts";
import { Graph } from "../../../src/channels/messenger/graph.ts";
import { PageHealth } from "../../../src/channels/messenger/page-health.ts";
import { SentMessages } from "../../../src/channels/messenger/sent-messages.ts";
import type { MessengerSettings } from "../../../src/channels/messenger/settings.ts";
import type { ProviderObserver } from "../../../src/channels/provider.ts";
import { outgoingReply } from "../outgoing.ts";

const page = "1001";
const blocked = JSON.stringify({ error: { code: 551, error_subcode: 1_545_041 } });

let server: Server | undefined;
let graph: Graph | undefined;
let deliverer: Deliverer | undefined;

afterEach(async () => {
  deliverer?.stop();
  await graph?.close();
  server?.closeAllConnections();
  server?.close();
  if (server !== undefined) await once(server, "close");
});

/** What becomes of a reply when Meta, or what stands in front of it, answers this; nothing that it says is kept. */
async function delivered(status: number, body: string) {
  server = createServer((request, response) => {
    request.resume();
    response.writeHead(status);
    response.end(body);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  const faults: string[][] = [];
  const settings: MessengerSettings = {
    ...{
      appId: "7001",
      appSecret: "secret",
      verifyToken: "word",
      publicUrl: undefined,
      graphVersion: "v25.0",
    },
    apiUrl: `http://127.0.0.1:${String(port)}`,
    pages: new Map([[page, { id: page, token: "PAGE-TOKEN" }]]),
    routing: { idleMinutes: 60 },
    comments: { answer: [], except: [] },
  };
  const clock = { now: () => 0, elapsed: () => 0 };
  const observer: ProviderObserver = {
    ignored: () => undefined,
    health: () => undefined,
    fault: (...told) => {
      faults.push(told);
    },
  };
  graph = new Graph(settings);
  deliverer = new Deliverer({
    ...{ settings, graph, clock, observer },
    health: new PageHealth(clock, observer),
    sent: new SentMessages(),
    continueToken: () => "token",
    onUnreachable: () => Promise.reject(new Error("the store takes nothing")),
  });
  return { delivery: await deliverer.deliver(outgoingReply("messenger", page, "2002")), faults };
}

describe("a reply that Meta refuses for good", () => {
  it("is refused also when the news of it cannot be kept; that is told", async () => {
    const { delivery, faults } = await delivered(400, blocked);
    expect(delivery).toMatchObject({ status: "refused" });
    expect(faults).toEqual([["messenger", "contact", "the store takes nothing"]]);
  });
});

describe("a reply of which a gateway says that something failed", () => {
  it.each([
    [502, "<html>Bad Gateway</html>"],
    [503, "<html>Unavailable</html>"],
    [504, ""],
  ])("with %d may have been sent: it is not sent again blindly", async (status, body) => {
    expect((await delivered(status, body)).delivery.status).toBe("ambiguous");
  });

  it("is sent again when it was Meta itself that failed", async () => {
    const { delivery } = await delivered(500, JSON.stringify({ error: { code: 2 } }));
    expect(delivery.status).toBe("retry");
  });
});
