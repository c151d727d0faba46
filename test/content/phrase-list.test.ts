import { describe, expect, it } from "@jest/globals";
import { PhraseList, phraseWords } from "../../src/content/phrase-list.ts";

const people = new PhraseList(["agent", "talk to ... person", "tao po"], ["travel agent"]);
const asks = (text: string) => people.isIn(phraseWords(text));

describe("phrases of a list", () => {
  it("are found as whole words, whatever the capitals and the punctuation", () => {
    expect(asks("AGENT!!")).toBe(true);
    expect(asks("ay, tao po?")).toBe(true);
    expect(asks("magagent")).toBe(false);
  });

  it("with ... let up to three words stand between", () => {
    expect(asks("i want to talk to a person")).toBe(true);
    expect(asks("talk to person")).toBe(true);
    expect(asks("talk to a very nice person")).toBe(true);
    expect(asks("talk to me about this other very nice person")).toBe(false);
  });

  it("count for nothing inside an exception", () => {
    expect(asks("i am a travel agent")).toBe(false);
    expect(asks("i am a travel agent, give me an agent")).toBe(true);
  });

  it("are the whole message or only part of it", () => {
    expect(people.is(phraseWords("Tao po!"))).toBe(true);
    expect(people.is(phraseWords("tao po kausapin"))).toBe(false);
    expect(people.is([])).toBe(false);
  });

  it("taken out leave the other words, not joined to new phrases", () => {
    expect(people.without(phraseWords("hello agent pls"))).toEqual(["hello", "", "pls"]);
    expect(new PhraseList(["a b"]).isIn(new PhraseList(["x"]).without(["a", "x", "b"]))).toBe(false);
  });

  it("cost by the message's length, also when it is 10,000 characters long", () => {
    expect(phraseWords("tao ".repeat(2_500)).length).toBeLessThanOrEqual(150);
  });
});
