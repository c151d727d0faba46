import { Command } from "commander";
import type { Config } from "../config/read-config.ts";

/** A program that can be started and stopped, as the composition root builds it. */
export interface Startable {
  start(): Promise<{ port: number }>;
  stop(): Promise<void>;
}

export interface StartOptions {
  readonly config: () => Config;
  readonly create: (config: Config) => Startable;
  readonly onSignal: (stop: (signal: string) => void) => void;
  readonly exit: (code: number) => void;
}

/** `kumusta start`: serves until SIGTERM or SIGINT, then finishes what is in hand and ends. */
export function startCommand(options: StartOptions): Command {
  return new Command("start").description("Serve the bot on PORT (3978) until stopped").action(async () => {
    const app = options.create(options.config());
    let serving = false;
    let stopping = false;
    // Heard from the very beginning: a supervisor may change its mind at once.
    options.onSignal((signal) => {
      if (stopping) return;
      stopping = true;
      // While it starts there is nothing in hand, and training could outlast a supervisor's patience.
      if (!serving) {
        options.exit(0);
        return;
      }
      console.error(`${signal}: finishing what is in hand…`);
      void app.stop().then(
        () => {
          options.exit(0);
        },
        (thrown: unknown) => {
          console.error(thrown);
          options.exit(1);
        },
      );
    });
    const { port } = await app.start();
    serving = true;
    console.error(`Kumusta is ready: http://localhost:${String(port)}`);
  });
}
