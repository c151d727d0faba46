import { z } from "zod";
import type { Clock } from "../basics/time.ts";
import type { Route } from "../channels/http-port.ts";
import { check } from "../channels/webchat/check.ts";
import type { Content } from "../content/content.ts";
import { calendarOf } from "../insights/report/calendar.ts";
import { lastMonth, periodsOf } from "../insights/report/periods.ts";
import type { ReportsBeside } from "../insights/report/report-beside.ts";
import { businessDays } from "../turn/counting/business-day.ts";
import type { AdminDoor } from "./admin-door.ts";

export interface ReportApiParts {
  readonly door: AdminDoor;
  readonly reports: ReportsBeside;
  readonly clock: Clock;
  readonly content: () => Content;
}

const querySchema = z.strictObject({ month: z.string().max(10).optional() });

/** `GET /api/report?month=2026-10`: the report as `kumusta report --json` prints it (docs/insights.md). */
export function reportApi({ door, reports, clock, content }: ReportApiParts): Route[] {
  return [
    {
      method: "GET",
      path: "/api/report",
      bodyLimit: 0,
      handle: async (request) => {
        door.require(request);
        const asked = check(querySchema, Object.fromEntries(request.query));
        const days = businessDays(content().timeZone);
        const now = clock.now();
        const month = asked.month ?? lastMonth(now, days);
        // Refuses what is no month before the thread is asked for it.
        periodsOf(month, now, days, calendarOf(content()));
        return { status: 200, body: await reports.report(month, content()) };
      },
    },
  ];
}
