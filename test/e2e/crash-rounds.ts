import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import Sqlite from "better-sqlite3";
import { z } from "zod";
import { seededChance, type Chance } from "../../src/recognition/linear/chance.ts";
import { atRest } from "./at-rest.ts";
import { kumusta } from "./command.ts";
import { readLedger, waitingIn } from "./ledger.ts";
import { faultsOf, type Witness } from "./ledger-faults.ts";
import { launch, root, serving, temporaryFolder, type Launch, type Program } from "./program.ts";
import { Sender } from "./sender.ts";

export interface CrashPlan {
  readonly rounds: number;
  readonly seed: number;
  /** Told of each round. */
  readonly log: (line: string) => void;
}

/** What the rounds came to. The counts show that the kills hit something. */
export interface CrashReport {
  /** Everything lost, repeated, out of order or unrecorded; empty when the guarantees hold. */
  readonly faults: readonly string[];
  readonly acknowledged: number;
  /** Posts under way when the process was killed. */
  readonly unanswered: number;
  /** Rows that were accepted or decided, and not yet handled or sent, when it was killed. */
  readonly interrupted: number;
  /** Turns that were committed and not counted for reports yet, when it was killed. */
  readonly uncounted: number;
  /** Starts that were killed before they served. */
  readonly killedWhileStarting: number;
  readonly promisesBroken: number;
  readonly actionsPerformed: number;
}

/** Customers who write at once: half of them wait for each acknowledgement, half have four posts under way. */
const customers = 20;
const lanes = [1, 4] as const;
/** Messages of one customer in one round: below what one conversation may send in a burst. */
const mostPerRound = 20;
/** A round ends by itself after 400 messages; the kill comes before. */
const mostAcknowledged = 250;
const quietTimes = [0, 0, 60, 250] as const;

const questions = [
  "magkano po sf",
  "paano magbayad",
  "where is my order",
  "104233",
  "hi po",
  "how do I return an item",
  "salamat po",
  "kailan po darating",
  "zxqv wklp",
] as const;

/**
 * Load, `kill -9` at a random moment, start again on the same data, repeat what was not acknowledged: so many times.
 * Then lets the last run come to rest and compares what customers know with what the program wrote.
 */
export async function crashRounds(plan: CrashPlan): Promise<CrashReport> {
  const folder = await temporaryFolder();
  const rounds = new CrashRounds(plan, folder.path);
  try {
    return await rounds.run();
  } finally {
    await rounds.end();
    await folder.remove();
  }
}

class CrashRounds {
  readonly #plan: CrashPlan;
  readonly #folder: string;
  readonly #chance: Chance;
  readonly #senders: Sender[] = [];
  #launched: Launch | undefined;
  #program: Program | undefined;
  #unanswered = 0;
  #interrupted = 0;
  #uncounted = 0;
  #killedWhileStarting = 0;

  constructor(plan: CrashPlan, folder: string) {
    this.#plan = plan;
    this.#folder = folder;
    this.#chance = seededChance(plan.seed);
  }

  get #database(): string {
    return join(this.#folder, "data/kumusta.db");
  }

