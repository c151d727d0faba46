import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { Command } from "commander";
import { KumustaError } from "../basics/errors.ts";
import { systemClock } from "../basics/time.ts";
import type { Config } from "../config/read-config.ts";
import { reportPage } from "../insights/report-page/report-page.ts";
import { makeReport } from "../insights/report/make-report.ts";
import { parseDatabaseUrl } from "../store/database-url.ts";
import { openToRead } from "../store/open-to-read.ts";
import { demoOf } from "../store/sql/demo-mark.ts";
import { InsightStore } from "../store/sql/insight-store.ts";
import { endCommand, orCannotRun } from "./command-end.ts";
import { contentAt } from "./content-at.ts";
import { reportText } from "./report-text.ts";
import { exitCodes } from "./run-command.ts";
import { storeFile } from "./store-file.ts";
import { writePrivateFile } from "./write-private-file.ts";

interface Given {
  readonly month?: string;
  readonly json?: boolean;
  readonly html?: string;
  readonly demo?: boolean;
  readonly store?: string;
}

/** `kumusta report`: a business month against the one before, also while the server runs. */
export function reportCommand(config: () => Pick<Config, "databaseUrl" | "contentDir" | "dataDir">): Command {
  return new Command("report")
    .description("What customers asked about in a month, and what changed beyond chance (docs/insights.md)")
    .option("--month <month>", "such as 2026-10 (default: the last one that is over)")
    .option("--json", "print one JSON object")
    .option("--html <file>", "write a page that needs nothing else")
    .option("--demo", "of the made-up traffic that kumusta demo wrote")
    .option("--store <file>", "of this SQLite file", storeFile)
    .exitOverride(endCommand)
    .action(async (given: Given) => {
      await orCannotRun(() => runReport(config(), given));
    });
}

async function runReport(
  { databaseUrl, contentDir, dataDir }: Pick<Config, "databaseUrl" | "contentDir" | "dataDir">,
  { month, json, html, demo, store: named }: Given,
): Promise<number> {
  const content = contentAt(contentDir);
  const file = named ?? (demo === true ? resolve(dataDir, "demo.db") : undefined);
  const database = file === undefined ? databaseUrl : `file:${file}`;
  const place = parseDatabaseUrl(database);
  if (place.engine === "sqlite" && !existsSync(place.file))
    throw new KumustaError("report.nothing", [`${place.file} does not exist`]);
  const store = await openToRead(database);
  try {
    const mark = await demoOf(store);
    const report = await makeReport({
      // Made-up months may lie anywhere: the last of them is meant.
      month: month ?? mark?.to.slice(0, 7),
      store: new InsightStore(store.db, store.driver),
      content,
      clock: systemClock,
      demo: mark,
    });
    if (html !== undefined) writePrivateFile(resolve(html), reportPage(report));
    if (json === true) console.log(JSON.stringify(report));
    else if (html === undefined) console.log(reportText(report));
    else console.error(`Written to ${resolve(html)}.`);
    return exitCodes.fine;
  } finally {
    await store.close();
  }
}
