import type { Kind } from "../../../src/content/content.ts";
import type {
  Cell,
  Change,
  Estimate,
  Example,
  Finding,
  IntentLine,
  MixLine,
  RateLine,
  Report,
} from "../../../src/insights/report/report.ts";

const kinds: readonly Kind[] = ["problem", "task", "question", "other"];
const stages = [
  ["discovery", "Discovery", "sales"],
  ["account-creation", "Account creation", "accounts"],
  ["ordering", "Ordering", "sales"],
  ["payment", "Payment", "payments"],
  ["delivery", "Delivery", "delivery"],
  ["returns", "Returns", "returns"],
  ["retention", "Retention", "accounts"],
] as const;
const teamNames = [
  ["sales", "Sales team"],
  ["accounts", "Accounts team"],
  ["payments", "Payments team"],
  ["delivery", "Delivery team"],
  ["returns", "Returns team"],
] as const;

const around = (value: number, spread: number): Estimate => ({
  value,
  low: value / spread,
  high: value * spread,
});
const still = (value: number): Change => ({ verdict: "withinNoise", ratio: around(value, 1.22), p: 0.31 });
const noChange: Change = { verdict: "tooFew", ratio: null, p: null };

/** Concerns of a cell in one period, as a shop of this size has them: most questions, most about parcels. */
const weights: Readonly<Record<string, readonly [number, number, number, number]>> = {
  discovery: [12, 38, 214, 41],
  "account-creation": [48, 66, 174, 0],
  ordering: [57, 143, 121, 6],
  payment: [88, 61, 152, 3],
  delivery: [196, 84, 318, 9],
  returns: [71, 102, 66, 2],
  retention: [9, 27, 44, 77],
};

const day = (month: number, date: number): string =>
  `2026-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`;
const days = [
  ...Array.from({ length: 31 }, (_, i) => day(10, i + 1)),
  ...Array.from({ length: 30 }, (_, i) => day(11, i + 1)),
];
const isSunday = (text: string): boolean => new Date(`${text}T00:00:00Z`).getUTCDay() === 0;
const holidays = [
  { day: "2026-11-01", name: "All Saints' Day" },
  { day: "2026-11-02", name: "All Souls' Day" },
  { day: "2026-11-30", name: "Bonifacio Day" },
];
const isHoliday = (text: string): boolean => holidays.some((holiday) => holiday.day === text);

/** Weekly rhythm, payday bumps and holiday dips; no chance in it. */
const weight = (text: string, i: number): number =>
  (isSunday(text) ? 0.55 : 1) *
  (isHoliday(text) ? 0.45 : 1) *
  (1 + 0.18 * Math.sin(i * 1.7) + (i % 15 === 14 ? 0.35 : 0));
const spread = (total: number): readonly number[] =>
  days.map((text, i) => Math.round((total / 30) * weight(text, i) * (i >= 31 ? 1.04 : 0.98)));

const rose: Change = { verdict: "rose", ratio: { value: 1.38, low: 1.21, high: 1.57 }, p: 0.000012 };
const fell: Change = { verdict: "fell", ratio: { value: 0.71, low: 0.58, high: 0.87 }, p: 0.0009 };

const examples = (...texts: readonly string[]): readonly Example[] =>
  texts.map((text, i) => ({
    turnId: `0193a4c2-7e1b-7c3d-9f10-00000000${String(1000 + i)}`,
    at: `2026-11-${String(10 + i)}T06:${String(12 + i)}:00.000Z`,
    channel: i % 2 === 0 ? "webchat" : "messenger",
    text,
  }));

