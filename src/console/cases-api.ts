import { z } from "zod";
import { KumustaError } from "../basics/errors.ts";
import type { HttpRequest, HttpResponse, Route } from "../channels/http-port.ts";
import { check } from "../channels/webchat/check.ts";
import type { CaseStatus } from "../conversation/state.ts";
import type { CaseRow } from "../store/sql/case-store.ts";
import type { AdminDoor } from "./admin-door.ts";
import { CaseActs, ops, type CaseActsParts } from "./case-acts.ts";
import { cardOf, historyLine, summaryOf, timeOrNull, transcriptOf } from "./case-views.ts";
import type { CaseDetail, CaseList } from "./protocol.ts";

export interface CasesApiParts extends CaseActsParts {
  readonly door: Pick<AdminDoor, "require">;
  /** Time zone of the business, for whoever shows times to its people. */
  readonly timeZone: () => string;
}

/** The largest body of an act: some thousand characters of text, as JSON. */
const bodyLimit = 32 * 1024;

const wanted: Readonly<Record<string, readonly CaseStatus[]>> = {
  open: ["queued", "assigned"],
  queued: ["queued"],
  assigned: ["assigned"],
  returned: ["returned"],
  closed: ["closed"],
  all: [],
};
const querySchema = z.strictObject({
  status: z
    .string()
    .default("open")
    .refine((status) => status in wanted, `must be one of ${Object.keys(wanted).join(", ")}`),
  team: z.string().min(1).max(100).optional(),
  limit: z
    .string()
    .regex(/^\d{1,3}$/u, "must be a whole number up to 200")
    .transform(Number)
    .refine((limit) => limit >= 1 && limit <= 200, "must be a whole number from 1 to 200")
    .default(50),
  after: z.string().min(1).max(100).optional(),
});

/**
 * `GET /api/cases`, `GET /api/cases/:id`, `POST /api/cases/:id/{assign,reply,return,close}`: docs/handoff.md.
 * @param base where they are, if elsewhere
 */
export function casesApi(parts: CasesApiParts, base = "/api/cases"): Route[] {
  const acts = new CaseActs(parts);
  const guarded =
    (handle: (request: HttpRequest) => Promise<HttpResponse>) =>
    async (request: HttpRequest): Promise<HttpResponse> => {
      parts.door.require(request);
      return handle(request);
    };
  const admit: Route["admit"] = (request) => {
    parts.door.require(request);
  };
  return [
    { method: "GET", path: base, bodyLimit: 0, handle: guarded((request) => list(parts, request)) },
    {
      method: "GET",
      path: `${base}/:id`,
      bodyLimit: 0,
      handle: guarded((request) => show(parts, request)),
    },
    ...ops.map((op): Route => ({
      method: "POST",
      path: `${base}/:id/${op}`,
      bodyLimit,
      admit,
      handle: async (request) => acts.act(op, await caseOf(parts, request.params["id"] ?? ""), request),
    })),
  ];
}

async function list(parts: CasesApiParts, request: HttpRequest): Promise<HttpResponse> {
  const { status, team, limit, after } = check(querySchema, Object.fromEntries(request.query));
  const last = after === undefined ? undefined : await caseOf(parts, after);
  const found = await parts.cases.list({
    statuses: wanted[status] ?? [],
    team,
    limit: limit + 1,
    after: last,
  });
  const shown = found.slice(0, limit);
  const body: CaseList = {
    cases: shown.map(summaryOf),
    next: found.length > limit ? (shown.at(-1)?.id ?? null) : null,
    timeZone: parts.timeZone(),
  };
  return { status: 200, body };
}

async function show(parts: CasesApiParts, request: HttpRequest): Promise<HttpResponse> {
  const row = await caseOf(parts, request.params["id"] ?? "");
  const [history, turns, conversation] = await Promise.all([
    parts.cases.history(row.id),
    parts.cases.turns(row),
    parts.turns.getConversation(row.conversationId),
  ]);
  const transcript = transcriptOf(turns, row.vault);
  const body: CaseDetail = {
    case: summaryOf(row),
    card: cardOf(row, transcript),
    customerWroteAt: timeOrNull(conversation?.state.lastInboundAt ?? null),
    media: transcript.filter(({ from }) => from === "customer").flatMap(({ media }) => media),
    history: history.map((event) => historyLine(event, row.vault)),
    transcript,
    timeZone: parts.timeZone(),
  };
  return { status: 200, body };
}

/** @throws KumustaError `case.unknown`, `case.ambiguous` */
async function caseOf({ cases }: CasesApiParts, idOrRef: string): Promise<CaseRow> {
  const found = await cases.find(idOrRef);
  const [only, ...others] = found;
  if (only === undefined) throw new KumustaError("case.unknown");
  if (others.length > 0)
    throw new KumustaError(
      "case.ambiguous",
      found.map(({ id }) => id),
    );
  return only;
}
