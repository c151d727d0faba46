import { existsSync } from "node:fs";
import { Command } from "commander";
import { additions } from "./additions/additions.ts";
import { createApp } from "./app.ts";
import { backupCommand } from "./cli/backup.ts";
import { endCommand } from "./cli/command-end.ts";
import { evaluateCommand } from "./cli/evaluate.ts";
import { exitCodes, sentenceOf } from "./cli/run-command.ts";
import { startCommand } from "./cli/start.ts";
import { trainCommand } from "./cli/train.ts";
import { readConfig } from "./config/read-config.ts";

if (existsSync(".env")) process.loadEnvFile(".env");

const program = new Command("kumusta")
  .description("First-line customer engagement: answers from scripts, logs every turn, hands over to people")
  .addCommand(
    startCommand({
      config: () => readConfig(process.env),
      create: (config) => createApp(config, additions),
      onSignal: (stop) => {
        process.on("SIGTERM", stop);
        process.on("SIGINT", stop);
      },
      exit: (code) => process.exit(code),
    }),
  )
  .addCommand(trainCommand())
  .addCommand(evaluateCommand())
  .addCommand(backupCommand(() => readConfig(process.env)))
  .exitOverride(endCommand);

for (const command of program.commands) command.exitOverride(endCommand);

try {
  await program.parseAsync();
} catch (thrown) {
  console.error(sentenceOf(thrown));
  process.exit(exitCodes.cannotRun);
}
