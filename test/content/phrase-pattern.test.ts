import { describe, expect, it } from "@jest/globals";
import { PhraseList, phraseWords } from "../../src/content/phrase-list.ts";
import { phrasesOfPatterns } from "../../src/content/phrase-pattern.ts";

const byText = ["text", "text message", "txt"];
const found = (pattern: string, text: string) =>
  new PhraseList(phrasesOfPatterns([pattern], byText)).isIn(phraseWords(text));
const taken = (pattern: string, text: string) =>
  new PhraseList(phrasesOfPatterns([pattern], byText))
    .without(phraseWords(text))
    .filter((word) => word !== "");

describe("patterns of phrases", () => {
  it("stand for each of the channel's words", () => {
    expect(found("sa {channel} lang", "sa text lang")).toBe(true);
    expect(found("sa {channel} lang", "Sa text message lang po")).toBe(true);
    expect(found("sa {channel} lang", "sa viber lang")).toBe(false);
  });

  it("let words in brackets be left out, each alone", () => {
    expect(found("(po) {channel} (na) (lang) ako", "text ako")).toBe(true);
    expect(found("(po) {channel} (na) (lang) ako", "po text lang ako")).toBe(true);
    expect(found("(po) {channel} (na) (lang) ako", "text lang na ako")).toBe(false);
    expect(found("reply (to me) by {channel}", "reply to me by txt")).toBe(true);
    expect(found("reply (to me) by {channel}", "reply to by txt")).toBe(false);
  });

  it("take the longest way that fits, also after a gap", () => {
    expect(taken("sa {channel} (po)", "sa text message po ako")).toEqual(["ako"]);
    expect(taken("stop ... {channel}", "stop it txt text message now")).toEqual(["now"]);
    expect(taken("{channel} me ... code", "text me the code again, the code")).toEqual([
      "again",
      "the",
      "code",
    ]);
  });

  it("are read by their places where a word is glued to another, or to punctuation", () => {
    expect(found("i-{channel} nyo", "i-text nyo")).toBe(true);
    expect(found("pa(ki){channel}", "pakitext")).toBe(true);
    expect(found("pa(ki){channel}", "patxt")).toBe(true);
    expect(found("pa(ki){channel}", "paki text")).toBe(false);
  });

  it("mean the same where brackets hold more than words, stand alone before a gap, or the channel is named twice", () => {
    expect(found("update (me ... now) by {channel}", "update me again now by text")).toBe(true);
    expect(found("update (me ... now) by {channel}", "update me by text")).toBe(false);
    expect(found("update (me (po)) by {channel}", "update me by text")).toBe(true);
    expect(found("update (me (po)) by {channel}", "update po by text")).toBe(false);
    expect(found("(pls) ... {channel} me", "text me")).toBe(true);
    expect(found("(pls) ... {channel} me", "me")).toBe(false);
    expect(found("{channel} or {channel}", "text or text")).toBe(true);
    expect(found("{channel} or {channel}", "text or txt")).toBe(false);
  });
});
