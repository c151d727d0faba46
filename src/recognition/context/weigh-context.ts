import type { RecognitionContext } from "../recognizer.ts";
import type { IntentTraits } from "../training-set.ts";

/**
 * How many times likelier an intent is than elsewhere, given where the conversation stands. Odds, not rules: they decide
 * between candidates that are close and leave a sure one alone (“never hurts a context-free line” is a test).
 */
export const contextOdds = { offered: 8, open: 3, stage: 2.5 } as const;

/** The factor of one intent's odds in this context; 1 where context says nothing. */
export function oddsInContext(
  intent: string,
  context: RecognitionContext,
  traits: Readonly<Record<string, IntentTraits>>,
): number {
  let odds = 1;
  if (context.offeredIntents?.includes(intent) === true) odds *= contextOdds.offered;
  if (context.openIntent === intent) odds *= contextOdds.open;
  if (context.stage !== undefined && traits[intent]?.stage === context.stage) odds *= contextOdds.stage;
  return odds;
}

/** Whether a context says anything at all. */
export const saysSomething = ({ openIntent, offeredIntents, stage }: RecognitionContext): boolean =>
  openIntent !== undefined || stage !== undefined || (offeredIntents?.length ?? 0) > 0;
