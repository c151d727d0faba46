import { SingleBar } from "cli-progress";

export interface ProgressBar {
  readonly show: (done: number, total: number, what: string) => void;
  readonly stop: () => void;
}

/** A bar on stderr when that is a terminal, else nothing: stdout stays for results. */
export function progressBar(): ProgressBar {
  if (!process.stderr.isTTY) return { show: () => undefined, stop: () => undefined };
  const bar = new SingleBar({
    format: "{bar} {percentage} % {what}",
    hideCursor: true,
    clearOnComplete: true,
    stream: process.stderr,
  });
  return {
    show: (done, total, what) => {
      if (!bar.isActive) bar.start(total, done, { what });
      bar.setTotal(total);
      bar.update(done, { what });
    },
    stop: () => {
      bar.stop();
    },
  };
}
