import { isoTime } from "../../basics/time.ts";
import type { Route } from "../../channels/http-port.ts";
import type { LiveState } from "../../workbench/live-state.ts";
import { requireOwnMachine } from "./demo-guard.ts";

const path = "/demo/content";

/** Tells the demo page that it may ask how the content stands, and where. */
export const demoContentMeta: Readonly<Record<string, string>> = { "kumusta-content-state": path };

/**
 * GET /demo/content: which version is live since when, whether an edit is on its way, whether the whole training still
 * goes on, and why the last edit was refused. For who sits at this machine.
 */
export function demoContentRoute(state: () => LiveState): Route {
  return {
    method: "GET",
    path,
    bodyLimit: 0,
    handle: (request) => {
      requireOwnMachine(request);
      const { version, liveSince, pending, learning, refused } = state();
      return {
        status: 200,
        body: {
          version,
          liveSince: isoTime(liveSince),
          pending,
          learning,
          refused: refused === undefined ? null : { at: isoTime(refused.at), faults: refused.faults },
        },
      };
    },
  };
}
