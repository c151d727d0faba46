import type { InboundActivity } from "../../basics/activity.ts";

/** Which customer's thread with which page. */
export interface Thread {
  readonly page: string;
  /** The customer's page-scoped id. */
  readonly customer: string;
}

/** What a webhook told, one event each. */
export type MessengerEvent =
  /** The customer did something that a turn is made of. */
  | (Thread & {
      readonly type: "arrival";
      readonly externalId: string;
      readonly activity: InboundActivity;
      /** Another app or a person has the thread; we only look on. */
      readonly standby: boolean;
    })
  /** The page wrote: this app, another one, or a person in Meta's inbox. */
  | (Thread & {
      readonly type: "echo";
      readonly mid: string;
      readonly appId: string | undefined;
      readonly metadata: string | undefined;
      readonly at: number;
    })
  /** What reached the customer, or was read: all up to the watermark, and these by name. */
  | (Thread & {
      readonly type: "receipt";
      readonly status: "delivered" | "read";
      readonly mids: readonly string[];
      readonly watermark: number;
    })
  /** The thread changed hands. */
  | (Thread & {
      readonly type: "control";
      readonly op: "pass" | "take";
      readonly newOwner: string | undefined;
      readonly at: number;
    })
  | {
      readonly type: "comment";
      readonly page: string;
      readonly commentId: string;
      readonly customer: string;
      readonly text: string;
      readonly at: number;
    }
  /** Meta restricts the page, or lifts that. */
  | {
      readonly type: "policy";
      readonly page: string;
      readonly action: string;
      readonly reason: string;
    }
  /** Nothing to do; counted by what it was. */
  | { readonly type: "ignored"; readonly what: string };
