import { describe, expect, it } from "@jest/globals";
import { runChild } from "../../run/child.ts";

const limits = { cwd: import.meta.dirname, timeLimitMs: 60_000, signal: new AbortController().signal };

/**
 * A shell whose own child would live for ten minutes. That child holds the output open, and `runChild` returns
 * only when nobody does: returning at all proves that both ended.
 */
const LASTING = "sleep 600 & wait";

describe("a step's child process", () => {
  it("ends with its code and all that it printed", async () => {
    const end = await runChild("sh", ["-c", "echo out; echo err >&2; exit 3"], limits);
    expect(end).toEqual({ code: 3, output: expect.stringMatching(/out\n/), timedOut: false });
    expect(end.output).toContain("err\n");
  });

  it("that cannot be started says so", async () => {
    const end = await runChild("no-such-program-here", [], limits);
    expect(end).toEqual({
      code: 127,
      output: expect.stringContaining("no-such-program-here"),
      timedOut: false,
    });
  });

  it("is ended with its own children beyond its time limit", async () => {
    const end = await runChild("sh", ["-c", LASTING], { ...limits, timeLimitMs: 300 });
    expect(end).toEqual({ code: null, output: "", timedOut: true });
  });

  it("has little time left once it printed the sign of its end", async () => {
    const soon = { sign: /did not exit/, graceMs: 100 };
    const end = await runChild("sh", ["-c", `echo did not exit; exec sleep 600`], {
      ...limits,
      endsSoonAfter: soon,
    });
    expect(end).toEqual({ code: null, output: "did not exit\n", timedOut: true });
  });

  it("is ended when the run is given up", async () => {
    const givenUp = new AbortController();
    const running = runChild("sh", ["-c", LASTING], { ...limits, signal: givenUp.signal });
    givenUp.abort();
    const end = await running;
    expect(end).toEqual({ code: null, output: "", timedOut: false });
  });
});
