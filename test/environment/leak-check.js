import { createHook } from "node:async_hooks";
import { setImmediate as nextTurn, setTimeout as wait } from "node:timers/promises";
import { ModernFakeTimers } from "@jest/fake-timers";
import { ModuleMocker } from "jest-mock";

/**
 * How long what a test stopped may take to be gone: a closing socket or an exiting child needs a moment.
 * `testEnvironmentOptions: { leakGraceMs }` sets another time.
 */
const GRACE_MS = 3_000;
const POLL_MS = 5;

/** Where jest-circus looks for how long a test may take; without a number it is 5 s. */
const TIME_LIMIT = Symbol.for("TEST_TIMEOUT_SYMBOL");

/** Kinds of async resources (names as Node's async_hooks gives them) that keep a process from ending. */
const KINDS = new Map([
  ["Timeout", "timer"],
  ["TCPSERVERWRAP", "listening socket"],
  ["TCPWRAP", "socket"],
  ["PIPESERVERWRAP", "listening pipe"],
  ["PIPEWRAP", "pipe"],
  ["PROCESSWRAP", "child process"],
  ["WORKER", "worker thread"],
  ["UDPWRAP", "UDP socket"],
  ["FSEVENTWRAP", "file watcher"],
  ["STATWATCHER", "file watcher"],
]);

/**
 * Where we are, innermost frame first, without this file's own frames; deep enough to pass Node's own. As V8 has them:
 * jest looks for a source map of every frame that is put into words, and each test makes a timer.
 */
function currentStack() {
  const { stackTraceLimit, prepareStackTrace } = Error;
  Error.stackTraceLimit = 40;
  Error.prepareStackTrace = (_error, frames) => frames;
  const frames = new Error("made here").stack.slice(2);
  Object.assign(Error, { stackTraceLimit, prepareStackTrace });
  return frames;
}

/**
 * Whether something is asked of the system whose answer may open more: a server told to listen in the test's last line
 * opens its socket only when the name is looked up.
 */
function underWay() {
  return process.getActiveResourcesInfo().some((kind) => /Req|Immediate/.test(kind));
}

/** Made by jest (time-outs, progress lines) or by this file: so says the first frame outside Node's own code. */
function madeByRunner(stack) {
  const first = stack.find((frame) => frame.getFileName()?.startsWith("node:") === false);
  return /node_modules\/(@jest|jest-|jest\/)|environment\/leak-check\.js/.test(first?.getFileName() ?? "");
}

/**
 * Node as it is (test/environment/native-runtime.js loads the tests into it), in which a test file that leaves a handle open (server, socket, timer, child process,
 * worker) fails itself and is told where the handle was made, instead of hanging the run or being killed
 * silently by jest. `testEnvironmentOptions: { timeLimitMs }` is how long each test may take.
 */
export default class LeakCheckEnvironment {
  global = globalThis;
  moduleMocker = new ModuleMocker(globalThis);
  fakeTimersModern;
  #console = console;
  #exit = process.exit;
  #forMessages = process.listeners("message");
  #open = new Map();
  #file;
  #graceMs;
  #hook = createHook({
    trackPromises: false,
    init: (id, type, _trigger, resource) => {
      const kind = KINDS.get(type);
      if (kind === undefined) return;
      const stack = currentStack();
      // Frames hold on to what they ran on; their words do not.
      if (!madeByRunner(stack))
        this.#open.set(id, {
          kind,
          resource: new WeakRef(resource),
          stack: stack.map((frame) => `at ${frame}`),
        });
    },
    destroy: (id) => this.#open.delete(id),
  });

  constructor({ projectConfig }, { testPath }) {
    const { leakGraceMs, timeLimitMs } = projectConfig.testEnvironmentOptions;
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
    globalThis[TIME_LIMIT] = timeLimitMs;
    this.#file = testPath;
    this.#graceMs = leakGraceMs ?? GRACE_MS;
  }

  /** jest asks for one before it runs ES modules; these run in Node's own. */
  getVmContext() {
    return null;
  }

  async setup() {
    // Opened on first use, which an import of node:process is, too; opened here, they are not taken for a file's leak.
    void [process.stdin, process.stdout, process.stderr];
    this.#hook.enable();
  }

  async teardown() {
    this.fakeTimersModern.dispose();
    // jest puts its own in the place of both for each file.
    Object.assign(globalThis, { console: this.#console });
    process.exit = this.#exit;
    // Who listens to jest's messages keeps its worker alive; a package may do so as soon as it is loaded.
    for (const listener of process.listeners("message"))
      if (!this.#forMessages.includes(listener)) process.off("message", listener);
    const left = await this.#left();
    this.#hook.disable();
    this.#open.clear();
    if (left.length > 0) throw new Error(this.#describe(left));
  }

  /** Waits until nothing is open any more and nothing is about to be, at most the grace period. */
  async #left() {
    const deadline = performance.now() + this.#graceMs;
    await nextTurn();
    while ((this.#stillOpen().length > 0 || underWay()) && performance.now() < deadline) await wait(POLL_MS);
    return this.#stillOpen();
  }

  #stillOpen() {
    return [...this.#open.values()].filter(({ resource }) => {
      const handle = resource.deref();
      return handle !== undefined && (handle.hasRef?.() ?? true);
    });
  }

  #describe(left) {
    const lines = left.map(({ kind, stack }) => {
      const ours = stack.find(
        (frame) => /[(/]/.test(frame) && !/node:|node_modules|\(<anonymous>\)/.test(frame),
      );
      return `  ${kind}, made ${ours ?? "in a later callback (no line of ours on the stack)"}`;
    });
    return [
      `${this.#file} left something open:`,
      ...new Set(lines),
      "Stop in afterEach or afterAll whatever the test started: close servers and sockets, end children and workers, clear timers.",
    ].join("\n");
  }
}
