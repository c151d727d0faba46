import { z } from "zod";
import { KumustaError } from "../basics/errors.ts";
import { newId } from "../basics/ids.ts";
import type { Clock } from "../basics/time.ts";
import type { HttpRequest, HttpResponse, Route } from "../channels/http-port.ts";
import { check } from "../channels/webchat/check.ts";
import { cleanLine } from "../channels/webchat/clean-text.ts";
import { parseJson } from "../channels/webchat/parse-json.ts";
import type { Content } from "../content/content.ts";
import { namedOwnerOf } from "../content/ownership.ts";
import type { CountingStore } from "../store/sql/counting-store.ts";
import type { BusinessDays } from "../turn/counting/business-day.ts";
import type { CorrectedCategory, CountableTurn } from "../turn/counting/countable-turn.ts";
import type { AdminDoor } from "./admin-door.ts";
import type { CorrectionAnswer, FiledUnder } from "./protocol.ts";

export interface CorrectionsApiParts {
  readonly counting: Pick<CountingStore, "turn" | "correct">;
  readonly door: AdminDoor;
  readonly clock: Pick<Clock, "now">;
  readonly content: () => Pick<Content, "intents" | "stages" | "touchpoints" | "shared">;
  readonly days: () => BusinessDays;
}

const bodyLimit = 8 * 1024;
const id = z.string().min(1).max(200);
const correctionSchema = z.strictObject({
  /** Null: about nothing that the content knows. */
  intent: id.nullable(),
  kind: z.enum(["problem", "task", "question", "other"]).optional(),
  stage: id.nullable().optional(),
  topic: id.nullable().optional(),
  by: z
    .string()
    .max(200)
    .transform((name) => cleanLine(name, 60).trim())
    .refine((name) => name !== "", "must be the name of who says so"),
  decidedBy: z.enum(["agent", "reviewer"]).default("reviewer"),
});
type Given = z.output<typeof correctionSchema>;

/** `POST /api/turns/:id/corrections`: files a turn anew; docs/insights.md. */
export function correctionsApi(parts: CorrectionsApiParts): Route[] {
  return [
    {
      method: "POST",
      path: "/api/turns/:id/corrections",
      bodyLimit,
      admit: (request) => {
        parts.door.require(request);
      },
      handle: (request) => correct(parts, request),
    },
  ];
}

async function correct(
  { counting, clock, content, days }: CorrectionsApiParts,
  { params, body }: HttpRequest,
): Promise<HttpResponse> {
  const given = check(correctionSchema, parseJson(body));
  const turnId = params["id"] ?? "";
  const turn = await counting.turn(turnId);
  if (turn === undefined) throw new KumustaError("turn.unknown", [turnId.slice(0, 100)]);
  const category = categoryOf(given, turn, content());
  const { by, decidedBy } = given;
  const correction = { id: newId(), turnId, at: clock.now(), by, decidedBy, category };
  await counting.correct(correction, days());
  const answer: CorrectionAnswer = {
    id: correction.id,
    turnId,
    before: filedUnder(turn),
    now: filedUnder(category),
  };
  return { status: 200, body: answer };
}

/** What was not said follows from the intent, as the content has it. */
function categoryOf(
  { intent: named, ...given }: Given,
  { lifecycle, channel }: CountableTurn,
  content: ReturnType<CorrectionsApiParts["content"]>,
): CorrectedCategory {
  const intent = named === null ? undefined : content.intents.get(named);
  if (named !== null && intent === undefined)
    throw new KumustaError("request.malformed", [`intent: there is no intent ${named} in the content`]);
  const stage = given.stage === undefined ? (intent?.stage ?? null) : given.stage;
  if (stage !== null && !content.stages.has(stage))
    throw new KumustaError("request.malformed", [`stage: there is no stage ${stage} in the content`]);
  return {
    kind: given.kind ?? intent?.kind ?? "other",
    stage,
    intent: named,
    topic: given.topic === undefined ? (intent?.topic ?? null) : given.topic,
    team: namedOwnerOf(content, { stage, lifecycle, channel }),
  };
}

function filedUnder({ kind, stage, intent, topic, team }: CorrectedCategory): FiledUnder {
  return { kind, stage, intent, topic, team };
}
