import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { WordVectors, wordVectors } from "../../../src/recognition/words/word-vectors.ts";

const words = new URL("../../../src/recognition/words/", import.meta.url);
const english = new URL("english.bin", words);
const glossary = readFileSync(new URL("filipino.tsv", words), "utf8");

function meaning(line: string, vectors: WordVectors = wordVectors): Float32Array | undefined {
  const into = new Float32Array(vectors.dimensions);
  return vectors.meaningOf(line.split(" "), into) ? into : undefined;
}
/** Cosine of the angle between what two lines mean. */
function likeness(one: string, other: string, vectors?: WordVectors): number {
  const [a, b] = [meaning(one, vectors), meaning(other, vectors)];
  return a === undefined || b === undefined ? NaN : a.reduce((sum, x, d) => sum + x * (b[d] ?? 0), 0);
}

describe("what English words mean", () => {
  it.each([
    ["parcel", "package", "password"],
    ["refund", "reimburse", "deliver"],
    ["broken", "damaged", "cheap"],
    ["cancel my order", "stop my purchase", "track my parcel"],
  ])("“%s” is nearer to “%s” than to “%s”", (word, near, far) => {
    expect(likeness(word, near)).toBeGreaterThan(likeness(word, far) + 0.1);
  });

  it("is a direction: said twice it is the same", () => {
    expect(likeness("refund", "refund refund")).toBeCloseTo(1, 5);
  });

  it("is nothing where no word is known", () => {
    expect(meaning("#### ‹phone xqzzvk")).toBeUndefined();
  });
});

describe("what Filipino words mean", () => {
  it.each([
    ["magkano", "how much"],
    ["sira", "broken"],
    ["ibalik", "return"],
    ["nabayaran", "pay"],
    ["nagpacancel", "cancel"],
    ["magorder", "order"],
    ["pinakamura", "cheap"],
    ["nagrereklamo", "complaint"],
  ])("“%s” is near to “%s”", (filipino, translation) => {
    expect(likeness(filipino, translation)).toBeGreaterThan(0.6);
  });

  it("is what the glossary says, with affixes or without", () => {
    const vectors = new WordVectors(english, Buffer.from("bayad\tpay\n"));
    for (const word of ["bayad", "nagbayad", "magbabayad", "binayad", "bayaran", "babayaran"])
      expect(likeness(word, "pay", vectors)).toBeGreaterThan(0.99);
  });

  it("does not take a common English word its meaning", () => {
    const vectors = new WordVectors(english, Buffer.from("house\trefund\n"));
    expect(likeness("house", "home", vectors)).toBeGreaterThan(likeness("house", "refund", vectors));
  });

  it("changes the version when the glossary changes, so that models are trained anew", () => {
    const version = (text: string): string => new WordVectors(english, Buffer.from(text)).version;
    expect(version("bayad\tpay\n")).not.toBe(version("bayad\tpayment\n"));
  });
});

describe("the glossary", () => {
  const lines = glossary.split("\n").slice(0, -1);

  it("has a word, a tab and one to four English words on each line", () => {
    expect(lines.filter((line) => !/^[a-z]+\t[a-z]+(?: [a-z]+){0,3}$/.test(line))).toEqual([]);
  });

  it("is sorted, each word once", () => {
    const listed = lines.map((line) => line.split("\t")[0] ?? "");
    expect(listed).toEqual([...new Set(listed)].sort());
  });

  it("gives each word at least one translation that has a meaning here", () => {
    const bare = new WordVectors(english, Buffer.alloc(0));
    const without = lines.filter((line) => meaning(line.split("\t")[1] ?? "", bare) === undefined);
    expect(without).toEqual([]);
  });
});
