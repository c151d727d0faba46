import type { InboundActivity } from "../../basics/activity.ts";
import type { Content } from "../../content/content.ts";
import type { Recognition, Thresholds } from "../recognized.ts";
import type { ConversationState } from "../state.ts";

/** All that a decision depends on. The same input always gives the same decision, so a turn can be replayed. */
export interface DecisionInput {
  readonly conversationId: string;
  /** Channel that the customer writes on; the ownership map may ask for it. */
  readonly channel?: string | undefined;
  /** Whether this channel is the web chat, or can give a link that opens it; undefined where it can do neither. */
  readonly web?: "here" | "byLink" | undefined;
  /** Version that this turn's commit will give the conversation; generation of the timers it sets. */
  readonly seq: number;
  /** Wall-clock time of the decision, epoch ms. */
  readonly now: number;
  readonly activity: InboundActivity;
  readonly state: ConversationState;
  readonly content: Content;
  /** Present when `needsRecognition` said so. */
  readonly recognition?: Recognition | undefined;
  /**
   * Why the channel would withhold a person's words just now (its window closed, the customer opted out); undefined
   * where it takes them. Only asked where a person acts.
   */
  readonly agentForbidden?: string | undefined;
  /** Operating point of the model that recognized. */
  readonly thresholds: Thresholds;
}
