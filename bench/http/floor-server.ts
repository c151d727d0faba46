/**
 * The durable echo floor: what the job costs at the least. Raw HTTP in, one insert with the message id as its key
 * in a group commit that is synced in full, 200, then one send over a keep-alive connection.
 *
 *     node bench/http/floor-server.ts DATABASE_FILE SINK_PORT
 */
import { Agent, createServer, request } from "node:http";
import Sqlite from "better-sqlite3";
import { z } from "zod";

const messageSchema = z.object({ text: z.string(), channelData: z.object({ clientActivityID: z.string() }) });

const [file = "", sinkPort = ""] = process.argv.slice(2);
const database = new Sqlite(file);
database.pragma("journal_mode = wal");
database.pragma("synchronous = full");
database.exec("create table message (id text primary key, body text not null) without rowid");
const insert = database.prepare<[string, string]>("insert or ignore into message values (?, ?)");
const begin = database.prepare("begin immediate");
const commit = database.prepare("commit");
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

interface Waiting {
  readonly id: string;
  readonly body: string;
  readonly done: () => void;
}
const waiting: Waiting[] = [];

function flush(): void {
  const batch = waiting.splice(0);
  begin.run();
  for (const { id, body } of batch) insert.run(id, body);
  commit.run();
  for (const { done } of batch) done();
}

function send(text: string): void {
  const body = JSON.stringify({ text });
  const headers = { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) };
  request({ host: "127.0.0.1", port: Number(sinkPort), method: "POST", agent, headers }, (response) => {
    response.resume();
  }).end(body);
}

const server = createServer((incoming, outgoing) => {
  const chunks: Buffer[] = [];
  incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
  incoming.on("end", () => {
    const body = Buffer.concat(chunks).toString();
    const { channelData, text } = messageSchema.parse(JSON.parse(body));
    if (waiting.length === 0) setImmediate(flush);
    waiting.push({
      id: channelData.clientActivityID,
      body,
      done: () => {
        outgoing.end(`{"id":"${channelData.clientActivityID}"}`);
        send(text);
      },
    });
  });
});
// As Kumusta's: longer than any pause between two rounds.
server.keepAliveTimeout = 65_000;
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  console.error(JSON.stringify({ port: typeof address === "object" ? address?.port : 0 }));
});
process.on("SIGTERM", () => process.exit(0));
