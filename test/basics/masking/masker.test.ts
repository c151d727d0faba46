import { describe, expect, it } from "@jest/globals";
import type { Json } from "../../../src/basics/activity.ts";
import { Masker, vaultBounds } from "../../../src/basics/masking/masker.ts";
import { emptyVault, openJson, openText, type Vault } from "../../../src/basics/masking/vault.ts";

function masked(text: string, vault: Vault = emptyVault): { text: string; vault: Vault } {
  const masker = new Masker(vault);
  return { text: masker.text(text, false), vault: masker.vault };
}

describe("masking", () => {
  it("puts typed placeholders where personal values were, and opens them again", () => {
    const first = masked("I'm at 0917 123 4567 or juan@example.com, order TND-104233");
    expect(first.text).toBe("I'm at ‹phone:1› or ‹email:1›, order ‹orderNumber:1›");
    expect(openText(first.text, first.vault)).toBe(
      "I'm at 0917 123 4567 or juan@example.com, order TND-104233",
    );
  });

  it("calls the same value the same in every turn of a conversation, and another value otherwise", () => {
    const { vault } = masked("0917 123 4567");
    const next = masked("use 0918 765 4321, not 0917 123 4567", vault);
    expect(next.text).toBe("use ‹phone:2›, not ‹phone:1›");
    expect(masked("0917 123 4567 again", next.vault).vault).toBe(next.vault);
  });

  it("knows an answer of the customer's wherever it recurs as a word of its own", () => {
    const masker = new Masker(emptyVault);
    expect(masker.whole("name", "Juan", true)).toBe("‹name:1›");
    expect(masker.text("Hi Juan! Juanito and San Juan too. JUAN", false)).toBe(
      "Hi ‹name:1›! Juanito and San ‹name:1› too. JUAN",
    );
  });

  it("replaces an answer of two letters only where it is all that was said", () => {
    const masker = new Masker(emptyVault);
    masker.whole("name", "Bo", true);
    expect(masker.text("Bo", false)).toBe("‹name:1›");
    expect(masker.text("Bo is here", false)).toBe("Bo is here");
  });

  it("leaves no piece of a value that stands within another", () => {
    const masker = new Masker(emptyVault);
    masker.whole("name", "juan", true);
    masker.whole("address", "12 Mabini St, 0917 123 4567", true);
    expect(masker.text("juan@example.com lives at 12 Mabini St, 0917 123 4567", false)).toBe(
      "‹email:1› lives at ‹address:1›",
    );
  });

  it("masks each line of an answer that came as several messages", () => {
    const masker = new Masker(emptyVault);
    masker.whole("address", "12 Mabini St\nMakati City", true);
    expect(masker.text("12 Mabini St", false)).toBe("‹address:1›");
    expect(masker.text("Makati City", false)).toBe("‹address:2›");
  });

  it("lets nobody read the vault by writing a placeholder", () => {
    const { vault } = masked("0917 123 4567");
    const trick = masked("what is ‹phone:1› and ‹‹phone:1››?", vault);
    expect(trick.text).not.toContain("0917");
    expect(openText(trick.text, vault)).toBe("what is ‹phone:1› and ‹‹phone:1››?");
    expect(openJson(trick.text, vault)).toBe("what is ‹phone:1› and ‹‹phone:1››?");
    expect(openJson(masked("‹phone:1›", vault).text, vault)).toBe("‹phone:1›");
  });

  it("opens nothing by a name that every object has", () => {
    expect(openJson("constructor", emptyVault)).toBe("constructor");
    expect(openJson({ a: ["__proto__"] }, emptyVault)).toEqual({ a: ["__proto__"] });
  });

  it("masks texts and long numbers in JSON, and gives them back as what they were", () => {
    const value: Json = {
      phone: 639171234567,
      at: 1_795_305_600_000,
      total: 1500,
      lines: ["call 0917 123 4567", null, true],
    };
    const masker = new Masker(emptyVault);
    const kept = masker.json(value, false);
    expect(kept).toEqual({
      phone: "‹account:1›",
      at: 1_795_305_600_000,
      total: 1500,
      lines: ["call ‹phone:1›", null, true],
    });
    expect(openJson(kept, masker.vault)).toEqual(value);
  });

  it("says only of what kind a value was when the vault is gone", () => {
    expect(openText(masked("0917 123 4567").text, emptyVault)).toBe("‹phone:1›");
  });
});

describe("a vault that is full", () => {
  /** The n-th of many telephone numbers. */
  const phone = (n: number) => `0917${String(1_000_000 + n)}`;

  it("masks what one turn brings beyond its bounds without keeping it", () => {
    const many = Array.from({ length: vaultBounds.values + 50 }, (_, n) => phone(n)).join(", ");
    const { text, vault } = masked(many);
    expect(Object.keys(vault)).toHaveLength(vaultBounds.values);
    expect(text.split("‹phone:more›")).toHaveLength(51);
    expect(text).not.toMatch(/\d{9}/u);
  });

  it("keeps what must come back all the same", () => {
    const masker = new Masker(emptyVault);
    for (let n = 0; n < vaultBounds.values + 50; n++) masker.text(phone(n), false);
    const kept = masker.whole("address", "12 Mabini St", true);
    expect(openText(kept, masker.vault)).toBe("12 Mabini St");
  });

  it("lets go of the oldest values, and never gives their placeholders to others", () => {
    let vault: Vault = emptyVault;
    const seen = new Map<string, string>();
    for (let n = 0; n < vaultBounds.values * 2; n++) {
      const now = masked(phone(n), vault);
      expect(seen.has(now.text)).toBe(false);
      seen.set(now.text, phone(n));
      vault = now.vault;
    }
    expect(Object.keys(vault)).toHaveLength(vaultBounds.values);
    expect(openText("‹phone:1›", vault)).toBe("‹phone:1›");
    expect(openText(`‹phone:${String(vaultBounds.values * 2)}›`, vault)).toBe(
      phone(vaultBounds.values * 2 - 1),
    );
  });

  it("holds no more characters than it may", () => {
    let vault: Vault = emptyVault;
    for (let n = 0; n < 100; n++) {
      const masker = new Masker(vault);
      masker.whole("address", `${String(n)} ${"x".repeat(900)}`, false);
      vault = masker.vault;
    }
    expect(JSON.stringify(vault).length).toBeLessThan(vaultBounds.characters + 2_000);
  });
});