const cells: readonly Cell[] = stages.flatMap(([stage, , team]) =>
  kinds.map((kind, at): Cell => {
    const count = weights[stage]?.[at] ?? 0;
    const change =
      kind === "question" && stage === "account-creation"
        ? rose
        : kind === "problem" && stage === "payment"
          ? fell
          : count < 10
            ? noChange
            : still(0.9 + ((count * 7) % 23) / 100);
    const before = Math.round(count / (change.ratio?.value ?? 1));
    return {
      ...{ kind, stage, count, before, change, team, daily: spread(count) },
      byLifecycle: {
        prospect: Math.floor(count * 0.42),
        "first-purchase": Math.floor(count * 0.2),
        "repeat-purchase": Math.floor(count * 0.3),
        unknown: count - Math.floor(count * 0.42) - Math.floor(count * 0.2) - Math.floor(count * 0.3),
      },
      intents:
        count === 0
          ? []
          : [
              { intent: `${stage}.${kind}-first`, count: Math.ceil(count * 0.6) },
              { intent: `${stage}.${kind}-second`, count: Math.floor(count * 0.4) },
            ],
      examples: count === 0 ? [] : examples(`${kind} sa ${stage} po, order ‹order:1›`),
    };
  }),
);
const total = cells.reduce((sum, { count }) => sum + count, 0);

const titles: Readonly<Record<string, string>> = {
  "delivery.question": "Where is my order?",
  "account-creation.question": "How do I register?",
  "delivery.problem": "My parcel is late",
  "discovery.question": "How much is it?",
  "payment.question": "How to pay with GCash",
  "payment.problem": "My payment failed",
  "returns.task": "Send something back",
};
const intents: readonly IntentLine[] = cells
  .filter(({ count }) => count > 20)
  .sort((a, b) => b.count - a.count)
  .map(({ kind, stage, count, before, change, team }) => ({
    intent: `${stage}.${kind}-first`,
    title: titles[`${stage}.${kind}`] ?? `${stage}, ${kind}`,
    ...{ kind, stage, team, change },
    count: Math.ceil(count * 0.6),
    before: Math.ceil(before * 0.6),
    share: Math.ceil(count * 0.6) / total,
    containment: 0.55 + (count % 40) / 100,
  }));

const findings: readonly Finding[] = [
  {
    sentence: "Questions about account creation rose 38 % (21 % to 57 %), most on mobile",
    direction: "rose",
    about: { kind: "question", stage: "account-creation", intent: null },
    ratio: { value: 1.38, low: 1.21, high: 1.57 },
    ...{ p: 0.000012, before: 126, count: 174, team: "accounts" },
    intents: [
      {
        intent: "account-creation.question-first",
        title: "How do I register?",
        ratio: { value: 1.44, low: 1.19, high: 1.74 },
      },
    ],
    where: [
      { dimension: "device", value: "mobile", ratio: { value: 1.74, low: 1.46, high: 2.07 } },
      { dimension: "lifecycle", value: "prospect", ratio: { value: 1.52, low: 1.24, high: 1.86 } },
    ],
    examples: examples(
      "paano po mag register, ayaw tanggapin number ko ‹phone:1›",
      "How do I make an account with my email ‹email:1›?",
      "need po ba ng account para maka order",
    ),
  },
  {
    sentence: "Problems with payment fell 29 % (13 % to 42 %)",
    direction: "fell",
    about: { kind: "problem", stage: "payment", intent: null },
    ratio: { value: 0.71, low: 0.58, high: 0.87 },
    ...{ p: 0.0009, before: 124, count: 88, team: "payments" },
    where: [],
    examples: examples("ayaw pumasok ng bayad ko sa gcash", "Payment failed twice, order ‹order:1›"),
  },
];

const rate = (id: string, title: string, value: number, before: number, of: number): RateLine => ({
  ...{ id, title, of, count: Math.round(value * of), change: "withinNoise" },
  definition: `${title}: counted once for each concern, by its last turn.`,
  denominator: "All concerns opened in the period.",
  exclusions: "Concerns that are still open, and greetings and thanks.",
  now: { value, low: value - 0.018, high: value + 0.018 },
  before: { value: before, low: before - 0.019, high: before + 0.019 },
  difference: { value: value - before, low: value - before - 0.027, high: value - before + 0.025 },
});

