import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { GraphEmulator, type EmulatorOptions } from "../emulators/messenger/graph-emulator.ts";
import { atRest, until } from "./at-rest.ts";
import { root, startProgram, temporaryFolder, type Program } from "./program.ts";

export const page = "1001";
export const secondPage = "1002";
export const app = {
  appId: "7001",
  appSecret: "an-app-secret",
  verifyToken: "a-word-of-our-choice",
  pages: { [page]: "PAGE-TOKEN", [secondPage]: "CEBU-TOKEN" },
} as const;

/** The variables by which the program reaches an emulator. */
export function messengerEnv(emulator: GraphEmulator): Record<string, string> {
  return {
    MESSENGER_APP_ID: app.appId,
    MESSENGER_APP_SECRET: app.appSecret,
    MESSENGER_VERIFY_TOKEN: app.verifyToken,
    MESSENGER_PAGE_ID: page,
    MESSENGER_PAGE_TOKEN: app.pages[page],
    MESSENGER_API_URL: emulator.url,
  };
}

/** A content folder of its own. */
export type Shop = Awaited<ReturnType<typeof temporaryFolder>>;

/** The running program, and Meta's side of it. */
export class MessengerPage {
  readonly meta: GraphEmulator;
  readonly folder: string;
  #program: Program | undefined;
  readonly #env: Readonly<Record<string, string>>;
  readonly #remove: () => Promise<void>;

  static async start(
    env: Readonly<Record<string, string>> = {},
    options: Partial<EmulatorOptions> = {},
  ): Promise<MessengerPage> {
    const meta = await GraphEmulator.start({ ...app, ...options });
    const folder = await temporaryFolder();
    const started = new MessengerPage(meta, env, folder.path, folder.remove);
    try {
      await started.restart();
    } catch (thrown) {
      // Else what was left open would hide why the program did not start.
      await started.end();
      throw thrown;
    }
    return started;
  }

  /** The sample shop with other accounts. */
  static async shopWith(change: (channels: string) => string): Promise<Shop> {
    const folder = await temporaryFolder();
    for (const part of ["intents", "dialogs"])
      await cp(join(root, part), join(folder.path, part), { recursive: true });
    const file = join(folder.path, "dialogs/channels.yaml");
    await writeFile(file, change(await readFile(file, "utf8")));
    return folder;
  }

  private constructor(
    meta: GraphEmulator,
    env: Readonly<Record<string, string>>,
    folder: string,
    remove: () => Promise<void>,
  ) {
    this.meta = meta;
    this.folder = folder;
    this.#env = env;
    this.#remove = remove;
  }

  get program(): Program {
    if (this.#program === undefined) throw new Error("the program does not run");
    return this.#program;
  }

  get database(): string {
    return join(this.folder, "kumusta.db");
  }

  /** Starts the program, on the data of the run before if there was one. */
  async restart(env: Readonly<Record<string, string>> = {}): Promise<void> {
    this.#program = await startProgram(this.folder, { ...messengerEnv(this.meta), ...this.#env, ...env });
    this.meta.webhook = `${this.#program.url}/webhooks/messenger`;
  }

  async kill(): Promise<void> {
    await this.#program?.kill();
    this.#program = undefined;
  }

  /** A customer types; gives the status that Meta gets. */
  says(customer: string, text: string, more: { mid?: string; at?: number } = {}): Promise<number> {
    return this.meta.post([this.meta.typed(page, customer, text, more)], page);
  }

  untilDelivered(count: number): Promise<void> {
    return until(`${String(count)} messages are delivered`, () => this.meta.delivered.length >= count);
  }

  atRest(): Promise<boolean> {
    return atRest(this.database);
  }

  /** One value of /metrics, 0 where it is absent. */
  async metric(line: string): Promise<number> {
    const text = await (await fetch(`${this.program.url}/metrics`)).text();
    const found = text.split("\n").find((one) => one.startsWith(`${line} `));
    return Number(found?.split(" ").at(-1) ?? 0);
  }

  async end(): Promise<void> {
    await this.kill();
    await this.meta.stop();
    await this.#remove();
  }
}
