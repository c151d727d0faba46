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

/** The business at its address; without one the sample shop, asked in the same signed form. */
export function openActions(
  address: ActionsAddress | undefined,
  clock: Clock,
  declared: EndpointActionsOptions["declared"],
): OpenActions {
  if (address === undefined) {
    const secret = newKey();
    const endpoint = demoShop(secret, clock);
    return {
      book: endpointActions({ endpoint, secret, clock, declared }),
      close: () => Promise.resolve(),
    };
  }
  const http = httpEndpoint(address.url);
  return {
    book: endpointActions({ endpoint: http.post, secret: address.secret, clock, declared }),
    close: () => http.close(),
  };
}
