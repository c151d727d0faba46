/**
 * What reports count, by business day. A rollup is the sum of what every concern and every turn contributes; a change
 * of a concern is counted as what it contributes now, less what it contributed before.
 *
 * | measure | one for each | k1 | k2 | k3 |
 * | --- | --- | --- | --- | --- |
 * | `concern` | concern | fate: contained, handedOff, notSolved | lifecycle | days until the contact was back: "", "1", "7", "30" |
 * | `where` | concern | channel | device | language |
 * | `page` | concern that names its page | page | | |
 * | `campaign` | concern that names one | campaign | referrer's host | |
 * | `owner` | concern | team, "" for nobody | channel | account |
 * | `handOff` | concern handed over | reason | team | |
 * | `followUp` | concern that follows up an earlier visit | | | |
 * | `turn` | turn of a customer | outcome | channel | "miss" kinds: "" or "late" |
 * | `hour` | turn of a customer | hour of the business day, "00" to "23" | channel | |
 * | `botWait` | turn of a customer that was answered | upper bound of the wait's bucket, ms | channel | |
 * | `wish` | turn in which the customer asked to be written to elsewhere | channel | | |
 *
 * Measures of turns keep the turn's own kind, stage and intent ("" where there is none). Keys hold names of channels,
 * pages and the like, never a person's words, numbers or addresses.
 */
export const measures = [
  "concern",
  "where",
  "page",
  "campaign",
  "owner",
  "handOff",
  "followUp",
  "turn",
  "hour",
  "botWait",
  "wish",
] as const;
export type Measure = (typeof measures)[number];

/** One sum: how often (`n`, may be negative in a delta) something was seen on a business day. */
export interface Count {
  readonly measure: Measure;
  readonly day: string;
  readonly kind: string;
  readonly stage: string;
  readonly intent: string;
  readonly k1: string;
  readonly k2: string;
  readonly k3: string;
  readonly n: number;
}
