import { createRequire, flushCompileCache, registerHooks } from "node:module";
import { pathToFileURL } from "node:url";
import Runtime from "jest-runtime";

const require = createRequire(import.meta.url);

/** Where jest-circus keeps, for the whole process, who listens to its events. */
const LISTENERS = Symbol.for("EVENT_HANDLERS");

/** What `@jest/globals` gives here: the running file's own, also to modules that many files share. */
const GLOBALS = Symbol.for("kumusta.test-globals");
const names = ["afterAll", "afterEach", "beforeAll", "beforeEach", "describe", "expect", "it", "jest"];
const running = new Map();
globalThis[GLOBALS] = Object.fromEntries(
  names.map((name) => [
    name,
    new Proxy(() => undefined, {
      apply: (_target, _self, given) => running.get(name)(...given),
      get: (_target, member) => running.get(name)[member],
    }),
  ]),
);
const globalsUrl = "kumusta:test-globals";
const globalsSource = `export const { ${names.join(", ")} } = globalThis[Symbol.for("${GLOBALS.description}")];`;

registerHooks({
  resolve: (specifier, context, next) => {
    if (specifier === "@jest/globals") return { url: globalsUrl, shortCircuit: true };
    const found = next(specifier, context);
    const [round] = /\?round=\d+$/.exec(context.parentURL ?? "") ?? [];
    if (round === undefined || !found.url.startsWith("file:") || /node_modules|\?/.test(found.url))
      return found;
    return { ...found, url: found.url + round };
  },
  load: (url, context, next) =>
    url === globalsUrl ? { format: "module", source: globalsSource, shortCircuit: true } : next(url, context),
});

// jest gives a worker half a second to end, and takes more for a leak. On a busy machine Node needs more to give back
// some hundred megabytes piece by piece; the system takes them at once.
if (process.send !== undefined)
  process.once("beforeExit", () => {
    process.once("exit", () => {
      flushCompileCache();
      process.kill(process.pid, "SIGKILL");
    });
  });

/**
 * Has Node itself load the test files and all that they import, as it loads the program: jest's own loader compiles
 * and evaluates every module and package anew for each test file, which took more than half of a run. Modules are
 * shared by the files that run in one process; none keeps state (law 2, and eslint sees to it). While jest watches,
 * each round reads our modules anew.
 */
export default class NativeRuntime extends Runtime {
  #testPath;
  #query;

  constructor(...given) {
    super(...given);
    const [testPath, { watch, watchAll }] = given.slice(-2);
    this.#testPath = testPath;
    this.#query = watch || watchAll ? `?round=${String(performance.now()).replace(".", "")}` : "";
  }

  /** jest-circus as new: it counts on a world of its own for each test file. */
  requireInternalModule(path) {
    globalThis[LISTENERS] = undefined;
    delete require.cache[path];
    return require(path);
  }

  setGlobalsForRuntime(globals) {
    for (const name of names) running.set(name, globals[name]);
    running.set("jest", this.jestGlobals.jestObjectFor(this.#testPath));
  }

  unstable_shouldLoadAsEsm() {
    return true;
  }

  unstable_importModule(path) {
    return import(pathToFileURL(path).href + this.#query);
  }
}
