import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { faultLine, severityOf } from "../../../src/content/fault.ts";
import { check } from "../../../src/workbench/check/check.ts";
import { reportText } from "../../../src/workbench/check/report-text.ts";
import { makeSmallShop, type SmallShop } from "../../content/small-shop.ts";

const fee = "dialogs/delivery/fee.yaml";
const status = "dialogs/delivery/status.yaml";
const cod = "dialogs/payment/cod.yaml";
const codIntent = "intents/payment/cod.yaml";
let shop: SmallShop;

beforeEach(() => {
  shop = makeSmallShop();
});
afterEach(() => {
  shop.remove();
});

/** What is found of one kind, as people read it. */
async function found(kind: string): Promise<string[]> {
  const { findings } = await check(shop.folder, {});
  return findings.filter((finding) => finding.kind === kind).map(faultLine);
}

describe("a maintainer who asks for a check is told", () => {
  it("that a small shop has few lines, and nothing worse", async () => {
    const { findings, faults, warnings } = await check(shop.folder, {});
    const own = findings.filter(({ file }) => file !== "dialogs/shared.yaml");
    expect(new Set(own.map(({ kind }) => kind))).toEqual(new Set(["lines.few"]));
    expect({ faults, warnings }).toEqual({ faults: 0, warnings: findings.length });
  });

  it("which intents dialogs/channels.yaml names that are not there, and what in it is misspelt", async () => {
    const file = join(shop.folder, "dialogs/channels.yaml");
    const groups = "  groups: { en: In private only, fil: Sa private chat lang po }\n";
    writeFileSync(file, `telegram:\n  start: delivery.fee\n${groups}`);
    expect(await found("name.unknown")).toEqual([]);
    writeFileSync(file, `telegram:\n  start: delivery.fees\n${groups}`);
    expect(await found("name.unknown")).toEqual([
      "dialogs/channels.yaml:2 no intent is called “delivery.fees”: name an intent of intents/, or add it there",
    ]);
    writeFileSync(file, `telegram:\n  starts: delivery.fee\n${groups}`);
    expect(await found("shape.wrong")).toHaveLength(1);
  });

  it("where the same words, or nearly, are taught for two intents, and how near they are", async () => {
    shop.edit(codIntent, '"cod ok?"', '"How much is shipping?!"');
    shop.edit(codIntent, '"pay when it arrives"', '"shipping fee to cebuu pls"');
    expect(await found("lines.contradict")).toEqual([
      `${codIntent}:8 “How much is shipping?!” of payment.cod is also a line of delivery.fee: “how much is shipping” (intents/delivery/fee.yaml:7): keep it in the one that customers mean by it; if they mean either, make the two intents one`,
      expect.stringMatching(
        /^intents\/payment\/cod\.yaml:10 “shipping fee to cebuu pls” .* is nearly a line \(0\.\d\d of 1 alike\) of delivery\.fee: .*fee\.yaml:8\)/u,
      ),
    ]);
  });

  it("that a test is learnt, in its own intent or another", async () => {
    shop.edit(codIntent, '"11 kilometres to go"', '"COD, ok"');
    shop.edit(codIntent, '"ilang kilometro pa 11"', '"magkano po ang sf"');
    shop.edit("intents/delivery/fee.yaml", '"magkano po sf"', '"magkano po ang sff"');
    expect(await found("tests.leaked")).toEqual([
      expect.stringContaining(
        `${codIntent}:17 test “COD, ok” is also learnt: “cod ok?” (${codIntent}:8): write another`,
      ),
      expect.stringMatching(
        /cod\.yaml:18 test “magkano po ang sf” is nearly learnt \(0\.\d\d of 1 alike\): .*, for delivery\.fee: /u,
      ),
    ]);
  });

  it("that an intent has no tests", async () => {
    shop.edit(codIntent, /tests:[^]*/u, "");
    expect(await found("tests.none")).toEqual([expect.stringContaining(`${codIntent}:5 has no tests`)]);
  });

  it("which lines were made by one template", async () => {
    shop.edit(codIntent, '"cod ok?"', '"hello is it possible to pay in cash"');
    shop.edit(codIntent, '"pay when it arrives"', '"hello is it possible to pay in coins"');
    expect(await found("lines.alike")).toEqual([
      expect.stringMatching(
        /cod\.yaml:10 “hello .* coins” shares 83 % of its word 3-grams with “hello .*\(.*cod\.yaml:8\)/u,
      ),
    ]);
  });

  it("that most lines begin alike", async () => {
    const ends = [
      "apples",
      "pears",
      "two figs",
      "a dozen eggs",
      "salt",
      "red rice",
      "tea",
      "limes",
      "milk now",
    ];
    const others = ["cash?", "cod", "the rider takes money", "paying later", "no card", "notes or coins"];
    const lines = [...ends.map((end) => `can i ${end}`), ...others]
      .map((line) => `    - "${line}"\n`)
      .join("");
    shop.edit(codIntent, / {2}en:\n[^]*? {2}fil:/u, `  en:\n${lines}  fil:`);
    expect(await found("lines.alike")).toEqual([
      expect.stringContaining(`${codIntent}:6 9 of 15 lines under utterances.en begin with “can i”`),
    ]);
  });

  it("which text takes several text messages, and which character makes it dear", async () => {
    shop.edit(fee, /^ {2}sms:.*\n/mu, "");
    shop.edit(fee, 'en: "It is {fact.fee}."', `en: "It is {fact.fee}, ${"and so on, ".repeat(6)}."`);
    shop.edit(cod, "Sure, in cash.", `Sure, [in cash] ${"or so ".repeat(30)}`);
    expect(await found("sms.long")).toEqual(
      expect.arrayContaining([
        `${fee}:3 takes 2 parts as a text message (78 characters; ₱ makes it UCS-2, 70 characters a part instead of 160): write a short form of at most 160 characters under sms:`,
        expect.stringContaining(
          `${cod}:5 takes 2 parts as a text message (197 characters; 160 are one, and [ ] cost double)`,
        ),
      ]),
    );
    shop.edit(
      fee,
      'fil: "{fact.fee} po."',
      `fil: "{fact.fee} po."\n  sms: { en: "It’s ${"so ".repeat(30)}", fil: P85 }`,
    );
    expect(await found("sms.long")).toContainEqual(
      expect.stringMatching(
        /fee\.yaml:5 takes 2 parts .* ’ makes it UCS-2.*: shorten it, and write ' for ’$/u,
      ),
    );
  });

  it("which words a button on Messenger cuts", async () => {
    shop.edit(cod, "Magkano ang sf", "Magkano po ang shipping fee");
    shop.edit(codIntent, /^title: .*$/mu, "title: Paying cash on delivery, is it possible");
    expect(await found("title.long")).toEqual([
      expect.stringContaining(`${cod}:7 button “Magkano po ang shipping fee” has 27 characters`),
      expect.stringContaining(
        `${codIntent}:2 title “Paying cash on delivery, is it possible” has 39 characters`,
      ),
    ]);
  });

  it("which step and which dialog nobody comes to", async () => {
    shop.edit(status, "failed: sorry", "failed: end");
    shop.edit(codIntent, "dialog: payment.cod", "dialog: delivery.fee");
    expect(await found("step.unreachable")).toEqual([
      expect.stringContaining(`${status}:21 no way leads to step sorry`),
      expect.stringContaining(`${status}:24 no way leads to step person`),
    ]);
    expect(await found("dialog.unreachable")).toEqual([
      expect.stringContaining(`${cod}:1 no intent leads to dialog payment.cod`),
    ]);
  });

  it("which name is filled on one way only: nothing came back from a call that failed", async () => {
    shop.edit(status, "I cannot see it now.", "I cannot see {orderNumber} by {arrives}.");
    expect(await found("variable.maybeEmpty")).toEqual([
      expect.stringContaining(`${status}:22 on one way to step sorry nothing has filled {arrives}`),
    ]);
  });

  it("that two wordings are one", async () => {
    shop.edit(cod, "Sure, in cash.", "yes: PAY the rider");
    expect(await found("wordings.alike")).toEqual([
      expect.stringContaining(`${cod}:5 wordings a and b say the same words (en)`),
    ]);
  });

  it("what can be found where some files cannot be read", async () => {
    shop.edit(fee, "say:", "sayy:");
    shop.edit(cod, "Sure, in cash.", "Yes, pay the rider");
    const { findings, faults } = await check(shop.folder, {});
    expect(findings.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(["shape.wrong", "wordings.alike"]),
    );
    expect(faults).toBeGreaterThan(0);
    // Faults come before warnings.
    expect(findings.map(severityOf)).toEqual(findings.map(severityOf).sort());
  });
});

describe("the report on a terminal", () => {
  it("names each kind's harm once, each finding's place and mend, and says whether it can go live", async () => {
    shop.edit(fee, "It is {fact.fee}", "It is {fee}");
    const text = reportText(await check(shop.folder, {}), 1);
    expect(text).toContain("FAULT variable.unfilled (1): Customers read {name}");
    expect(text).toContain(`  ${fee}:3 nothing fills {fee}\n      → write {fact.fee}`);
    expect(text).toMatch(/… and \d+ more: --all shows them/u);
    expect(text).toMatch(/1 fault, \d+ warnings\. With faults the program does not start/u);
  });

  it("says so when nothing is to be mended", () => {
    expect(reportText({ version: "abc", findings: [], faults: 0, warnings: 0 }, 10)).toBe(
      "Nothing to mend. This is version abc.",
    );
  });
});
