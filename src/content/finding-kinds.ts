/**
 * Everything that can be wrong in the content, the most harmful first: findings are told in this order. With a `fault`
 * the program does not start and an edit does not go live; a `warning` is said by `check` and stops nothing.
 * docs/writing-content.md shows this table; `harm` is what happens to customers if nobody mends it.
 */
export const findingKinds = {
  "file.missing": { severity: "fault", harm: "There is nothing to answer from." },
  "file.unreadable": { severity: "fault", harm: "Nothing in the file is known." },
  "shape.wrong": { severity: "fault", harm: "The file would be read otherwise than it was meant." },
  "action.unproven": {
    severity: "fault",
    harm: "Anybody could see or change the personal data of another customer.",
  },
  "disclosure.lacking": {
    severity: "fault",
    harm: "Customers are not told that they talk to a machine, how to reach a person, or what becomes of their data.",
  },
  "id.twice": { severity: "fault", harm: "One of the two is never used." },
  "name.unknown": { severity: "fault", harm: "Customers come to a place where there is nothing." },
  "fact.unknown": { severity: "fault", harm: "Customers read {fact.…} instead of a number or a day." },
  "variable.unfilled": { severity: "fault", harm: "Customers read {name} instead of what it stands for." },
  "text.tooLong": { severity: "fault", harm: "The channel refuses the message: customers get no answer." },
  "choices.tooMany": { severity: "fault", harm: "Messenger refuses the message: customers get no answer." },
  "lines.none": { severity: "fault", harm: "The intent is never recognized, or in anything." },

  "lines.contradict": {
    severity: "warning",
    harm: "The same words are taught for two intents: one of two customers gets the wrong answer.",
  },
  "lines.misread": { severity: "warning", harm: "Customers who write so get the answer to something else." },
  "counterexample.taken": {
    severity: "warning",
    harm: "Customers who mean something else get this answer.",
  },
  "variable.maybeEmpty": {
    severity: "warning",
    harm: "On one way through the flow customers read {name} instead of what it stands for.",
  },
  "tests.leaked": { severity: "warning", harm: "The figures of evaluate look better than they are." },
  "lines.few": { severity: "warning", harm: "Many ways to say it are not recognized." },
  "lines.alike": {
    severity: "warning",
    harm: "The lines teach one sentence again and again; other ways to say it are not recognized.",
  },
  "tests.none": { severity: "warning", harm: "Nobody notices when it is no longer recognized." },
  "sms.long": { severity: "warning", harm: "As a text message it comes in pieces, and each is paid for." },
  "title.long": { severity: "warning", harm: "Messenger cuts the button's words after 20 characters." },
  "step.unreachable": { severity: "warning", harm: "Nobody ever reads it; it was meant for somebody." },
  "dialog.unreachable": { severity: "warning", harm: "Nobody ever reads it; it was meant for somebody." },
  "wordings.alike": { severity: "warning", harm: "Comparing two wordings that are one tells nothing." },
} as const satisfies Record<string, { readonly severity: "fault" | "warning"; readonly harm: string }>;

export type FindingKind = keyof typeof findingKinds;
export type Severity = (typeof findingKinds)[FindingKind]["severity"];

const ranks = new Map(Object.keys(findingKinds).map((kind, rank) => [kind, rank]));

/** 0 for the most harmful kind. */
export function harmRank(kind: FindingKind): number {
  return ranks.get(kind) ?? ranks.size;
}
