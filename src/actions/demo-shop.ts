import { z } from "zod";
import type { Json, JsonObject } from "../basics/activity.ts";
import type { Clock } from "../basics/time.ts";
import type { Endpoint, EndpointAnswer, EndpointRequest } from "./endpoint-actions.ts";
import { isSigned } from "./signature.ts";

/** Where a parcel of the sample shop is, by how many days ago its order was placed. */
const journey = [
  { statusEn: "being packed at our warehouse", statusFil: "Pina-pack pa sa warehouse" },
  { statusEn: "at the Manila sorting hub", statusFil: "Nasa Manila sorting hub" },
  { statusEn: "on its way to your city", statusFil: "Papunta na sa inyong lungsod" },
  { statusEn: "out for delivery", statusFil: "Out for delivery na" },
] as const;

const dayMs = 86_400_000;
const date = new Intl.DateTimeFormat("en-PH", { month: "long", day: "numeric", timeZone: "Asia/Manila" });
/** Answers kept for requests that come again under the same key. */
const remembered = 1_000;

const request = z.object({
  action: z.string(),
  input: z.record(z.string(), z.json()),
  contact: z.string(),
  verified: z.boolean(),
  idempotencyKey: z.string(),
});

interface Order {
  readonly number: number;
  /** Days since it was placed: 0 to 3. */
  readonly age: number;
}

/** Numbers 100000 to 899999 are orders placed in the last four days, by their last digit; the others do not exist. */
function orderOf(input: JsonObject): Order | undefined {
  const number = Number(input["orderNumber"]);
  if (!Number.isInteger(number) || number < 100_000 || number > 899_999) return undefined;
  return { number, age: number % journey.length };
}

const answered = (fields: JsonObject): EndpointAnswer => ({ status: 200, body: JSON.stringify(fields) });
const refused = (status: number, error: string): EndpointAnswer => ({
  status,
  body: JSON.stringify({ error }),
});

/**
 * The sample shop as an endpoint: what a business writes on its own side (docs/actions.md), reached within this program.
 * It checks signatures and repeats the same answer under the same key, as it must over the network.
 */
export function demoShop(secret: string, clock: Clock): Endpoint {
  const answers = new Map<string, EndpointAnswer>();
  const actions: Readonly<Record<string, (input: JsonObject) => EndpointAnswer>> = {
    "orders.status": (input) => {
      const order = orderOf(input);
      if (order === undefined)
        return answered({ found: false, statusEn: null, statusFil: null, arrives: null });
      const at = journey[order.age] ?? journey[0];
      const arrives = date.format(clock.now() + (journey.length - order.age) * dayMs);
      return answered({ found: true, ...at, arrives });
    },
    // What has left the warehouse can no longer be sent elsewhere.
    "orders.change-address": (input) => answered({ changed: orderOf(input)?.age === 0 }),
  };
  const perform = ({ body }: EndpointRequest): EndpointAnswer => {
    const read = request.safeParse(parsed(body));
    if (!read.success) return refused(400, "the request cannot be read");
    const { action, input, idempotencyKey } = read.data;
    const known = answers.get(idempotencyKey);
    if (known !== undefined) return known;
    const answer = actions[action]?.(input) ?? refused(404, "there is no such action");
    answers.set(idempotencyKey, answer);
    const oldest = answers.size > remembered ? answers.keys().next().value : undefined;
    if (oldest !== undefined) answers.delete(oldest);
    return answer;
  };
  return (asked) =>
    Promise.resolve(
      isSigned(secret, asked.headers, asked.body, clock.now())
        ? perform(asked)
        : refused(401, "the signature is missing or wrong"),
    );
}

function parsed(body: string): Json | undefined {
  try {
    return z.json().parse(JSON.parse(body));
  } catch {
    return undefined;
  }
}
