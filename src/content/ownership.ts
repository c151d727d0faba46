/** A fact about the contact: how far they are as a customer. */
export const lifecycles = ["prospect", "first-purchase", "repeat-purchase", "unknown"] as const;
export type Lifecycle = (typeof lifecycles)[number];

/** Where customers meet us: a stage, for some customers or on some channel only, and the team that answers there. */
export interface Touchpoint {
  readonly stage: string;
  readonly lifecycle?: Lifecycle | undefined;
  readonly channel?: string | undefined;
  readonly owner: string;
  /** The promise made here, in minutes of the team's working time; without it the team's own. */
  readonly answersWithinMinutes?: number | undefined;
}

/** What is known of where a customer stands. */
export interface Place {
  /** Null where the matter is not known yet. */
  readonly stage: string | null;
  readonly lifecycle?: Lifecycle | undefined;
  readonly channel?: string | undefined;
}

export interface Ownership {
  readonly team: string;
  readonly answersWithinMinutes?: number | undefined;
}

interface OwnershipMap {
  readonly stages: ReadonlyMap<string, { readonly owner: string }>;
  readonly touchpoints: readonly Touchpoint[];
  readonly shared: { readonly defaultTeam: string };
}

/** The lifecycle counts more than the channel: who the customer is decides before where they write. */
function closeness({ lifecycle, channel }: Touchpoint): number {
  return (lifecycle === undefined ? 0 : 2) + (channel === undefined ? 0 : 1);
}

/** The closest touchpoint of a place. */
function touchpointAt({ touchpoints }: OwnershipMap, place: Place): Touchpoint | undefined {
  return touchpoints
    .filter(
      ({ stage, lifecycle, channel }) =>
        stage === place.stage &&
        (lifecycle === undefined || lifecycle === (place.lifecycle ?? "unknown")) &&
        (channel === undefined || channel === place.channel),
    )
    .sort((a, b) => closeness(b) - closeness(a))[0];
}

/** The team named for a place: by its closest touchpoint, else by its stage. Null where nobody is named. */
export function namedOwnerOf(content: OwnershipMap, place: Place): string | null {
  const stage = place.stage === null ? undefined : content.stages.get(place.stage);
  return touchpointAt(content, place)?.owner ?? stage?.owner ?? null;
}

/** The team that answers at a place: the one named for it, else the default team. Never nobody. */
export function ownerOf(content: OwnershipMap, place: Place): Ownership {
  const closest = touchpointAt(content, place);
  if (closest !== undefined)
    return { team: closest.owner, answersWithinMinutes: closest.answersWithinMinutes };
  return { team: namedOwnerOf(content, place) ?? content.shared.defaultTeam };
}
