import Sqlite from "better-sqlite3";
import { valuesOf, type Script, type SqlValue } from "../src/store/sql/statement.ts";
import { openSqlite } from "../src/store/sqlite/open-sqlite.ts";

/* Statements recorded while our code runs, played again bare: what the same work costs without our code. */

export type Recorded = {
  readonly text: string;
  readonly returns: boolean;
  readonly values: readonly SqlValue[];
};
/** What happened in order: one read, or one group commit with all its statements. */
export type Step = { readonly commit: boolean; readonly runs: Recorded[] };

/** Notes each statement that a script runs. */
export function* noted<Result>(script: Script<Result>, runs: Recorded[]): Script<Result> {
  let step = script.next();
  while (step.done !== true) {
    const { statement, given: values } = step.value;
    runs.push({ text: statement.text, returns: statement.returns, values: valuesOf(statement, values) });
    step = script.next(yield step.value);
  }
  return step.value;
}

export interface Recording {
  readonly opening: readonly Step[];
  readonly steps: readonly Step[];
}

export interface Time {
  readonly wallMs: number;
  /** User and system time of this process: other programs on the machine disturb it less. */
  readonly cpuMs: number;
}

export function stopwatch(): () => Time {
  const [wall, cpu] = [performance.now(), process.cpuUsage()];
  return () => {
    const { user, system } = process.cpuUsage(cpu);
    return { wallMs: performance.now() - wall, cpuMs: (user + system) / 1_000 };
  };
}

/** Plays a recording on bare better-sqlite3 in a fresh file; the time is that of `steps` alone. */
export async function replay(file: string, { opening, steps }: Recording): Promise<Time> {
  await (await openSqlite({ file })).close();
  const database = new Sqlite(file);
  for (const pragma of [
    "journal_mode = wal",
    "synchronous = full",
    "foreign_keys = on",
    "secure_delete = on",
    "cache_size = -16384",
  ])
    database.pragma(pragma);
  const begin = database.prepare("begin immediate");
  const commit = database.prepare("commit");
  const texts = new Map(
    [...new Set([...opening, ...steps].flatMap(({ runs }) => runs.map(({ text }) => text)))].map((text) => [
      text,
      database.prepare<SqlValue[]>(text),
    ]),
  );
  const ready = (all: readonly Step[]) =>
    all.map((step) => ({
      commit: step.commit,
      runs: step.runs.map(({ text, returns, values }) => ({
        prepared: texts.get(text) ?? database.prepare<SqlValue[]>(text),
        returns,
        values,
      })),
    }));
  const play = (all: ReturnType<typeof ready>) => {
    for (const step of all) {
      if (step.commit) begin.run();
      for (const { prepared, returns, values } of step.runs) {
        if (returns) prepared.all(...values);
        else prepared.run(...values);
      }
      if (step.commit) commit.run();
    }
  };
  play(ready(opening));
  const timed = ready(steps);
  const watch = stopwatch();
  play(timed);
  const time = watch();
  database.close();
  return time;
}

export const median = (numbers: readonly number[]) =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
