/**
 * `npm run torture [ROUNDS] [SEED]`: fifty rounds of load and `kill -9` on the real program. Ends with the
 * figures and code 0, or with everything that contradicts the guarantees and code 1.
 */
import { randomInt } from "node:crypto";
import { crashRounds } from "./e2e/crash-rounds.ts";

const [rounds = 50, seed = randomInt(2 ** 31)] = process.argv.slice(2).map(Number);
const print = (line: string) => void process.stdout.write(`${line}\n`);

print(`${String(rounds)} rounds; again by: npm run torture -- ${String(rounds)} ${String(seed)}`);
const { faults, ...figures } = await crashRounds({ rounds, seed, log: print });
for (const fault of faults) print(`✗ ${fault}`);
print(JSON.stringify(figures));
print(
  faults.length === 0
    ? "Nothing lost, nothing twice, everything in order."
    : `${String(faults.length)} faults (seed ${String(seed)})`,
);
process.exitCode = faults.length === 0 ? 0 : 1;
