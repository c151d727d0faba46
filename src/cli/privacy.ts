import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import { Command } from "commander";
import { z } from "zod";
import { KumustaError, reasonOf } from "../basics/errors.ts";
import { systemClock } from "../basics/time.ts";
import type { Config } from "../config/read-config.ts";
import { openStore } from "../store/open-store.ts";
import { openToRead } from "../store/open-to-read.ts";
import { erasePerson, type ErasureReceipt } from "../store/privacy/erase-person.ts";
import { ErasureLedger } from "../store/privacy/erasure-ledger.ts";
import { namedPerson } from "../store/privacy/named-person.ts";
import { PersonFinder } from "../store/privacy/person-finder.ts";
import { PersonFiles } from "../store/privacy/person-files.ts";
import type { ReadingStore } from "../store/reading-store.ts";
import { ApiClient } from "./api-client.ts";
import { endCommand, orCannotRun } from "./command-end.ts";
import { erasureText, findingText, type Finding } from "./privacy-texts.ts";
import { progressBar } from "./progress-bar.ts";
import { exitCodes } from "./run-command.ts";

/** Years of a person's conversations are erased in small pieces, between other customers' messages, ms. */
const erasingPatienceMs = 600_000;

interface Erasing {
  readonly yes?: true;
  readonly as: string;
  readonly url?: string;
  readonly receipt?: string;
  readonly json?: true;
}

/* The server is ours and of this version: its receipt is checked for being one, not field by field. */
const isReceipt = z.custom<ErasureReceipt>(
  (value) =>
    z.object({ erasure: z.string(), removed: z.record(z.string(), z.number()) }).safeParse(value).success,
);

/** `kumusta privacy`: what is held on a person is shown, given to them, erased. Exit code 1: nothing is held on them. */
export function privacyCommand(config: () => Config): Command {
  const named = (name: string, what: string) =>
    new Command(name)
      .description(what)
      .argument("<contact>", "phone number, e-mail, channel:id, or the id of a conversation or case")
      .option("--json", "print one JSON object")
      .exitOverride(endCommand);
  return new Command("privacy")
    .description("What is held on a person: find, export, erase (docs/privacy.md)")
    .exitOverride(endCommand)
    .addCommand(
      named("find", "Show what is held on a person, and where somebody gave a value of theirs").action(
        (contact: string, options: { json?: true }) =>
          orCannotRun(() => reading(config(), (store) => runFind(store, contact, options.json === true))),
      ),
    )
    .addCommand(
      named("export", "Write everything on a person into a folder, in the clear")
        .requiredOption("--output <folder>", "a folder that does not exist yet")
        .action((contact: string, options: { output: string; json?: true }) =>
          orCannotRun(() => reading(config(), (store) => runExport(store, contact, options))),
        ),
    )
    .addCommand(
      named("erase", "Remove everything personal of a person; what is only counted stays")
        .option("--yes", "do not ask")
        .option("--as <name>", "who does it, for the receipt", userInfo().username)
        .option("--url <address>", "server to speak to (default: this machine, PORT)")
        .option("--receipt <file>", "where to write the receipt (default: erasure-ID.json here)")
        .action((contact: string, options: Erasing) =>
          orCannotRun(() => runErase(config(), contact, options)),
        ),
    );
}

async function reading(
  { databaseUrl }: Pick<Config, "databaseUrl">,
  run: (store: ReadingStore) => Promise<number>,
): Promise<number> {
  const store = await openToRead(databaseUrl);
  try {
    return await run(store);
  } finally {
    await store.close();
  }
}

/** @param alsoGiven all that may be meant, and where values of theirs were given; else what is held on one person */
async function find(store: ReadingStore, contact: string, alsoGiven: boolean): Promise<Finding> {
  const finder = new PersonFinder(store.db, store.driver);
  const person = namedPerson(contact);
  const found = await (alsoGiven ? finder.conversations(person) : finder.conversationsOfOne(person));
  const conversations = [];
  for (const conversation of found)
    conversations.push({ ...conversation, held: await finder.held(conversation.id) });
  if (!alsoGiven) return { conversations, givenIn: [] };
  const bar = progressBar();
  try {
    const own = new Set(found.map(({ id }) => id));
    const given = await finder.givenIn(person, (done, total) => {
      bar.show(done, total, "conversations looked at");
    });
    return { conversations, givenIn: given.filter(({ conversation }) => !own.has(conversation.id)) };
  } finally {
    bar.stop();
  }
}

