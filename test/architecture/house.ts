/**
 * The house in two tables. A change here is a decision about the architecture: say why in its commit, and in
 * docs/decisions/ when it could be asked about again.
 */

/** Rank of each folder of src: it imports only lower ranks and itself. The files in src itself are the top. */
export const ranks: Readonly<Record<string, number>> = {
  basics: 0,
  content: 1,
  config: 1,
  conversation: 2,
  recognition: 3,
  turn: 4,
  channels: 5,
  store: 6,
  bus: 5,
  actions: 5,
  insights: 7,
  workbench: 7,
  console: 8,
  http: 9,
  cli: 10,
  // A business's own code: it may use everything below the composition root.
  additions: 9,
};

/** Rank of the files that lie in src itself. */
export const TOP_RANK = 11;
export const topFiles: readonly string[] = ["src/app.ts", "src/main.ts"];

/** Folders that depend on nothing outside the program: no package, no Node module. */
export const pureFolders: readonly string[] = ["src/conversation"];

/**
 * Door of each package: where src may import it. A door is a folder ("src/http/"), a file, or the beginning
 * of file names ("src/turn/host" is host.ts and host-….ts).
 */
export const doors: Readonly<Record<string, readonly string[]>> = {
  "@fastify/busboy": ["src/channels/webchat/", "src/http/"],
  "better-sqlite3": ["src/store/sqlite/"],
  botbuilder: ["src/turn/host"],
  "chrono-node": ["src/recognition/"],
  "cli-progress": ["src/cli/"],
  commander: ["src/cli/", "src/main.ts"],
  "date-holidays": ["src/workbench/reference/"],
  "file-type": ["src/channels/webchat/", "src/http/"],
  kysely: ["src/store/"],
  "libphonenumber-js": ["src/recognition/", "src/channels/sms/"],
  "node-nlp": ["src/recognition/"],
  pg: ["src/store/postgres/"],
  pino: ["src/http/", "src/cli/", "src/app.ts", "src/main.ts"],
  "prom-client": ["src/http/", "src/app.ts"],
  redis: ["src/bus/redis/"],
  restify: ["src/http/"],
  telegraf: ["src/channels/telegram/"],
  twilio: ["src/channels/sms/"],
  undici: ["src/basics/http-pool.ts"],
  uuid: ["src/basics/ids.ts"],
  ws: ["src/channels/webchat/", "src/http/"],
  yaml: ["src/content/", "src/workbench/", "src/cli/"],
  // The schema language of every border where something comes in.
  zod: ["src/"],
};

/** Packages that browser code may import; they end up in what a customer downloads. */
export const webPackages: readonly string[] = [];

/** The only files of src that browser code may import, and only their types. */
export const webProtocols: readonly string[] = [
  "src/console/protocol.ts",
  "src/console/demo-protocol.ts",
  "src/channels/webchat/protocol.ts",
];

export const MAX_LINES = 400;

/** Names that say nothing of what is inside. */
export const emptyNames: readonly string[] = [
  "utils",
  "util",
  "helpers",
  "common",
  "types",
  "services",
  "misc",
];
