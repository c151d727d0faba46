import { resolve } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { systemClock } from "../basics/time.ts";
import { makeDataFolder } from "../config/make-data-folder.ts";
import type { Config } from "../config/read-config.ts";
import { parseDatabaseUrl } from "../store/database-url.ts";
import type { TurnMiddleware } from "../turn/host.ts";
import { demoDays } from "../workbench/demo-traffic/demo-days.ts";
import { makeDemoStore } from "../workbench/demo-traffic/make-demo-store.ts";
import { plantedShifts } from "../workbench/demo-traffic/planted-shifts.ts";
import { endCommand, orCannotRun } from "./command-end.ts";
import { contentAt } from "./content-at.ts";
import { keptRecognizer } from "./kept-recognizer.ts";
import { progressBar } from "./progress-bar.ts";
import { exitCodes } from "./run-command.ts";
import { storeFile } from "./store-file.ts";

interface Asked {
  readonly seed: number;
  readonly months: number;
  readonly perDay: number;
  readonly store?: string;
  readonly until?: string;
  readonly shifts: boolean;
  readonly replace?: boolean;
  readonly json?: boolean;
}

export interface DemoCommandOptions {
  readonly config: () => Pick<Config, "contentDir" | "dataDir" | "databaseUrl" | "recognizer">;
  readonly middleware: readonly TurnMiddleware[];
}

function wholeNumber(least: number, most: number): (written: string) => number {
  return (written) => {
    const number = Number(written);
    if (Number.isInteger(number) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`A whole number from ${String(least)} to ${String(most)}.`);
  };
}

/** `kumusta demo`: fills a database of its own with made-up months of traffic, for reports to read. */
export function demoCommand(options: DemoCommandOptions): Command {
  return new Command("demo")
    .description(
      "Fill a database of its own (data/demo.db) with made-up traffic played through the real engine; read it with report --demo",
    )
    .option("--seed <number>", "the same seed makes the same traffic", wholeNumber(0, 2 ** 31), 1)
    .option("--months <number>", "months of traffic", wholeNumber(1, 24), 3)
    .option(
      "--until <month>",
      "last month, such as 2026-09 (the last complete one that is compared over holidays)",
    )
    .option(
      "--per-day <number>",
      "matters on an ordinary day; with few, chance hides the shifts",
      wholeNumber(1, 5_000),
      200,
    )
    .option("--no-shifts", "plant no shifts in the last month")
    .option("--store <file>", "SQLite file to write (demo.db in the data folder)", storeFile)
    .option("--replace", "make it anew where it holds made-up traffic already")
    .option("--json", "print one JSON object")
    .exitOverride(endCommand)
    .action(async (asked: Asked) => {
      await orCannotRun(() => demo(options, asked));
    });
}

async function demo({ config, middleware }: DemoCommandOptions, asked: Asked): Promise<number> {
  const settings = config();
  const { contentDir, dataDir, databaseUrl } = settings;
  const content = contentAt(resolve(contentDir));
  const days = demoDays(content, systemClock.now(), asked);
  makeDataFolder(dataDir);
  const file = asked.store ?? resolve(dataDir, "demo.db");
  const named = parseDatabaseUrl(databaseUrl);
  const recognizer = await keptRecognizer(settings, content);
  const bar = progressBar();
  const begun = systemClock.elapsed();
  try {
    const made = await makeDemoStore({
      file,
      realFile: named.engine === "sqlite" ? resolve(named.file) : undefined,
      replace: asked.replace === true,
      days,
      seed: asked.seed,
      perDay: asked.perDay,
      shifts: asked.shifts ? plantedShifts : [],
      pair: { content, recognizer },
      middleware,
      onProgress: bar.show,
    });
    bar.stop();
    const seconds = (systemClock.elapsed() - begun) / 1_000;
    const [from, to] = [days[0]?.day ?? "", days.at(-1)?.day ?? ""];
    if (asked.json === true)
      console.log(JSON.stringify({ file, seed: asked.seed, from, to, ...made, seconds }));
    else
      console.log(
        `Made-up traffic from ${from} to ${to}: ${String(made.visits)} visits, ${String(made.turns)} turns in ${seconds.toFixed(0)} s ` +
          `(${(made.turns / seconds).toFixed(0)} a second).\nIt is in ${file}. Read it: npx kumusta report ${asked.store === undefined ? "--demo" : `--store ${file}`} --month ${to.slice(0, 7)}`,
      );
    return exitCodes.fine;
  } finally {
    bar.stop();
    await recognizer.close();
  }
}
