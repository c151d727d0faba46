import type { Dialog, Saying, Shared, Step } from "./content.ts";

/** A saying and where in its file it stands. */
export interface PlacedSaying {
  readonly path: readonly PropertyKey[];
  readonly saying: Saying;
}

const ofSteps = ["say", "retry", "slow"] as const;

function stepSayings(step: Step, index: number): PlacedSaying[] {
  return ofSteps.flatMap((field) => {
    const saying: unknown = field in step ? Reflect.get(step, field) : undefined;
    return isSaying(saying) ? [{ path: ["steps", index, field], saying }] : [];
  });
}

function isSaying(value: unknown): value is Saying {
  return typeof value === "object" && value !== null && "variants" in value;
}

/** dialogs/shared.yaml without what the customer types. */
export type SharedSayings = Omit<Shared, "commands">;

/** Everything that a dialog may say. */
export function sayingsOfDialog(dialog: Dialog): PlacedSaying[] {
  return dialog.type === "script"
    ? [{ path: ["say"], saying: dialog.say }]
    : dialog.steps.flatMap((step, index) => stepSayings(step, index));
}

/** Everything in dialogs/shared.yaml that is said. */
export function sayingsOfShared(shared: object): PlacedSaying[] {
  return Object.entries(shared).flatMap(([field, value]: [string, unknown]): PlacedSaying[] => {
    if (isSaying(value)) return [{ path: [field], saying: value }];
    if (!Array.isArray(value)) return [];
    return value.flatMap((item: unknown, index) =>
      isSaying(item) ? [{ path: [field, index], saying: item }] : [],
    );
  });
}

/** The same dialog with each of its sayings changed. */
export function changeSayings(dialog: Dialog, change: (saying: Saying) => Saying): Dialog {
  if (dialog.type === "script") return { ...dialog, say: change(dialog.say) };
  return {
    ...dialog,
    steps: dialog.steps.map((step): Step => {
      switch (step.type) {
        case "say":
          return { ...step, say: change(step.say) };
        case "ask":
          return { ...step, say: change(step.say), retry: change(step.retry) };
        case "call":
          return { ...step, slow: step.slow === undefined ? undefined : change(step.slow) };
        case "handOff":
        case "done":
          return step;
      }
    }),
  };
}

/** The same shared sayings, each changed. */
export function changeSharedSayings(
  shared: SharedSayings,
  change: (saying: Saying) => Saying,
): SharedSayings {
  return {
    ...shared,
    disclosure: change(shared.disclosure),
    fallback: shared.fallback.map(change),
    clarify: change(shared.clarify),
    handOff: change(shared.handOff),
    alreadyWaiting: change(shared.alreadyWaiting),
    stillWaiting: change(shared.stillWaiting),
    escalated: change(shared.escalated),
    stillWaitingLast: change(shared.stillWaitingLast),
    backToBot: change(shared.backToBot),
    withBot: change(shared.withBot),
    agentJoined: change(shared.agentJoined),
    agentSilent: change(shared.agentSilent),
    caseReturned: change(shared.caseReturned),
    caseClosed: change(shared.caseClosed),
    cancelled: change(shared.cancelled),
    actionFailed: change(shared.actionFailed),
    restarted: change(shared.restarted),
    cannotRead: change(shared.cannotRead),
    optedOut: change(shared.optedOut),
    optedIn: change(shared.optedIn),
    smsHelp: change(shared.smsHelp),
  };
}
