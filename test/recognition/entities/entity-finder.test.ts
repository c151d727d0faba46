import { describe, expect, it } from "@jest/globals";
import { entityFinder } from "../../../src/recognition/entities/entity-finder.ts";

// Sunday 22 November 2026, 09:00 in Manila.
const find = entityFinder({
  now: () => Date.UTC(2026, 10, 22, 1),
  products: ["Barako Blend", "Kape Drip Kit"],
});
const found = (text: string): string[] =>
  find(text).map(({ type, text: own, value }) => `${type} “${own}” ${value}`);

describe("entities", () => {
  it.each<[string, string[]]>([
    ["asan na po order no. 10023?", ["orderNumber “10023” 10023"]],
    ["tracking: jt-88812 please", ["orderNumber “jt-88812” JT-88812"]],
    ["status of #4471", ["orderNumber “4471” 4471"]],
    ["KM-20931 hindi pa dumating", ["orderNumber “KM-20931” KM-20931"]],
    ["i paid ₱1,234.50 already", ["amount “₱1,234.50” 1234.5"]],
    ["PHP 500 lang po", ["amount “PHP 500” 500"]],
    ["P1500 binayad ko", ["amount “P1500” 1500"]],
    ["500 pesos or 1.5k pesos", ["amount “500 pesos” 500", "amount “1.5k pesos” 1500"]],
    ["0917 123 4567 po", ["phone “0917 123 4567” 639171234567"]],
    ["call +63 917-123-4567", ["phone “+63 917-123-4567” 639171234567"]],
    ["text nyo ko 09171234567", ["phone “09171234567” 639171234567"]],
    ["landline (02) 8123 4567", ["phone “(02) 8123 4567” 63281234567"]],
    [
      "email ko Juan.DelaCruz+shop@example.com.ph.",
      ["email “Juan.DelaCruz+shop@example.com.ph” juan.delacruz+shop@example.com.ph"],
    ],
    ["next Friday sana", ["date “next Friday” 2026-11-27"]],
    ["deliver tomorrow at 3pm", ["date “tomorrow at 3pm” 2026-11-23T15:00:00+08:00"]],
    ["bukas ng hapon po", ["date “bukas ng hapon” 2026-11-23T15:00:00+08:00"]],
    ["bukas", ["date “bukas” 2026-11-23"]],
    ["sa Lunes", ["date “sa Lunes” 2026-11-23"]],
    ["kagabi pa ako naghihintay", ["date “kagabi” 2026-11-21T19:00:00+08:00"]],
    ["alas tres ng hapon", ["date “alas tres ng hapon” 2026-11-22T15:00:00+08:00"]],
    [
      "bukas alas-otso y medya ng umaga",
      ["date “bukas alas-otso y medya ng umaga” 2026-11-23T08:30:00+08:00"],
    ],
    ["sa susunod na linggo", ["date “sa susunod na linggo” 2026-11-29"]],
    ["kahapon ko binayaran", ["date “kahapon” 2026-11-21"]],
    ["magkano papuntang Cebu City", ["place “Cebu City” Cebu City"]],
    ["taga dasmarinas cavite ako", ["place “dasmarinas” Dasmariñas", "place “cavite” Cavite"]],
    ["ship to cagayan de oro", ["place “cagayan de oro” Cagayan de Oro"]],
    ["may barako blend pa ba", ["product “barako blend” Barako Blend"]],
  ])("in “%s” are %j", (text, entities) => {
    expect(found(text)).toEqual(entities);
  });

  it.each([
    "bukas ba kayo ngayong",
    "may 2 items ako sa cart",
    "bago lang ako dito",
    "gusto ko yung blue one",
    "2",
    "isang linggo na",
    "mga 3 na order",
    "may tanong ako",
    "hello po",
    "",
  ])("in “%s” is no order number, amount, phone or place", (text) => {
    expect(found(text).filter((one) => !one.startsWith("date “ngayong"))).toEqual([]);
  });

  it("give offsets into the text as it was written", () => {
    const text = "😀 yung order #4471 ko, deliver sa Quezon City bukas; 0917 123 4567, P250";
    const entities = find(text);
    expect(entities.map(({ type }) => type)).toEqual(["orderNumber", "place", "date", "phone", "amount"]);
    for (const { text: own, start, end } of entities) expect(text.slice(start, end)).toBe(own);
  });

  it("take no longer on hostile text", () => {
    const startedAt = performance.now();
    for (const text of [
      "1,".repeat(5_000),
      "a@".repeat(5_000),
      "alas ".repeat(2_000),
      "order ".repeat(2_000),
      "-".repeat(10_000),
      "may 1 ".repeat(1_500),
    ])
      find(text);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});
