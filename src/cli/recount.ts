import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { Command } from "commander";
import { KumustaError } from "../basics/errors.ts";
import type { Config } from "../config/read-config.ts";
import { parseDatabaseUrl } from "../store/database-url.ts";
import { openStore } from "../store/open-store.ts";
import { checkBeside, recount } from "../store/recount.ts";
import type { Store } from "../store/store.ts";
import { businessDays, type BusinessDays } from "../turn/counting/business-day.ts";
import { endCommand, orCannotRun } from "./command-end.ts";
import { contentAt } from "./content-at.ts";
import { progressBar, type ProgressBar } from "./progress-bar.ts";
import { exitCodes } from "./run-command.ts";

interface Recounting {
  readonly check?: boolean;
  readonly json?: boolean;
}

/** `kumusta recount [--check]`. Exit code 0, 1 when `--check` found differences, 2 when it cannot run. */
export function recountCommand(config: () => Pick<Config, "databaseUrl" | "contentDir">): Command {
  return new Command("recount")
    .description(
      "Count what reports say again from the log. Stop the server first: it works on the database itself",
    )
    .option("--check", "change nothing: compare, and say what differs")
    .option("--json", "print one JSON object")
    .exitOverride(endCommand)
    .action((options: Recounting) => orCannotRun(() => run(config(), options)));
}

async function run(
  { databaseUrl, contentDir }: Pick<Config, "databaseUrl" | "contentDir">,
  { check, json }: Recounting,
): Promise<number> {
  const named = parseDatabaseUrl(databaseUrl);
  // Opening would make it.
  if (named.engine === "sqlite" && !existsSync(named.file))
    throw new KumustaError("store.unreachable", [`${named.file} does not exist`]);
  const days = businessDays(contentAt(resolve(contentDir)).timeZone);
  const store = await openStore(databaseUrl);
  const bar = progressBar();
  try {
    return check === true
      ? await compare(store, days, bar, json === true)
      : await again(store, days, bar, json === true);
  } finally {
    bar.stop();
    await store.close();
  }
}

async function again(store: Store, days: BusinessDays, bar: ProgressBar, json: boolean): Promise<number> {
  const turns = await recount(store, days, (done, of) => {
    bar.show(done, of, "counted");
  });
  bar.stop();
  console.log(json ? JSON.stringify({ turns }) : `Counted ${String(turns)} turns again.`);
  return exitCodes.fine;
}

async function compare(store: Store, days: BusinessDays, bar: ProgressBar, json: boolean): Promise<number> {
  const found = await checkBeside(store, days, (done, of) => {
    bar.show(done, of, "compared");
  });
  bar.stop();
  const { turns, concerns, differences, examples } = found;
  if (json) console.log(JSON.stringify(found));
  else if (differences === 0)
    console.log(
      `${String(turns)} turns and ${String(concerns)} concerns: what reports count is what the log says.`,
    );
  else {
    console.log(`${String(differences)} differences between what reports count and the log:`);
    for (const example of examples) console.log(`  - ${example}`);
    console.log("Mend them with: npx kumusta recount");
  }
  return differences === 0 ? exitCodes.fine : exitCodes.foundFaults;
}
