import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { makeSmallShop, type SmallShop } from "./small-shop.ts";

const fee = "dialogs/delivery/fee.yaml";
const status = "dialogs/delivery/status.yaml";
const cod = "dialogs/payment/cod.yaml";
let shop: SmallShop;

beforeAll(() => {
  shop = makeSmallShop();
});
afterEach(() => {
  shop.restore();
});
afterAll(() => {
  shop.remove();
});

/** The one fault after an edit. */
function faultAfter(file: string, from: string | RegExp, to: string): string[] {
  shop.edit(file, from, to);
  return shop.faults();
}

describe("a maintainer is told, with file, line and mend", () => {
  it("of nothing where nothing is wrong", () => {
    expect(shop.faults()).toEqual([]);
  });

  it.each([
    [
      "a step that is not there",
      status,
      "failed: sorry",
      "failed: sory",
      `${status}:14 step sory is not in this flow: did you mean sorry?`,
    ],
    [
      "two steps of one name",
      status,
      "id: tell",
      "id: number",
      `${status}:16 step number stands above already`,
    ],
    [
      "an action that nobody declared",
      status,
      "action: orders.status",
      "action: orders.stattus",
      `${status}:11 action orders.stattus is not in dialogs/actions.yaml: did you mean orders.status?`,
    ],
    [
      "a slot that nobody asks for",
      status,
      "with: [orderNumber]",
      "with: [orderNumbr]",
      `${status}:13 no step of this flow asks for orderNumbr: did you mean orderNumber?`,
    ],
    [
      "a team that is not there",
      status,
      "team: support",
      "team: suport",
      `${status}:25 team suport is not in`,
    ],
    [
      "a stage whose owner is not there",
      "intents/journey.yaml",
      "owner: support",
      "owner: ghosts",
      "intents/journey.yaml:2 team ghosts is not in dialogs/teams.yaml",
    ],
    [
      "a dialog that is not there",
      "intents/payment/cod.yaml",
      "dialog: payment.cod",
      "dialog: payment.cdo",
      "intents/payment/cod.yaml:4 dialog payment.cdo is in no file below dialogs/: did you mean payment.cod?",
    ],
    [
      "a button to an intent that is not there",
      cod,
      "intent: delivery.fee",
      "intent: delivery.fees",
      `${cod}:7 intent delivery.fees is in no file below intents/: did you mean delivery.fee?`,
    ],
    [
      "a fact that nobody wrote down, in each text that shows it",
      fee,
      'fil: "{fact.fee} po."',
      'fil: "{fact.fees} po."',
      `${fee}:4 fact fees is not in dialogs/facts.yaml: did you mean fee?`,
    ],
    [
      "a name in a script that nothing fills",
      fee,
      "It is {fact.fee}",
      "It is {fee}",
      `${fee}:3 nothing fills {fee}: write {fact.fee}`,
    ],
    [
      "a name in a flow that is neither slot nor result",
      status,
      "{orderNumber} is {where}",
      "{orderNumber} is {wher}",
      `${status}:17 nothing fills {wher}: did you mean where?`,
    ],
    [
      "a text that is longer than Messenger takes",
      fee,
      'en: "It is {fact.fee}."',
      `en: "${"very ".repeat(401)}"`,
      `${fee}:3 has 2004 characters; Messenger takes 2000`,
    ],
    [
      "a text that is longer than text messages take, where it has no short form",
      status,
      "I cannot see it now.",
      "very ".repeat(321),
      `${status}:22 has 1604 characters; a text message takes 1600: write a short form of it under sms:`,
    ],
    [
      "more buttons than Messenger takes",
      cod,
      /^ {4}- \{ title.*$/mu,
      "    - { title: { en: Fee, fil: Sf }, intent: delivery.fee }\n".repeat(14),
      `${cod}:6 has 14 buttons; Messenger takes 13`,
    ],
    [
      "too few lines to learn from",
      "intents/payment/cod.yaml",
      /utterances:[^]*tests:/u,
      'utterances: { en: ["cod?"], fil: ["cod po?"] }\ntests:',
      "intents/payment/cod.yaml:5 has only 2 to learn from: add what customers say",
    ],
    [
      "a field that does not exist, and the one that was meant",
      "intents/payment/cod.yaml",
      "tests:",
      "testes:",
      "intents/payment/cod.yaml:16 testes: there is no such field here: did you mean tests?",
    ],
    [
      "a value that does not exist, and the one that was meant",
      "intents/payment/cod.yaml",
      "kind: question",
      "kind: questoin",
      'intents/payment/cod.yaml:3 kind: "questoin" is not one of problem, task, question, other: write question',
    ],
    [
      "a language that is missing",
      fee,
      /^ {2}fil: .*\n/mu,
      "",
      `${fee}:2 say.fil: is missing: add it: a text, the same in`,
    ],
    [
      "a number where a text belongs",
      fee,
      '"It is {fact.fee}."',
      "85",
      `${fee}:3 say.en: is a number, not a text: put it between quotes: "85"`,
    ],
    ["quotes that are not closed", fee, 'fee}."', "fee}.", `${fee}:`],
  ])("of %s", (_what, file, from, to, expected) => {
    expect(faultAfter(file, from, to)).toContainEqual(expect.stringContaining(expected));
  });

  it("of every fault of every file at once, the most harmful first", () => {
    shop.edit(status, "failed: sorry", "failed: sory");
    shop.edit(fee, "It is {fact.fee}", "It is {fee}");
    shop.edit("intents/payment/cod.yaml", "kind: question", "kind: rant");
    shop.write("dialogs/shared.yaml", sharedWith("/privacy", "our page"));
    const found = shop.found();
    expect(found.map(({ kind }) => kind)).toEqual([
      "shape.wrong",
      "disclosure.lacking",
      "name.unknown",
      "variable.unfilled",
    ]);
    expect(found.every(({ line, mend }) => line > 0 && mend !== "")).toBe(true);
  });

  it("not of what another file's fault would make look wrong", () => {
    // The intent is there and leads to the dialog; both are only misspelt inside.
    shop.edit("intents/delivery/fee.yaml", "kind: question", "kind: rant");
    shop.edit(cod, "  variants:", "  variant:");
    expect(new Set(shop.found().map(({ kind }) => kind))).toEqual(new Set(["shape.wrong"]));
  });
});

describe("an action that touches personal data", () => {
  const declare = (personal: string) => {
    shop.edit("dialogs/actions.yaml", "personal: none", `personal: ${personal}`);
  };

  it.each(["shows", "changes"])("and %s it is not called before the customer is known", (personal) => {
    declare(personal);
    expect(shop.faults()).toEqual([
      `${status}:12 action orders.status ${personal} personal data, and this step asks for no proof of who the customer is: write needs: verified`,
    ]);
    shop.edit(status, "needs: anonymous", "needs: channel");
    expect(shop.found().map(({ kind }) => kind)).toEqual(["action.unproven"]);
    shop.edit(status, "needs: channel", "needs: verified");
    expect(shop.faults()).toEqual([]);
  });

  it("has to be declared as one or the other", () => {
    shop.edit("dialogs/actions.yaml", ", personal: none", "");
    expect(shop.faults()).toEqual([
      expect.stringContaining("dialogs/actions.yaml:2 actions.orders.status.personal: "),
    ]);
  });
});

describe("the first reply of all", () => {
  it.each([
    ["that a machine speaks", "automated assistant", "helper", "this is an automated assistant (en)"],
    ["that a machine speaks, in Filipino", "Automated assistant po ako", "Ako", "automated assistant (fil)"],
    ["how to reach a person", 'Type "agent"', "Wait", "how to reach a person (en)"],
    ["it by a word that works", '"agent" to', '"operator" to', "how to reach a person (en)"],
    ["where the privacy notice is", "/privacy", "on our page", "where the privacy notice is (en)"],
  ])("must say %s", (_what, from, to, expected) => {
    shop.write("dialogs/shared.yaml", sharedWith(from, to));
    expect(shop.found().map(({ kind }) => kind)).toEqual(["disclosure.lacking"]);
    expect(shop.faults()[0]).toContain(expected);
    expect(shop.faults()[0]).toMatch(/^dialogs\/shared\.yaml:\d+ disclosure does not say /u);
  });

  it("says it in its short form too", () => {
    const shared: unknown = parse(readFileSync(join(shop.folder, "dialogs/shared.yaml"), "utf8"));
    const sms = { en: "Bot here. AGENT = person.", fil: "Bot po ito. AGENT = tao. /privacy" };
    shop.write("dialogs/shared.yaml", stringify({ ...Object(shared), disclosure: { ...disclosure, sms } }));
    expect(shop.faults()).toEqual([
      expect.stringContaining("disclosure does not say where the privacy notice is (en, sms)"),
    ]);
  });
});

const disclosure = {
  en: 'I\'m an automated assistant. Type "agent" to reach a person. Privacy notice: /privacy',
  fil: 'Automated assistant po ako. I-type ang "agent" para sa tao. Privacy notice: /privacy',
};

/** The shared texts with one thing left out of the disclosure. */
function sharedWith(from: string | RegExp, to: string): string {
  const shared: unknown = parse(readFileSync(join(shop.folder, "dialogs/shared.yaml"), "utf8"));
  const { en, fil } = disclosure;
  const changed = {
    en: en.replace(from, to),
    fil: en.includes(String(from)) || from instanceof RegExp ? fil : fil.replace(from, to),
  };
  return stringify({ ...Object(shared), disclosure: changed });
}
