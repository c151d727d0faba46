import { describe, expect, it } from "@jest/globals";
import { graphFailure } from "../../../src/channels/messenger/graph-error.ts";

const failure = (status: number, code?: number, subcode?: number, headers: Record<string, string> = {}) =>
  graphFailure({
    type: "answered",
    status,
    headers,
    body:
      code === undefined
        ? "<html>"
        : JSON.stringify({ error: { message: "May mali", code, error_subcode: subcode } }),
  });

describe("a refusal of the Graph API", () => {
  it.each([
    ["transient", 500, 1, undefined],
    ["transient", 500, 2, undefined],
    ["transient", 502, undefined, undefined],
    ["rate", 400, 4, undefined],
    ["rate", 400, 613, undefined],
    ["rate", 400, 80_006, undefined],
    ["rate", 429, undefined, undefined],
    ["auth", 401, 190, 460],
    ["auth", 403, 10, undefined],
    ["auth", 403, 200, undefined],
    ["auth", 403, 299, undefined],
    ["recipient", 400, 551, 1_545_041],
    ["recipient", 403, 200, 1_545_041],
    ["recipient", 400, 100, 2_018_001],
    ["policy", 403, 10, 2_018_278],
    ["policy", 403, 10, 2_534_022],
    ["policy", 400, 368, undefined],
    ["payload", 400, 100, undefined],
    ["payload", 404, undefined, undefined],
  ] as const)("is of class %s with HTTP %s, code %s, subcode %s", (kind, status, code, subcode) => {
    expect(failure(status, code, subcode).class).toBe(kind);
  });

  it("says how long to stay away: Retry-After in seconds, or Meta's estimate in minutes", () => {
    expect(failure(400, 613, undefined, { "retry-after": "17" }).waitMs).toBe(17_000);
    const usage = { "1001": [{ type: "messenger", call_count: 100, estimated_time_to_regain_access: 19 }] };
    expect(
      failure(400, 80_006, undefined, { "x-business-use-case-usage": JSON.stringify(usage) }).waitMs,
    ).toBe(19 * 60_000);
    expect(failure(400, 613).waitMs).toBe(60_000);
  });

  it("never repeats Meta's sentence, which may hold what was sent", () => {
    expect(failure(400, 100).reason).toBe("payload: HTTP 400, error 100");
  });
});
