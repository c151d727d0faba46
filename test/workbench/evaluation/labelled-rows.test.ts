import { describe, expect, it } from "@jest/globals";
import { seededChance } from "../../../src/recognition/linear/chance.ts";
import { withinOneEdit } from "../../../src/recognition/linear/spelling.ts";
import { readLabelledRows } from "../../../src/workbench/evaluation/labelled-rows.ts";
import { parseOperatingPoint } from "../../../src/workbench/evaluation/operating-point.ts";
import { withOneTypo } from "../../../src/workbench/evaluation/typo.ts";

const read = (text: string): ReturnType<typeof readLabelledRows> => readLabelledRows(Buffer.from(text));

describe("a file of labelled lines", () => {
  it("is read row by row, oos as no intent, Windows line ends and a missing last one included", () => {
    expect(read("train\tgreet\thello\r\nval\toos\twho won\n\ntest\tgreet\thi\tthere")).toEqual({
      rows: [
        { split: "train", intent: "greet", text: "hello" },
        { split: "val", intent: null, text: "who won" },
        { split: "test", intent: "greet", text: "hi there" },
      ],
      faults: [],
    });
  });

  it.each<[string, string, RegExp]>([
    ["another split", "train\ta\tx\ndev\ta\tx", /begins with “dev”/],
    ["too few columns", "train\ta\tx\ntrain\ta", /has 2 columns/],
    ["no intent", "train\ta\tx\ntrain\t \tx", /names no intent/],
    ["no text", "train\ta\tx\ntrain\ta\t  ", /has no text/],
    ["a zero byte", "train\ta\tx\ntrain\ta\tx\u0000y", /zero byte/],
  ])("with %s names the line", (_what, text, reason) => {
    expect(read(text).faults).toEqual([{ line: 2, reason: expect.stringMatching(reason) }]);
  });

  it("that is binary has a fault on its lines and no crash", () => {
    const { rows, faults } = readLabelledRows(Uint8Array.from({ length: 4_096 }, (_, i) => (i * 37) % 256));
    expect(rows).toEqual([]);
    expect(faults.length).toBeGreaterThan(0);
  });

  it("that is empty has neither rows nor faults", () => {
    expect(read("")).toEqual({ rows: [], faults: [] });
  });
});

describe("an operating point", () => {
  it.each([
    ["joint", { kind: "joint" }],
    ["cost=4", { kind: "cost", ratio: 4 }],
    ["recall=0.9", { kind: "recall", share: 0.9 }],
    ["recall=0", { kind: "recall", share: 0 }],
    ["cost=0", undefined],
    ["recall=2", undefined],
    ["recall=", undefined],
    ["best", undefined],
  ])("“%s” is %j", (text, point) => {
    expect(parseOperatingPoint(text)).toEqual(point);
  });
});

describe("a typo", () => {
  it("changes one word by one edit, and the same way for the same seed", () => {
    const line = "please cancel my order today";
    const chance = seededChance(4);
    for (let i = 0; i < 200; i += 1) {
      const typed = withOneTypo(line, chance);
      expect(typed === line || withinOneEdit(typed, line)).toBe(true);
    }
    expect(withOneTypo(line, seededChance(4))).toBe(withOneTypo(line, seededChance(4)));
  });

  it("needs a word to be in", () => {
    expect(withOneTypo("ok 12 😀", seededChance(1))).toBe("ok 12 😀");
  });
});