  async run(): Promise<CrashReport> {
    await this.#copyContent();
    const { rounds, log } = this.#plan;
    for (let round = 1; round <= rounds; round++) {
      await this.#start(round);
      const acknowledged = await this.#loadAndKill();
      log(
        `round ${String(round)}: killed after ${String(acknowledged)} acknowledgements; ${await this.#leftBehind()}`,
      );
      if (round % 3 === 0) this.#moveTimers(() => between(this.#chance, -60_000, 1_500));
    }
    this.#moveTimers(() => -1);
    await this.#start(rounds + 1);
    await Promise.all(this.#senders.map((sender) => sender.retry()));
    await atRest(this.#database);
    return this.#report();
  }

  /** The sample shop with promises of a minute, so that timers are about during the rounds. */
  async #copyContent(): Promise<void> {
    for (const part of ["intents", "dialogs"])
      await cp(join(root, part), join(this.#folder, "shop", part), { recursive: true });
    const teams = join(this.#folder, "shop/dialogs/teams.yaml");
    await writeFile(
      teams,
      (await readFile(teams, "utf8")).replace(/answersWithinMinutes: \d+/gu, "answersWithinMinutes: 1"),
    );
  }

  #launch(): Launch {
    const quietMs = pick(this.#chance, quietTimes);
    const env = { CONTENT_DIR: join(this.#folder, "shop"), BURST_QUIET_MS: String(quietMs) };
    this.#launched = launch(join(this.#folder, "data"), { env });
    return this.#launched;
  }

  /** Starts; now and then kills it first while it starts. */
  async #start(round: number): Promise<void> {
    if (round > 1 && this.#chance() < 0.25) {
      const started = this.#launch();
      await Promise.race([started.ended, pause(between(this.#chance, 50, 1_500))]);
      started.signal("SIGKILL");
      await started.ended;
      if (!started.output().includes("server.started")) this.#killedWhileStarting += 1;
    }
    this.#program = await serving(this.#launch(), join(this.#folder, "data"));
  }

  /** Everybody repeats what was not acknowledged, then writes on until the server is gone. */
  async #loadAndKill(): Promise<number> {
    const program = this.#program;
    if (program === undefined) return 0;
    while (this.#senders.length < customers)
      this.#senders.push(await Sender.begin(() => this.#program?.url ?? ""));
    const before = this.#acknowledged;
    // Counted, not timed, so that a busy machine gets through as much; then anywhere within the work of a few turns.
    const enough = before + between(this.#chance, 1, mostAcknowledged);
    const jitterMs = between(this.#chance, 0, 30);
    const chances = this.#senders.map(() => seededChance(between(this.#chance, 0, 2 ** 32)));
    const load = { over: false };
    const written = Promise.all(
      this.#senders.map((sender, i) => this.#write(sender, i, chances[i] ?? this.#chance)),
    ).then(() => {
      load.over = true;
    });
    while (!load.over && this.#acknowledged < enough) await pause(1);
    await pause(jitterMs);
    await program.kill();
    this.#program = undefined;
    await written;
    return this.#acknowledged - before;
  }

  get #acknowledged(): number {
    return this.#senders.reduce((sum, { acknowledged }) => sum + acknowledged, 0);
  }

  async #write(sender: Sender, index: number, chance: Chance): Promise<void> {
    for (const said of sender.unacknowledged) if ((await sender.post(said)).status !== 200) return;
    let left = mostPerRound;
    const lane = async () => {
      while (left-- > 0) {
        // Every third customer asks for a person now and then; the bot is silent after that, until the promise runs out.
        const text = index % 3 === 0 && chance() < 0.1 ? "agent" : pick(chance, questions);
        if ((await sender.say(text)).ackedAt === undefined) return;
      }
    };
    await Promise.all(Array.from({ length: lanes[index % 2] ?? 1 }, lane));
  }

  /** What the kill interrupted, read from a copy: looking at the database itself would already recover it. */
  async #leftBehind(): Promise<string> {
    const copy = join(this.#folder, "copy");
    await cp(join(this.#folder, "data"), copy, { recursive: true, force: true });
    const { intake, outbox } = waitingIn(join(copy, "kumusta.db"), 0);
    this.#uncounted += uncountedIn(join(copy, "kumusta.db"));
    const unanswered = this.#senders.reduce((sum, { unacknowledged }) => sum + unacknowledged.length, 0);
    this.#unanswered += unanswered;
    this.#interrupted += intake + outbox;
    return `${String(unanswered)} posts unanswered, ${String(intake)} messages and ${String(outbox)} sends interrupted`;
  }

  /** Lets time pass for the timers alone: each is due so many ms from now. */
  #moveTimers(fromNowMs: () => number): void {
    const database = new Sqlite(this.#database);
    const now = Date.now();
    const move = database.prepare("update timers set due_at = ? where conversation_id = ? and name = ?");
    for (const { conversation_id, name } of readLedger(this.#database).timers)
      move.run(now + fromNowMs(), conversation_id, name);
    database.close();
  }

  async #report(): Promise<CrashReport> {
    const witnesses: Witness[] = [];
    for (const sender of this.#senders) witnesses.push(await sender.witness());
    const ledger = readLedger(this.#database);
    const refused = this.#senders
      .flatMap(({ refusals }) => refusals)
      .filter(({ status }) => status !== undefined);
    const said = witnesses.flatMap((witness) => witness.said);
    const output = this.#program?.output() ?? "";
    return {
      faults: [
        ...faultsOf(ledger, witnesses),
        ...refused.map(({ status }) => `a post met ${String(status)}`),
        ...(/engine\.failed|counting\.failed/u.test(output) ? [output] : []),
        ...(await this.#miscounts()),
      ],
      acknowledged: said.filter(({ ackedAt }) => ackedAt !== undefined).length,
      unanswered: this.#unanswered,
      interrupted: this.#interrupted,
      uncounted: this.#uncounted,
      killedWhileStarting: this.#killedWhileStarting,
      promisesBroken: ledger.turns.filter(({ replies }) => replies.includes("shared.stillWaiting")).length,
      actionsPerformed: ledger.outbox.filter(({ kind }) => kind === "action").length,
    };
  }

  /** Stops the program as an operator does, and asks whether reports count what the log says. */
  async #miscounts(): Promise<string[]> {
    this.#launched?.signal("SIGTERM");
    await this.#launched?.ended;
    const env = { DATABASE_URL: `file:${this.#database}`, CONTENT_DIR: join(this.#folder, "shop") };
    const { code, stdout, stderr } = await kumusta(["recount", "--check"], { env });
    const waiting = uncountedIn(this.#database);
    return [
      ...(code === 0 ? [] : [`recount --check ended with ${String(code)}: ${stdout}${stderr}`]),
      ...(waiting === 0 ? [] : [`${String(waiting)} turns are left uncounted`]),
    ];
  }

  async end(): Promise<void> {
    this.#launched?.signal("SIGKILL");
    await this.#launched?.ended;
  }
}

function uncountedIn(file: string): number {
  const database = new Sqlite(file);
  try {
    return z.object({ n: z.number() }).parse(database.prepare("select count(*) as n from uncounted").get()).n;
  } finally {
    database.close();
  }
}

function between(chance: Chance, least: number, most: number): number {
  return least + Math.floor(chance() * (most - least + 1));
}

function pick<One>(chance: Chance, all: readonly [One, ...One[]]): One {
  return all[Math.floor(chance() * all.length)] ?? all[0];
}
