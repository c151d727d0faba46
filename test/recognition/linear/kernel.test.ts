import { describe, expect, it } from "@jest/globals";
import { readFile } from "node:fs/promises";
import createWabt from "wabt";
import { kernelBase64 } from "../../../src/recognition/linear/kernel-bytes.ts";
import { Arena } from "../../../src/recognition/linear/kernel.ts";

const arena = new Arena(4_096);
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
    arena.kernel.dots(target.offset, rows.offset, 3, vector.offset, 32);
    expect([...target.floats]).toEqual([28, 92, 156]);
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
