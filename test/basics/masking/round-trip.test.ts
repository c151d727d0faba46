import { describe, expect, it } from "@jest/globals";
import { Masker } from "../../../src/basics/masking/masker.ts";
import { emptyVault, openText, type Vault } from "../../../src/basics/masking/vault.ts";
import { seededChance } from "../../../src/recognition/linear/chance.ts";

const conversations = 300;

type Draw = (below: number) => number;

/** Values of one customer, and what they may not leave behind anywhere in what is kept. */
function valuesOf(draw: Draw): string[] {
  const digits = (count: number) => Array.from({ length: count }, () => String(draw(10))).join("");
  const mobile = digits(9);
  return [
    `09${mobile}`,
    `+63 9${mobile.slice(0, 2)} ${mobile.slice(2, 5)} ${mobile.slice(5)}`,
    `user${digits(3)}@mail${digits(2)}.example.com`,
    `${digits(4)}-${digits(4)}-${digits(4)}`,
    `TND-${digits(6)}`,
  ];
}

const around = [
  "po ",
  "‹",
  "›",
  "‹phone:1›",
  "‹‹",
  "<b>",
  "{name}",
  "\n",
  " ",
  "… ",
  "₱1,500 ",
  "(",
  "🙂",
  "‹name:more› ",
  "x",
];

describe("any text with any values and markup", () => {
  it("comes back as it was, and keeps no value while it is masked", () => {
    const random = seededChance(20261122);
    const draw: Draw = (below) => Math.floor(random() * below);
    const faults: string[] = [];
    for (let c = 0; c < conversations; c++) {
      let vault: Vault = emptyVault;
      const values = valuesOf(draw);
      const kept: [string, string][] = [];
      for (let turn = 0; turn < 4; turn++) {
        let text = "";
        const said: string[] = [];
        for (let part = 0; part < 8; part++) {
          text += around[draw(around.length)] ?? "";
          if (draw(3) > 0) continue;
          const value = values[draw(values.length)] ?? "";
          said.push(value);
          text += ` ${value} `;
        }
        const masker = new Masker(vault);
        const masked = masker.text(text, draw(2) === 0);
        vault = masker.vault;
        faults.push(...said.filter((value) => masked.includes(value)));
        kept.push([text, masked]);
      }
      faults.push(...kept.flatMap(([text, masked]) => (openText(masked, vault) === text ? [] : [text])));
    }
    expect(faults).toEqual([]);
  });
});
