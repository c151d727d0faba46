import type { RecognitionContext } from "../recognizer.ts";
import type { IntentTraits } from "../training-set.ts";

/**
 * How many times likelier an intent is than elsewhere, given where the conversation stands. Odds, not rules: they decide
 * between candidates that are close and leave a sure one alone (“never hurts a context-free line” is a test).
 */
export const contextOdds = { offered: 8, open: 3, stage: 2.5, slot: 4 } as const;

/**
 * The factor of one intent's odds in this context; 1 where context says nothing.
 * @param answersSlot whether the line names, among other words, what the bot asked for
 */
export function oddsInContext(
  intent: string,
  context: RecognitionContext,
  traits: Readonly<Record<string, IntentTraits>>,
  answersSlot = false,
): number {
  let odds = 1;
  if (context.offeredIntents?.includes(intent) === true) odds *= contextOdds.offered;
  if (context.openIntent === intent) odds *= contextOdds.open * (answersSlot ? contextOdds.slot : 1);
  if (context.stage !== undefined && traits[intent]?.stage === context.stage) odds *= contextOdds.stage;
  return odds;
}

/**
 * The same for a line that asks without saying about what (“magkano po”): what it is about stands in the conversation, and
 * what the words alone suggest counts as its square root.
 */
export const weighBareQuestion = (share: number, odds: number): number =>
  Math.sqrt(share) * (odds > 1 ? odds * ELIDED : 1);

/** How much likelier a question without a subject is about the matter at hand than about another. */
const ELIDED = 30;

/** Whether a context says anything at all. */
export const saysSomething = ({ openIntent, offeredIntents, stage }: RecognitionContext): boolean =>
  openIntent !== undefined || stage !== undefined || (offeredIntents?.length ?? 0) > 0;
