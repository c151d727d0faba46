#!/usr/bin/env node
// Plain JavaScript that any Node can read: checks the version before anything newer is loaded.
import module from "node:module";
import { join } from "node:path";

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Kumusta needs Node 22.18 or newer; this is ${process.versions.node}.\n` +
      "In a checkout, run it by npm start or npx kumusta after npm ci: that brings Node 24 along.",
  );
  process.exit(2);
}
// Node sizes its heap by the machine: with 24 GB it lets 300 MB of garbage lie. The first two keep the server below
// 300 MB at little cost, and what reads the whole log at half of what it took; so does one arena of glibc's malloc
// (mallopt(3)) instead of one for each thread. The third: a server whose first messages were many at once taught V8 that
// requests live long, and from then on V8 laid every request among the long-lived, where collecting it is dear
// (docs/performance.md has the figures of all three). They are read only at the start, so the process begins anew with
// them, under the same id.
// Windows cannot do that, nor can Node before 22.15: there the heap is as Node likes it.
const heap = ["--max-semi-space-size=8", "--heap-growing-percent=20", "--no-allocation-site-pretenuring"];
const nameOf = (flag) => flag.replace(/^--(no-)?/u, "").split("=")[0];
// Who gives one of them another value is obeyed.
const unset = heap.filter((flag) => !process.execArgv.some((given) => nameOf(given) === nameOf(flag)));
if (
  unset.length > 0 &&
  process.platform !== "win32" &&
  process.execve !== undefined &&
  ["start", "export", "recount"].includes(process.argv[2])
) {
  const again = [
    process.execPath,
    "--disable-warning=ExperimentalWarning",
    ...process.execArgv,
    ...unset,
    ...process.argv.slice(1),
  ];
  process.execve(process.execPath, again, { MALLOC_ARENA_MAX: "1", ...process.env });
}
// Compiled code is kept between starts (Node 22.1 and newer): a second start takes half the time and less memory, and so
// does each thread, which looks for the folder in the environment. Where it cannot be written, Node goes on without.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, "../node_modules/.cache/kumusta");
module.enableCompileCache();
await import("../src/main.ts");
