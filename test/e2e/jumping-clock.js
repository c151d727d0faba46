// Loaded before the program (`node --import`): a wall clock that jumps as a machine's clock does when it is set.
// CLOCK_WRONG_BY_MS says by how many ms it is wrong from the beginning; at SIGUSR2 it reads from the file CLOCK_FILE
// by how many from now on.
import { readFileSync } from "node:fs";
import { isMainThread } from "node:worker_threads";

if (isMainThread) {
  const TrueDate = Date;
  let wrongByMs = Number(process.env.CLOCK_WRONG_BY_MS ?? 0);
  globalThis.Date = class extends TrueDate {
    constructor(...given) {
      if (given.length === 0) super(TrueDate.now() + wrongByMs);
      else super(...given);
    }

    static now() {
      return TrueDate.now() + wrongByMs;
    }
  };
  process.on("SIGUSR2", () => {
    wrongByMs = Number(readFileSync(process.env.CLOCK_FILE, "utf8"));
    console.error(`clock.jumped ${wrongByMs}`);
  });
}
