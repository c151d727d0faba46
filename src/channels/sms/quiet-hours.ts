import { zoneOf } from "../../conversation/handoff/zone.ts";
import type { QuietHours } from "../../config/read-config.ts";

/** Whether an instant (epoch ms) lies in the quiet hours of a time zone. They may run over midnight. */
export function isQuiet(at: number, { from, to }: QuietHours, timeZone: string): boolean {
  const { minute } = zoneOf(timeZone).localOf(at);
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}
