import { once } from "node:events";
import { createWriteStream, existsSync, renameSync, rmSync } from "node:fs";
import { pipeline } from "node:stream/promises";
import { resolve } from "node:path";
import { Argument, Command, Option } from "commander";
import { KumustaError, reasonOf } from "../basics/errors.ts";
import { systemClock } from "../basics/time.ts";
import type { Config } from "../config/read-config.ts";
import { businessSpan } from "../insights/export/business-span.ts";
import { exportLog, type ExportedPart, type ExportFormat } from "../insights/export/export-log.ts";
import { openToRead } from "../store/open-to-read.ts";
import { ExportStore, type Exported, type TimeSpan } from "../store/sql/export-store.ts";
import { endCommand, orCannotRun } from "./command-end.ts";
import { contentAt } from "./content-at.ts";
import { progressBar } from "./progress-bar.ts";
import { exitCodes } from "./run-command.ts";

interface Given {
  readonly format: ExportFormat;
  readonly since?: string;
  readonly until?: string;
  readonly output?: string;
}

/** `kumusta export`: the categorized log as a table or as JSON, page by page, also while the server runs. */
export function exportCommand(config: () => Pick<Config, "databaseUrl" | "contentDir">): Command {
  return new Command("export")
    .description("Write the log as a table (CSV) or as JSON lines, masked as it is stored (docs/export.md)")
    .addArgument(new Argument("<what>", "what to write").choices(["turns", "concerns", "cases"]))
    .addOption(new Option("--format <format>").choices(["jsonl", "csv"]).default("jsonl"))
    .option("--since <date>", "from this business day on (2026-11-01), or from this instant")
    .option("--until <date>", "up to this business day and with it, or up to this instant")
    .option("--output <file>", "a file that does not exist yet (default: stdout)")
    .exitOverride(endCommand)
    .action(async (what: Exported, given: Given) => {
      await orCannotRun(async () => {
        const { databaseUrl, contentDir } = config();
        const span = businessSpan(given.since, given.until, contentAt(contentDir).timeZone);
        const store = await openToRead(databaseUrl);
        try {
          const parts = exportLog(new ExportStore(store.db, store.driver), what, given.format, span);
          await writeParts(withProgress(parts, what, span), given.output);
          return exitCodes.fine;
        } finally {
          await store.close();
        }
      });
    });
}

/** The same parts, with a bar that tells how much of the time has been written, and the sum at the end. */
async function* withProgress(
  parts: AsyncIterable<ExportedPart>,
  what: Exported,
  span: TimeSpan,
): AsyncGenerator<string, void, undefined> {
  const bar = progressBar();
  const end = Math.min(span.until, systemClock.now());
  let begin: number | undefined;
  let rows = 0;
  try {
    for await (const part of parts) {
      yield part.text;
      rows += part.rows;
      if (part.upTo === null) continue;
      begin ??= part.upTo;
      const whole = Math.max(1, end - begin);
      bar.show(Math.min(part.upTo - begin, whole), whole, `${rows.toLocaleString("en")} ${what}`);
    }
  } finally {
    bar.stop();
  }
  console.error(`${rows.toLocaleString("en")} ${what} exported.`);
}

async function writeParts(parts: AsyncIterable<string>, output: string | undefined): Promise<void> {
  if (output === undefined) {
    await writeToStdout(parts);
    return;
  }
  const file = resolve(output);
  const unfinished = `${file}.unfinished`;
  const refused = (reason: string, cause?: unknown) =>
    new KumustaError("output.refused", [reason], { cause });
  if (existsSync(file)) throw refused(`${file} exists already`);
  // It holds what customers wrote: for its owner alone. Under its own name only when it is whole.
  const stream = createWriteStream(unfinished, { flags: "wx", mode: 0o600 });
  try {
    await once(stream, "open");
  } catch (thrown) {
    throw refused(reasonOf(thrown), thrown);
  }
  try {
    await pipeline(parts, stream);
    renameSync(unfinished, file);
  } catch (thrown) {
    stream.destroy();
    rmSync(unfinished, { force: true });
    throw thrown instanceof KumustaError ? thrown : refused(reasonOf(thrown), thrown);
  }
}

/** Whoever reads may have enough (`| head`): that is no failure. */
async function writeToStdout(parts: AsyncIterable<string>): Promise<void> {
  try {
    await pipeline(parts, process.stdout, { end: false });
  } catch (thrown) {
    if (!(thrown instanceof Error && "code" in thrown && thrown.code === "EPIPE")) throw thrown;
  }
}
