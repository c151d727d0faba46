import { existsSync } from "node:fs";
import { Command } from "commander";
import { additions } from "./additions/additions.ts";
import { createApp, type App } from "./app.ts";
import { backupCommand } from "./cli/backup.ts";
import { casesCommand } from "./cli/cases.ts";
import { checkCommand } from "./cli/check.ts";
import { demoCommand } from "./cli/demo.ts";
import { endCommand } from "./cli/command-end.ts";
import { evaluateCommand } from "./cli/evaluate.ts";
import { exportCommand } from "./cli/export.ts";
import { onParentGone } from "./cli/parent-gone.ts";
import { privacyCommand } from "./cli/privacy.ts";
import { progressBar } from "./cli/progress-bar.ts";
import { correctCommand } from "./cli/correct.ts";
import { recountCommand } from "./cli/recount.ts";
import { doctorCommand, setupCommand } from "./cli/provider-commands.ts";
import { reportCommand } from "./cli/report.ts";
import { exitCodes, sentenceOf } from "./cli/run-command.ts";
import { startCommand } from "./cli/start.ts";
import { chatCommand } from "./cli/chat.ts";
import { testCommand } from "./cli/test.ts";
import { trainCommand } from "./cli/train.ts";
import { readConfig, type Config } from "./config/read-config.ts";

if (existsSync(".env")) process.loadEnvFile(".env");

/** Shows on a terminal how far the training of a first start is; edits that train later are told by the log alone. */
function withProgress(config: Config): App {
  const bar = progressBar();
  let starting = true;
  const onTraining: typeof bar.show = (...progress) => {
    if (starting) bar.show(...progress);
  };
  const app = createApp(config, { ...additions, onTraining });
  const start = () =>
    app.start().finally(() => {
      starting = false;
      bar.stop();
    });
  return { ...app, start };
}

const program = new Command("kumusta")
  .description("First-line customer engagement: answers from scripts, logs every turn, hands over to people")
  .addCommand(
    startCommand({
      config: () => readConfig(process.env),
      create: (config) => withProgress(config),
      onSignal: (stop) => {
        process.on("SIGTERM", stop);
        process.on("SIGINT", stop);
        // npm, told to end, does not tell us; and a server that nobody sees any more would keep the port.
        if (process.env["npm_lifecycle_event"] !== undefined)
          onParentGone(() => {
            stop("npm ended");
          });
      },
      exit: (code) => process.exit(code),
    }),
  )
  .addCommand(checkCommand(() => readConfig(process.env)))
  .addCommand(trainCommand())
  .addCommand(chatCommand({ config: () => readConfig(process.env), middleware: additions.middleware }))
  .addCommand(testCommand({ config: () => readConfig(process.env), middleware: additions.middleware }))
  .addCommand(evaluateCommand())
  .addCommand(casesCommand(() => readConfig(process.env)))
  .addCommand(correctCommand(() => readConfig(process.env)))
  .addCommand(recountCommand(() => readConfig(process.env)))
  .addCommand(exportCommand(() => readConfig(process.env)))
  .addCommand(reportCommand(() => readConfig(process.env)))
  .addCommand(demoCommand({ config: () => readConfig(process.env), middleware: additions.middleware }))
  .addCommand(privacyCommand(() => readConfig(process.env)))
  .addCommand(backupCommand(() => readConfig(process.env)))
  .addCommand(doctorCommand(() => readConfig(process.env)))
  .addCommand(setupCommand(() => readConfig(process.env)))
  .exitOverride(endCommand);

for (const command of program.commands) command.exitOverride(endCommand);

try {
  await program.parseAsync();
} catch (thrown) {
  console.error(sentenceOf(thrown));
  process.exit(exitCodes.cannotRun);
}
