import { newKey } from "../basics/ids.ts";
import type { Clock } from "../basics/time.ts";
import type { ActionBook } from "../turn/ports.ts";
import { demoShop } from "./demo-shop.ts";
import { endpointActions, type EndpointActionsOptions } from "./endpoint-actions.ts";
import { httpEndpoint } from "./http-endpoint.ts";

/** Where the business answers. */
export interface ActionsAddress {
  readonly url: string;
  readonly secret: string;
}

export interface OpenActions {
  readonly book: ActionBook;
  close(): Promise<void>;
}

/**
 * Who answers: the business at its address, the sample shop in its place, or nobody. The sample shop makes orders up:
 * it is for whoever tries the program out, never for customers.
 */
export type Business = ActionsAddress | "sampleShop" | "nobody";

/** Whoever answers actions, asked in the same signed form. Without anybody every action fails at once. */
export function openActions(
  business: Business,
  clock: Clock,
  declared: EndpointActionsOptions["declared"],
): OpenActions {
  if (business === "nobody") return { book: new Map(), close: () => Promise.resolve() };
  if (business === "sampleShop") {
    const secret = newKey();
    const endpoint = demoShop(secret, clock);
    return {
      book: endpointActions({ endpoint, secret, clock, declared }),
      close: () => Promise.resolve(),
    };
  }
  const http = httpEndpoint(business.url);
  return {
    book: endpointActions({ endpoint: http.post, secret: business.secret, clock, declared }),
    close: () => http.close(),
  };
}
