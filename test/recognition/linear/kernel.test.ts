import { describe, expect, it } from "@jest/globals";
import { readFile } from "node:fs/promises";
import createWabt from "wabt";
import { kernelBase64 } from "../../../src/recognition/linear/kernel-bytes.ts";
import { Arena } from "../../../src/recognition/linear/kernel.ts";

const arena = new Arena(8_192);
const rows = arena.floats(24);
rows.floats.set(Array.from({ length: 24 }, (_, i) => i));
const ids = arena.ints(2);
ids.ints.set([2, 0]);
const coefs = arena.floats(2);
coefs.floats.set([10, 1]);

describe("the kernel", () => {
  it("adds up rows, each times its factor", () => {
    const target = arena.floats(8);
    target.floats.fill(1);
    arena.kernel.gather(target.offset, rows.offset, ids.offset, coefs.offset, 2, 32);
    expect([...target.floats]).toEqual(Array.from({ length: 8 }, (_, i) => 1 + 10 * (16 + i) + i));
  });

  it("adds a vector to rows, each time times a factor", () => {
    const own = arena.floats(24);
    const source = arena.floats(8);
    source.floats.set([1, 2, 3, 4, 5, 6, 7, 8]);
    arena.kernel.scatter(own.offset, ids.offset, coefs.offset, 2, source.offset, 32);
    expect([...own.floats]).toEqual([
      1,
      2,
      3,
      4,
      5,
      6,
      7,
      8,
      ...new Array<number>(8).fill(0),
      10,
      20,
      30,
      40,
      50,
      60,
      70,
      80,
    ]);
  });

  it("multiplies rows by a vector", () => {
    const target = arena.floats(3);
    const vector = arena.floats(8);
    vector.floats.fill(1);
    arena.kernel.dots(target.offset, rows.offset, ids.offset, 2, vector.offset, 32);
    expect([...target.floats]).toEqual([156, 28, 0]);
  });

  it.each([3, 4, 5, 8, 11])("takes %d rows as it would one at a time", (count) => {
    const own = new Arena(16_384);
    const many = own.floats(16 * 16);
    many.floats.forEach((_, i) => (many.floats[i] = Math.sin(i)));
    const order = own.ints(count);
    const factors = own.floats(count);
    for (let k = 0; k < count; k += 1) {
      order.ints[k] = (k * 7) % 16;
      factors.floats[k] = Math.fround(0.1 * (k + 1));
    }
    const target = own.floats(16);
    own.kernel.gather(target.offset, many.offset, order.offset, factors.offset, count, 64);
    const expected = new Float32Array(16);
    for (let k = 0; k < count; k += 1)
      for (let c = 0; c < 16; c += 1)
        expected[c] =
          (expected[c] ?? 0) +
          Math.fround((factors.floats[k] ?? 0) * (many.floats[(order.ints[k] ?? 0) * 16 + c] ?? 0));
    expect([...target.floats]).toEqual([...expected]);

    const before = many.floats.slice();
    own.kernel.scatter(many.offset, order.offset, factors.offset, count, target.offset, 64);
    for (let k = 0; k < count; k += 1) {
      const row = (order.ints[k] ?? 0) * 16;
      for (let c = 0; c < 16; c += 1)
        before[row + c] =
          (before[row + c] ?? 0) + Math.fround((factors.floats[k] ?? 0) * (target.floats[c] ?? 0));
    }
    expect([...many.floats]).toEqual([...before]);
  });

  it("adds up rows of bytes", () => {
    const own = new Arena(16_384);
    const many = own.bytes(16 * 5);
    many.bytes.forEach((_, i) => (many.bytes[i] = ((i * 37) % 255) - 127));
    const order = own.ints(8);
    order.ints.set([4, 0, 2, 1, 3, 3, 0, 0]);
    const factors = own.shorts(8);
    factors.shorts.set([32_767, -500, 7, 1, -32_767, 12, 0, 0]);
    const target = own.ints(16);
    own.kernel.gatherLevels(target.offset, many.offset, order.offset, factors.offset, 8, 16);
    const expected = Array.from({ length: 16 }, (_, c) =>
      [...order.ints].reduce(
        (sum, row, k) => sum + (factors.shorts[k] ?? 0) * (many.bytes[row * 16 + c] ?? 0),
        0,
      ),
    );
    expect([...target.ints]).toEqual(expected);
  });

  it("turns scores into probabilities less an offset, and tells their sum of squares", () => {
    const scores = arena.floats(8);
    const given = [0.5, -3, 12, 11.2, 0, -200, 3, -1e30];
    scores.floats.set(given);
    const squares = arena.kernel.softmaxGradient(scores.offset, 32, 0.01);
    const total = given.reduce((sum, x) => sum + Math.exp(x - 12), 0);
    const expected = given.map((x) => Math.exp(x - 12) / total - 0.01);
    expected.forEach((x, i) => {
      expect(scores.floats[i]).toBeCloseTo(x, 6);
    });
    expect(squares).toBeCloseTo(
      expected.reduce((sum, x) => sum + x * x, 0),
      6,
    );
  });

  it("does nothing when there are no rows", () => {
    const target = arena.floats(8);
    arena.kernel.gather(target.offset, rows.offset, ids.offset, coefs.offset, 0, 32);
    expect([...target.floats]).toEqual(new Array<number>(8).fill(0));
  });

  it("refuses to hand out more than it has", () => {
    expect(() => new Arena(100).floats(1_000_000)).toThrow(RangeError);
  });

  it("is the compiled form of kernel.wat", async () => {
    const wabt = await createWabt();
    const source = await readFile(
      new URL("../../../src/recognition/linear/kernel.wat", import.meta.url),
      "utf8",
    );
    const { buffer } = wabt.parseWat("kernel.wat", source, { simd: true }).toBinary({});
    expect(Buffer.from(buffer).toString("base64")).toBe(kernelBase64);
  });
});
