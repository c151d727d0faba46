import { describe, expect, it } from "@jest/globals";
import { packLevels, quantize, unpackWeights } from "../../../src/recognition/linear/quantize.ts";

const weights = (): Float32Array =>
  Float32Array.from({ length: 1_003 }, (_, i) => (i % 3 === 0 ? Math.sin(i * 12.9898) ** 5 : 0));

describe("rounded weights", () => {
  it("are whole multiples of the step, at most about half a step off", () => {
    const exact = weights();
    const rounded = weights();
    const { step, levels } = quantize(rounded, 0.5);
    rounded.forEach((weight, i) => {
      expect(weight).toBe(Math.fround((levels[i] ?? 0) * step));
      expect(Math.abs(weight - (exact[i] ?? 0))).toBeLessThanOrEqual(0.66 * step);
    });
  });

  it("come back from their packed form as they were", async () => {
    const rounded = weights();
    const { step, levels } = quantize(rounded, 0.2);
    const packed = packLevels(levels);
    const back = new Float32Array(rounded.length).fill(9);
    await unpackWeights(packed, step, back);
    expect([...back]).toEqual([...rounded]);
    expect(packed.pairs.length).toBe(Math.ceil(levels.length / 4));
    expect(packed.others.length).toBeGreaterThan(0);
  });
});
