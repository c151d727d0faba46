import { resolve } from "node:path";
import { Command } from "commander";
import { KumustaError } from "../basics/errors.ts";
import type { Config } from "../config/read-config.ts";
import { backupSqlite } from "../store/sqlite/backup.ts";
import { parseDatabaseUrl } from "../store/database-url.ts";
import { endCommand, orCannotRun } from "./command-end.ts";
import { progressBar } from "./progress-bar.ts";
import { exitCodes } from "./run-command.ts";

/** `kumusta backup FILE`: copies the database into a new file, also while the server runs. */
export function backupCommand(config: () => Pick<Config, "databaseUrl">): Command {
  return new Command("backup")
    .description(
      "Copy the SQLite database into a new file while the server goes on (PostgreSQL: use pg_dump)",
    )
    .argument("<file>", "a file that does not exist yet")
    .option("--json", "print one JSON object")
    .exitOverride(endCommand)
    .action(async (file: string, { json }: { json?: boolean }) => {
      await orCannotRun(async () => {
        const from = sqliteFile(config().databaseUrl);
        const to = resolve(file);
        const bar = progressBar();
        try {
          const bytes = await backupSqlite(from, to, (done, total) => {
            bar.show(done, total, "copied");
          });
          bar.stop();
          if (json === true) console.log(JSON.stringify({ file: to, bytes }));
          else console.log(`Backed up ${from}\nto ${to} (${(bytes / 1e6).toFixed(1)} MB, checked).`);
          return exitCodes.fine;
        } finally {
          bar.stop();
        }
      });
    });
}

function sqliteFile(databaseUrl: string): string {
  const named = parseDatabaseUrl(databaseUrl);
  if (named.engine === "sqlite") return named.file;
  throw new KumustaError("config.invalid", [
    "DATABASE_URL names PostgreSQL: back it up with pg_dump (docs/operations.md, Backup)",
  ]);
}