const mix = (lines: readonly (readonly [string, number, number])[]): readonly MixLine[] => {
  const all = lines.reduce((sum, [, count]) => sum + count, 0);
  return lines.map(([value, count, before]) => ({ value, count, before, share: count / all }));
};

/** A month of a shop, written by hand: two shifts, a holiday dip, everything else within chance. */
export const sampleReport: Report = {
  title: "What customers asked in November 2026",
  period: { from: "2026-11-01", to: "2026-11-30", days: 30, workingDays: 23, holidays },
  before: { from: "2026-10-01", to: "2026-10-31", days: 31, workingDays: 27, holidays: [] },
  timeZone: "Asia/Manila",
  madeAt: "2026-12-01T01:05:00.000Z",
  countedThrough: "2026-11-30T16:00:00.000Z",
  ...{ running: false, demo: null, falseAlarmRate: 0.05, comparisons: 143 },
  totals: {
    concerns: total,
    concernsBefore: 2231,
    customerTurns: 7420,
    customerTurnsBefore: 7188,
    change: { verdict: "withinNoise", ratio: { value: 1.02, low: 0.96, high: 1.08 }, p: 0.52 },
    sentence: "All concerns together did not move beyond chance, day for day (−4 % to +8 %).",
    daily: days.map((text, i) => ({
      day: text,
      concerns: spread(total)[i] ?? 0,
      off: isSunday(text) || isHoliday(text),
    })),
  },
  kinds,
  stages: stages.map(([id, title]) => ({ id, title })),
  ...{ cells, findings, intents },
  rates: [
    { ...rate("containment", "Contained by the bot", 0.724, 0.716, 2210), change: "withinNoise" },
    { ...rate("handoff", "Handed to a person", 0.182, 0.201, 2210), change: "fell" },
    rate("repeat", "Back with the same matter within 7 days", 0.064, 0.061, 1904),
    rate("notUnderstood", "Not understood", 0.071, 0.074, 7420),
    {
      ...rate("csat", "Said it helped", 0.5, 0.5, 0),
      now: null,
      before: null,
      difference: null,
      change: "tooFew",
    },
  ],
  responseTimes: [
    {
      who: "bot",
      definition: "from the customer's message to the bot's answer; upper bound of the bucket it fell into.",
      ...{ count: 6894, medianMs: 1200, p90Ms: 2400, p99Ms: 4800 },
      before: { medianMs: 1200, p90Ms: 2400 },
    },
    {
      who: "people",
      definition: "from the handover to the first message of a person, in the team's working time.",
      ...{ count: 402, medianMs: 840_000, p90Ms: 3_900_000, p99Ms: 15_060_000 },
      before: { medianMs: 960_000, p90Ms: 4_140_000 },
    },
  ],
  mix: {
    channels: mix([
      ["messenger", 1192, 1120],
      ["webchat", 803, 811],
      ["sms", 240, 236],
      ["telegram", 74, 64],
    ]),
    devices: mix([
      ["mobile", 641, 560],
      ["desktop", 162, 251],
      ["unknown", 1506, 1420],
    ]),
    languages: mix([
      ["fil", 1421, 1360],
      ["en", 888, 871],
    ]),
    pages: mix([
      ["/shop/bags", 231, 214],
      ["/checkout", 188, 180],
      ["/", 164, 170],
      ["/account/register", 141, 77],
      ["/shop/home/abaca-and-rattan-baskets-with-a-long-name", 79, 170],
    ]),
    campaigns: mix([
      ["payday-sale", 122, 98],
      ["11-11", 310, 0],
    ]),
    hours: mix(
      Array.from({ length: 24 }, (_, hour): readonly [string, number, number] => {
        const count = Math.round(
          140 + 250 * Math.exp(-((hour - 20) ** 2) / 18) + (hour > 8 && hour < 18 ? 190 : 0),
        );
        return [String(hour).padStart(2, "0"), hour < 6 ? 30 + hour : count, hour < 6 ? 28 : count - 9];
      }),
    ),
    wishedChannels: mix([
      ["viber", 41, 38],
      ["sms", 17, 21],
    ]),
  },
  misses: {
    ...{ turns: 527, looked: 527 },
    groups: [
      {
        like: "may cod po ba sa batanes",
        count: 38,
        examples: examples("may cod po ba sa Batanes?", "cod sa tawi-tawi pwede?"),
      },
      {
        like: "pa reserve po",
        count: 21,
        examples: examples("pa reserve po ng isa sir/mam", "reserve ko muna hanggang ‹date:1›"),
      },
      { like: "do you sell wholesale abroad", count: 9, examples: examples("Do you ship wholesale to Guam") },
    ],
  },
  withoutOwner: [
    { stage: null, channel: "messenger", count: 61 },
    { stage: "retention", channel: "telegram", count: 7 },
  ],
  overPromise: [
    {
      stage: "delivery",
      channel: "messenger",
      team: "delivery",
      cases: 121,
      broken: 19,
      medianFirstReplyMs: 1_020_000,
    },
    {
      stage: "returns",
      channel: "webchat",
      team: "returns",
      cases: 44,
      broken: 3,
      medianFirstReplyMs: 2_280_000,
    },
  ],
  teams: teamNames.map(([team, name]) => {
    const own = cells.filter((cell) => cell.team === team);
    const concerns = own.reduce((sum, { count }) => sum + count, 0);
    const handOffs = Math.round(concerns * 0.18);
    return {
      ...{ team, name, concerns, handOffs },
      before: own.reduce((sum, { before }) => sum + before, 0),
      handOffsByReason: mix([
        ["requested", Math.round(handOffs * 0.5), Math.round(handOffs * 0.48)],
        ["lowConfidence", Math.round(handOffs * 0.3), Math.round(handOffs * 0.33)],
        ["policy", Math.round(handOffs * 0.2), Math.round(handOffs * 0.21)],
      ]),
      firstReply: {
        who: "people",
        definition: "From the handover to your first message, in your working time.",
        ...{ count: handOffs, medianMs: 780_000 + handOffs * 1000, p90Ms: 3_600_000, p99Ms: 14_000_000 },
        before: { medianMs: 810_000, p90Ms: 3_500_000 },
      },
      promises: { made: handOffs, broken: Math.round(handOffs * 0.08) },
      findings: findings.filter((finding) => finding.team === team),
      topIntents: intents.filter((line) => line.team === team).slice(0, 5),
    };
  }),
};

const waits = { medianMs: null, p90Ms: null };

/** The same shop before its first customer: nothing was counted anywhere. */
export const emptyReport: Report = {
  ...sampleReport,
  totals: { concerns: 0, concernsBefore: 0, customerTurns: 0, customerTurnsBefore: 0, daily: [] },
  ...{ cells: [], findings: [], intents: [], rates: [], withoutOwner: [], overPromise: [] },
  responseTimes: [
    { who: "bot", definition: "to the answer", count: 0, ...waits, p99Ms: null, before: waits },
    { who: "people", definition: "to the answer", count: 0, ...waits, p99Ms: null, before: waits },
  ],
  mix: { channels: [], devices: [], languages: [], pages: [], campaigns: [], hours: [], wishedChannels: [] },
  misses: { turns: 0, looked: 0, groups: [] },
  teams: sampleReport.teams.slice(0, 1).map((team) => ({
    ...team,
    ...{ concerns: 0, before: 0, handOffs: 0, handOffsByReason: [], findings: [], topIntents: [] },
    firstReply: { ...team.firstReply, count: 0, ...waits, p99Ms: null, before: waits },
    promises: { made: 0, broken: 0 },
  })),
};