async function runFind(store: ReadingStore, contact: string, json: boolean): Promise<number> {
  const finding = await find(store, contact, true);
  console.log(json ? JSON.stringify(finding) : findingText(finding));
  const isNothing = finding.conversations.length + finding.givenIn.length === 0;
  return isNothing ? exitCodes.foundFaults : exitCodes.fine;
}

async function runExport(
  store: ReadingStore,
  contact: string,
  { output, json }: { output: string; json?: true },
): Promise<number> {
  const found = await new PersonFinder(store.db, store.driver).conversationsOfOne(namedPerson(contact));
  if (found.length === 0) return nothingHeld();
  const folder = resolve(output);
  makeFolder(folder);
  const files = new PersonFiles(store.db, store.driver);
  const written: string[] = [];
  const bar = progressBar();
  const put = (name: string, content: string | Uint8Array) => {
    writeFileSync(join(folder, name), content, { flag: "wx", mode: 0o600 });
    written.push(name);
  };
  for (const [n, conversation] of found.entries()) {
    bar.show(n, found.length, "conversations written");
    await files.write(conversation, `conversation-${String(n + 1)}`, put);
  }
  bar.stop();
  if (json === true) console.log(JSON.stringify({ folder, files: written }));
  else console.log(`Written to ${folder}: ${written.join(", ")}.\nIt holds personal values in the clear.`);
  return exitCodes.fine;
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (thrown) {
    throw new KumustaError("output.refused", [reasonOf(thrown)], { cause: thrown });
  }
}

async function runErase(config: Config, contact: string, options: Erasing): Promise<number> {
  let finding: Finding | undefined;
  await reading(config, async (store) => {
    finding = await find(store, contact, false);
    return exitCodes.fine;
  });
  if (finding === undefined || finding.conversations.length === 0) return nothingHeld();
  if (options.yes !== true && !(await isConfirmed(finding))) {
    console.error("Nothing was erased.");
    return exitCodes.foundFaults;
  }
  const receipt = await eraseSomewhere(config, contact, options);
  if (typeof receipt === "number") return receipt;
  const file = resolve(options.receipt ?? `erasure-${receipt.erasure}.json`);
  let unwritten: string | undefined;
  try {
    writeFileSync(file, `${JSON.stringify(receipt, undefined, 2)}\n`, { flag: "wx", mode: 0o600 });
  } catch (thrown) {
    // It is done and cannot be done again: the receipt goes where it can still be kept.
    unwritten = reasonOf(thrown);
  }
  const asJson = options.json === true || unwritten !== undefined;
  console.log(asJson ? JSON.stringify(receipt) : erasureText(receipt, file));
  if (unwritten !== undefined)
    console.error(`Erased. Keep the receipt above: it could not be written (${unwritten}).`);
  return exitCodes.fine;
}

async function isConfirmed(finding: Finding): Promise<boolean> {
  console.error(findingText(finding));
  const ask = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await Promise.race([
      ask.question("\nThis cannot be taken back. Type erase to go on: "),
      // Nobody is there to answer.
      once(ask, "close").then(() => ""),
    ]);
    return answer.trim().toLowerCase() === "erase";
  } finally {
    ask.close();
  }
}

/**
 * By the running server, whose memory must forget them too; where none answers, on the database itself.
 * @returns the receipt, or the exit code where the server refused
 */
async function eraseSomewhere(
  config: Config,
  contact: string,
  { as: by, url }: Erasing,
): Promise<ErasureReceipt | number> {
  try {
    const client = new ApiClient(config, url);
    const answer = await client.call("POST", "/api/privacy/erase", { contact, by }, erasingPatienceMs);
    if (answer.ok) return isReceipt.parse(answer.body);
    // Erased by somebody else since they were shown.
    if (answer.code === "person.unknown") return nothingHeld();
    console.error(answer.sentence);
    return exitCodes.cannotRun;
  } catch (thrown) {
    const isAlone =
      thrown instanceof KumustaError && thrown.code === "server.unreachable" && url === undefined;
    if (!isAlone) throw thrown;
  }
  const store = await openStore(config.databaseUrl);
  try {
    const ledger = new ErasureLedger(config.dataDir);
    return await erasePerson({ store, ledger, clock: systemClock }, contact, by);
  } finally {
    await store.close();
  }
}

function nothingHeld(): number {
  console.error("Nothing is held on this person.");
  return exitCodes.foundFaults;
}
