/** What became of the customer's words. */
export type Outcome = "answered" | "clarified" | "fellBack" | "handedOff" | "silent";
