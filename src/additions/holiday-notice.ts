import type { TurnMiddleware } from "../turn/host.ts";

/** From and until, epoch ms, and what customers should know meanwhile. */
export interface Holiday {
  readonly from: number;
  readonly until: number;
  readonly notice: string;
}

/**
 * Adds a notice to what the bot says while a holiday lasts. It reads the time from the message, not from a clock:
 * a turn may be decided again, and the same message must get the same answer.
 */
export function holidayNotice({ from, until, notice }: Holiday): TurnMiddleware {
  return {
    onTurn: async (context, next) => {
      const sentAt = context.activity.timestamp?.getTime() ?? 0;
      if (sentAt >= from && sentAt < until) {
        context.onSendActivities(async (_context, activities, send) => {
          for (const activity of activities) {
            if (activity.type === "message") activity.text = `${activity.text ?? ""}\n\n${notice}`;
          }
          return send();
        });
      }
      await next();
    },
  };
}
