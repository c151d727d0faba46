import type { TrailAnswer } from "../../src/console/demo-protocol.ts";
import { ask, has } from "./ask.ts";

/** A look costs a loopback request; what was said in the widget is looked for at once. */
const everyMs = 500;
/** Where this tab began anew: turns before are not shown. */
const sinceKey = "demo.since";

function isTrail(value: unknown): value is TrailAnswer {
  return has(value, "run", "at", "turns", "stages", "teams");
}

export interface TurnListener {
  onTurns(answer: TrailAnswer): void;
  /** The program was started again: what is shown is history. */
  onRestart(): void;
  onReachable(isReachable: boolean): void;
}

export interface TurnWatcher {
  look(): void;
  /** From now on, on this and the next page of this tab, only what comes after. */
  forget(): void;
}

/** Looks for new turns for as long as somebody looks at the page. */
export function watchTurns(path: string, listener: TurnListener): TurnWatcher {
  const [keptRun = "", keptAt = "0"] = (sessionStorage.getItem(sinceKey) ?? "").split(" ");
  let run: string | undefined;
  let at = 0;
  let looking = false;
  let again = false;

  const lookOnce = async () => {
    const answer = await ask(`${path}?after=${String(at)}`, isTrail).catch(() => undefined);
    listener.onReachable(answer !== undefined);
    if (answer === undefined) return;
    if (answer.run !== run) {
      if (run !== undefined) listener.onRestart();
      run = answer.run;
      at = run === keptRun ? Number(keptAt) : 0;
      again = true;
      return;
    }
    at = answer.at;
    listener.onTurns(answer);
  };
  const look = async () => {
    again = true;
    if (looking) return;
    looking = true;
    while (again) {
      again = false;
      await lookOnce();
    }
    looking = false;
  };
  void look();
  setInterval(() => {
    if (!document.hidden) void look();
  }, everyMs);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) void look();
  });
  return {
    look: () => void look(),
    forget: () => sessionStorage.setItem(sinceKey, `${run ?? ""} ${String(at)}`),
  };
}
