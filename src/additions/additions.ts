import type { TurnMiddleware } from "../turn/host.ts";

/** What this business adds to the program in code; `npm start` runs with it. Yours to edit: docs/middleware.md. */
export const additions: { readonly middleware: readonly TurnMiddleware[] } = {
  middleware: [],
};
