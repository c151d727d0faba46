import { describe, expect, it } from "@jest/globals";
import { packLevels, quantize, unpackLevels } from "../../../src/recognition/linear/quantize.ts";

const weights = Float32Array.from({ length: 1_003 }, (_, i) =>
  i % 3 === 0 ? Math.sin(i * 12.9898) ** 5 : 0,
);

describe("rounded weights", () => {
  it("are whole multiples of the step, at most about half a step off", () => {
    const { step, levels } = quantize(weights, 0.5);
    weights.forEach((weight, i) => {
      expect(Math.abs((levels[i] ?? 0) * step - weight)).toBeLessThanOrEqual(0.66 * step);
    });
  });

  it("come back from their packed form as they were", async () => {
    const { levels } = quantize(weights, 0.2);
    const packed = packLevels(levels);
    expect(await unpackLevels(packed, levels.length)).toEqual(levels);
    expect(packed.pairs.length).toBe(Math.ceil(levels.length / 4));
    expect(packed.others.length).toBeGreaterThan(0);
  });
});
