import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parse, stringify } from "yaml";
import { byHarm, faultLine, type Fault } from "../../src/content/fault.ts";
import { ContentReader } from "../../src/content/read-content-files.ts";
import { crossCheck } from "../../src/content/cross-check.ts";

const root = join(import.meta.dirname, "../..");

/** A scratch content folder of three intents, one with a flow: small enough to break on purpose. */
export interface SmallShop {
  readonly folder: string;
  write(file: string, text: string): void;
  /** Replaces a text that must be there. */
  edit(file: string, from: string | RegExp, to: string): void;
  /** All faults as people read them, the most harmful first. */
  faults(): string[];
  found(): Fault[];
  /** Undoes what was written since it was made. */
  restore(): void;
  remove(): void;
}

const stages = ["delivery", "payment"];

/** The sample shop's shared texts without their buttons, which lead to intents that this shop has not. */
function withoutChoices(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutChoices);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]: [string, unknown]) =>
      name === "choices" ? [] : [[name, withoutChoices(inner)]],
    ),
  );
}

const intent = (id: string, en: readonly string[], fil: readonly string[]): string => `id: ${id}
title: { en: ${id.split(".")[1] ?? ""}, fil: ${id.split(".")[1] ?? ""} }
kind: question
dialog: ${id}
utterances:
  en:
${en.map((line) => `    - "${line}"\n`).join("")}  fil:
${fil.map((line) => `    - "${line}"\n`).join("")}tests:
  en: ["${id.length} kilometres to go"]
  fil: ["ilang kilometro pa ${id.length}"]
`;

const fee = [
  "how much is shipping",
  "shipping fee to cebu pls",
  "do i pay for delivery",
  "is it free to have it sent",
  "what do you charge for sending",
];
const cod = [
  "can i pay the rider in cash",
  "cod ok?",
  "i have no card, only money at home",
  "pay when it arrives",
  "cash payment at the door possible",
];
const status = [
  "where is my order",
  "track pls",
  "has it shipped",
  "my parcel is not here",
  "any news of it",
];

const shared: unknown = parse(readFileSync(join(root, "dialogs/shared.yaml"), "utf8"));

/** Its files by their names. */
const filesAtFirst: ReadonlyMap<string, string> = new Map([
  ["dialogs/teams.yaml", readFileSync(join(root, "dialogs/teams.yaml"), "utf8")],
  ["dialogs/shared.yaml", stringify(withoutChoices(shared))],
  ["dialogs/facts.yaml", 'facts:\n  fee: "₱85"\n  days: { en: 2 days, fil: 2 araw }\n'],
  [
    "dialogs/actions.yaml",
    "actions:\n  orders.status: { does: Looks it up., takes: [orderNumber], gives: [where, arrives], personal: none }\n",
  ],
  [
    "intents/journey.yaml",
    `stages:\n${stages.map((id) => `  - { id: ${id}, title: ${id}, owner: support }\n`).join("")}`,
  ],
  [
    "intents/delivery/fee.yaml",
    intent("delivery.fee", fee, ["magkano po sf", "hm shipping", "may bayad ba"]),
  ],
  [
    "intents/payment/cod.yaml",
    intent("payment.cod", cod, ["pwede cod", "bayad sa rider po", "cash lang ako"]),
  ],
  [
    "intents/delivery/status.yaml",
    intent("delivery.status", status, ["nasaan na", "san na po parcel", "wala pa rin"]),
  ],
  [
    "dialogs/delivery/fee.yaml",
    `id: delivery.fee
say:
  en: "It is {fact.fee}."
  fil: "{fact.fee} po."
  sms: { en: "It is {fact.fee}.", fil: "{fact.fee} po." }
`,
  ],
  [
    "dialogs/payment/cod.yaml",
    `id: payment.cod
say:
  variants:
    - { id: a, text: { en: "Yes, pay the rider.", fil: "Opo, sa rider." } }
    - { id: b, text: { en: "Sure, in cash.", fil: "Puwede po, cash." } }
  choices:
    - { title: { en: Shipping fee, fil: Magkano ang sf }, intent: delivery.fee }
`,
  ],
  [
    "dialogs/delivery/status.yaml",
    `id: delivery.status
steps:
  - type: ask
    id: number
    slot: orderNumber
    pattern: "(\\\\d{6})"
    say: { en: "Which order?", fil: "Anong order?" }
    retry: { en: "Six digits, please.", fil: "6 digits po." }
  - type: call
    id: look-up
    action: orders.status
    needs: anonymous
    with: [orderNumber]
    failed: sorry
  - type: say
    id: tell
    say: { en: "{orderNumber} is {where}, here by {arrives}.", fil: "{where} ang {orderNumber}, {arrives}." }
  - type: done
    id: end
  - type: say
    id: sorry
    say: { en: "I cannot see it now.", fil: "Hindi ko po makita." }
  - type: handOff
    id: person
    team: support
`,
  ],
]);

export function makeSmallShop(): SmallShop {
  const folder = mkdtempSync(join(tmpdir(), "kumusta-shop-"));
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  for (const [file, text] of filesAtFirst) write(file, text);
  // Parses again only what changed, as the server does.
  const reader = new ContentReader(folder);
  const found = () => {
    const { files, faults } = reader.read();
    return [...faults, ...(files === undefined ? [] : crossCheck(files))].sort(byHarm);
  };
  return {
    folder,
    write,
    edit: (file, from, to) => {
      const before = readFileSync(join(folder, file), "utf8");
      const after = before.replace(from, to);
      if (after === before) throw new Error(`${file} has no ${String(from)}`);
      writeFileSync(join(folder, file), after);
    },
    found,
    faults: () => found().map(faultLine),
    restore: () => {
      for (const part of readdirSync(folder)) rmSync(join(folder, part), { recursive: true });
      for (const [file, text] of filesAtFirst) write(file, text);
    },
    remove: () => {
      rmSync(folder, { recursive: true });
    },
  };
}
