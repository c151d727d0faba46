import type { Migration } from "kysely/migration";
import { cases } from "./2026-11-22b-cases.ts";
import { log } from "./2026-11-22c-log.ts";
import { privacy } from "./2026-11-22d-privacy.ts";
import { engine } from "./2026-11-22-engine.ts";
import { marks } from "./2026-11-22e-marks.ts";
import { waiting } from "./2026-11-23-waiting.ts";
import { receipts } from "./2026-11-22-receipts.ts";

/** Every migration by name, in the order in which it runs. Never edit one that was released: add another. */
export const migrations: Readonly<Record<string, Migration>> = {
  "2026-11-22-engine": engine,
  "2026-11-22-receipts": receipts,
  "2026-11-22b-cases": cases,
  "2026-11-22c-log": log,
  "2026-11-22d-privacy": privacy,
  "2026-11-22e-marks": marks,
  "2026-11-23-waiting": waiting,
};
