import type { Dialog, MediaSaying, Saying, Shared, Step } from "./content.ts";

/** A saying and where in its file it stands. */
export interface PlacedSaying {
  readonly path: readonly PropertyKey[];
  readonly saying: Saying;
}

const ofSteps = ["say", "retry", "known", "slow", "confirm"] as const;

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
export type SharedSayings = Omit<Shared, "phrases" | "photoStages" | "rememberedSlots">;

/** Everything that a dialog may say. */
export function sayingsOfDialog(dialog: Dialog): PlacedSaying[] {
  return dialog.type === "script"
    ? [
        { path: ["say"], saying: dialog.say },
        ...(dialog.followUp === undefined ? [] : [{ path: ["followUp"], saying: dialog.followUp }]),
      ]
    : dialog.steps.flatMap((step, index) => stepSayings(step, index));
}

/** Everything in dialogs/shared.yaml that is said, also inside lists and groups. */
export function sayingsOfShared(shared: object): PlacedSaying[] {
  return Object.entries(shared).flatMap(([field, value]: [string, unknown]): PlacedSaying[] => {
    if (isSaying(value)) return [{ path: [field], saying: value }];
    if (typeof value !== "object" || value === null) return [];
    const inner = sayingsOfShared(value);
    // Places in a list are numbers.
    const place = (key: PropertyKey) => (Array.isArray(value) ? Number(key) : key);
    return inner.map(({ path: [first = "", ...rest], saying }) => ({
      path: [field, place(first), ...rest],
      saying,
    }));
  });
}

/** The same dialog with each of its sayings changed. */
export function changeSayings(dialog: Dialog, change: (saying: Saying) => Saying): Dialog {
  const changed = (saying: Saying | undefined) => (saying === undefined ? undefined : change(saying));
  if (dialog.type === "script")
    return { ...dialog, say: change(dialog.say), followUp: changed(dialog.followUp) };
  return {
    ...dialog,
    steps: dialog.steps.map((step): Step => {
      switch (step.type) {
        case "say":
          return { ...step, say: change(step.say) };
        case "ask":
          return {
            ...step,
            say: change(step.say),
            retry: change(step.retry),
            known: changed(step.known),
            confirm: changed(step.confirm),
          };
        case "choose":
          return { ...step, say: change(step.say), retry: changed(step.retry) };
        case "call":
          return { ...step, slow: changed(step.slow) };
        case "when":
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
  const media = (name: MediaSaying) => change(shared.media[name]);
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
    continuedCase: change(shared.continuedCase),
    goOnInWeb: change(shared.goOnInWeb),
    inWebAlready: change(shared.inWebAlready),
    agentJoined: change(shared.agentJoined),
    agentSilent: change(shared.agentSilent),
    caseReturned: change(shared.caseReturned),
    caseClosed: change(shared.caseClosed),
    cancelled: change(shared.cancelled),
    actionFailed: change(shared.actionFailed),
    restarted: change(shared.restarted),
    cannotRead: change(shared.cannotRead),
    somethingElse: change(shared.somethingElse),
    pickOne: change(shared.pickOne),
    goOn: change(shared.goOn),
    notVerified: change(shared.notVerified),
    othersData: change(shared.othersData),
    tooLong: change(shared.tooLong),
    abuse: shared.abuse.map(change),
    followUp: {
      open: change(shared.followUp.open),
      unsolved: change(shared.followUp.unsolved),
      inLine: change(shared.followUp.inLine),
      inLineNoTime: change(shared.followUp.inLineNoTime),
    },
    media: {
      voice: media("voice"),
      photo: media("photo"),
      photoToTeam: media("photoToTeam"),
      photoToCase: media("photoToCase"),
      file: media("file"),
      location: media("location"),
      kindWord: media("kindWord"),
      upset: media("upset"),
    },
    optedOut: change(shared.optedOut),
    optedIn: change(shared.optedIn),
    smsHelp: change(shared.smsHelp),
  };
}
