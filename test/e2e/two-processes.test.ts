import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { z } from "zod";
import { startCluster, type PostgresCluster } from "../contract/postgres-cluster.ts";
import { waitUntil } from "../wait-until.ts";
import { CustomerCalls } from "./call.ts";
import { kumusta } from "./command.ts";
import { generateToken } from "./direct-line-client.ts";
import { startProgram, temporaryFolder, type Program } from "./program.ts";
import { StreamClient } from "./stream-client.ts";

const database = "shop";

describe("two processes on one PostgreSQL database", () => {
  let cluster: PostgresCluster;
  let databaseUrl = "";
  const folders: Awaited<ReturnType<typeof temporaryFolder>>[] = [];
  const streams: StreamClient[] = [];
  let left: Program;
  let right: Program;

  const start = async () => {
    const folder = await temporaryFolder();
    folders.push(folder);
    return startProgram(folder.path, { DATABASE_URL: databaseUrl });
  };

  beforeAll(async () => {
    cluster = await startCluster();
    databaseUrl = await cluster.createDatabase(database);
    [left, right] = await Promise.all([start(), start()]);
  });
  afterEach(() => {
    for (const stream of streams.splice(0)) stream.end();
  });
  afterAll(async () => {
    await Promise.all([left.stop(), right.stop()]);
    await cluster.stop();
    for (const folder of folders) await folder.remove();
  });

  /** One customer, as each process serves them. */
  const newCustomer = async (id: string) => {
    const given = await generateToken(left.url, { id });
    return { atLeft: new CustomerCalls(left.url, given), atRight: new CustomerCalls(right.url, given) };
  };
  const listen = async (customer: CustomerCalls) => {
    const stream = new StreamClient((await customer.reconnect("0")).streamUrl);
    streams.push(stream);
    await stream.until("it is open", () => stream.frames.length > 0);
    return stream;
  };
  /** Messages of this customer that were handled, and their turns, once there are so many. */
  const untilHandled = async (id: string, messages: number) => {
    const of = `conversation_id = (select id from conversations where contact = 'webchat:${id}')`;
    const counts = async () =>
      z.array(z.object({ intake: z.number(), turns: z.number() })).parse(
        await cluster.run(
          `select (select count(*)::int from intake where status = 'handled' and ${of}) as intake,
                    (select count(*)::int from turns where ${of}) as turns`,
          database,
        ),
      );
    await waitUntil(`${String(messages)} messages were handled`, async () =>
      (await counts()).some(({ intake }) => intake >= messages),
    );
    return counts();
  };
  /** In order, none missing and none twice. */
  const showsAll = async (stream: StreamClient, customer: CustomerCalls) => {
    const ids = (await customer.history()).activities.map(({ id }) => id);
    const shown = () =>
      stream.frames.flatMap(({ activities }) =>
        activities.flatMap(({ id, type }) => (type === "typing" ? [] : [id])),
      );
    await stream.until("all came", () => shown().length >= ids.length);
    expect(shown()).toEqual(ids);
  };

  it("show a customer at once what the other took in and answered", async () => {
    const { atLeft, atRight } = await newCustomer("ana");
    await atLeft.say("hello");
    const stream = await listen(atLeft);
    await atRight.say("where is my order");
    await untilHandled("ana", 2);
    await showsAll(stream, atLeft);
    expect(stream.texts).toContain("where is my order");
  });

  it("answer each message of one conversation once, whoever took it in, and show both clients the same", async () => {
    const { atLeft, atRight } = await newCustomer("ben");
    const [here, there] = await Promise.all([listen(atLeft), listen(atRight)]);
    const words = Array.from({ length: 20 }, (_, n) => `zzqx ${String(n)}`);
    await Promise.all(words.map((text, n) => (n % 2 === 0 ? atLeft : atRight).say(text)));
    expect(await untilHandled("ben", words.length)).toEqual([{ intake: words.length, turns: words.length }]);
    for (const stream of [here, there]) await showsAll(stream, atLeft);
  });

  it("show what was written while the database was away", async () => {
    const { atLeft, atRight } = await newCustomer("carla");
    const stream = await listen(atLeft);
    await cluster.restart();
    await waitUntil(
      "it is taken in again",
      async () => (await atRight.say("where is my order")).status === 200,
    );
    await untilHandled("carla", 1);
    await showsAll(stream, atLeft);
  });

  it("forget an erased customer both", async () => {
    const { atRight } = await newCustomer("dina");
    await atRight.say("hello");
    const stream = await listen(atRight);
    const env = { DATA_DIR: left.dataDir, PORT: String(left.port), DATABASE_URL: databaseUrl };
    const receipt = join(left.dataDir, "receipt.json");
    const erase = ["privacy", "erase", "webchat:dina", "--yes", "--receipt", receipt];
    const { code, stderr } = await kumusta(erase, { env });
    expect([code, stderr]).toEqual([0, ""]);
    await waitUntil("the stream ends", () => stream.closedWith === 1011);
    expect((await atRight.history()).activities).toEqual([]);
  });
});
