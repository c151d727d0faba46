import { describe, expect, it } from "@jest/globals";
import { Masker } from "../../../src/basics/masking/masker.ts";
import { ScriptValues } from "../../../src/basics/masking/script-values.ts";
import { emptyVault } from "../../../src/basics/masking/vault.ts";

describe("what the bot says, masked", () => {
  const texts = [
    "Shipping to Cebu is ₱150, 3 to 5 days. Call 0917 123 4567, or (02) 8123 4567.",
    "Your order TND-104233 is on its way.",
    "Write to help@shop.example, open 9:00 to 18:00 from 2026-11-23.",
    "Nothing to see.",
    "",
  ];

  it("is masked as it would be without remembering, each time it is said", () => {
    const scripts = new ScriptValues();
    for (const text of [...texts, ...texts, ...texts.toReversed()]) {
      const remembering = new Masker(emptyVault).text(text, true, (said) => scripts.find(said));
      expect(remembering).toBe(new Masker(emptyVault).text(text, true));
    }
  });

  it("with words of a customer's in it is looked through anew: theirs are found, and not remembered", () => {
    const scripts = new ScriptValues();
    const asked: string[] = [];
    const find = (said: string) => {
      asked.push(said);
      return scripts.find(said);
    };
    const masker = new Masker(emptyVault);
    masker.whole("address", "12 Mabini Street", true);
    expect(masker.text("New address: 12 Mabini Street, 2 to 3 days, order 104233", true, find)).toBe(
      "New address: ‹address:1›, 2 to 3 days, order ‹orderNumber:1›",
    );
    expect(asked).toEqual([]);
  });

  it("goes on rightly after more texts than are remembered", () => {
    const scripts = new ScriptValues();
    for (let n = 0; n < 2_500; n++) expect(scripts.find(`Open ${String(n)} days`)).toEqual([]);
    expect(scripts.find("Call 0917 123 4567")).toHaveLength(1);
  });
});
