import type { Attachment } from "../basics/activity.ts";
import { openText, type Vault } from "../basics/masking/vault.ts";
import { isoTime } from "../basics/time.ts";
import type { CaseEvent, CaseRow, LoggedTurn } from "../store/sql/case-store.ts";
import { mapActivity } from "../turn/masking/map-activity.ts";
import { mapCard } from "../turn/masking/map-commit.ts";
import { mapSlots } from "../turn/masking/map-state.ts";
import { mapReply, openingWith } from "../turn/masking/text-map.ts";
import type { CardView, CaseSummary, HistoryLine, MediaView, SaidLine } from "./protocol.ts";

export const timeOrNull = (at: number | null) => (at === null ? null : isoTime(at));

export function summaryOf(row: CaseRow): CaseSummary {
  return {
    id: row.id,
    ref: row.ref,
    status: row.status,
    team: row.team,
    agent: row.agent,
    reason: row.reason,
    kind: row.kind,
    stage: row.stage,
    intent: row.intent,
    channel: row.channel,
    contact: row.contact,
    asked: openText(row.card.asked, row.vault),
    openedAt: isoTime(row.openedAt),
    promisedAt: timeOrNull(row.promisedAt),
    broken: row.broken,
    waitingSince: timeOrNull(row.waitingSince),
    firstRepliedAt: timeOrNull(row.firstRepliedAt),
    closedAt: timeOrNull(row.closedAt),
  };
}

/** Lines of the customer's that the card shows: a bare "agent" says little without the words before it. */
const askedLines = 3;

export function cardOf(
  { card: masked, openedAt, vault }: CaseRow,
  transcript: readonly SaidLine[],
): CardView {
  const card = mapCard(masked, openingWith(vault));
  const before = transcript.filter(({ from, at }) => from === "customer" && at <= isoTime(openedAt));
  return {
    asked: before
      .slice(-askedLines)
      .map(({ text, media }) => (text === "" && media.length > 0 ? "(media)" : text)),
    tried: card.tried,
    slots: card.slots,
    lastCases: card.lastCases.map((last) => ({ ...last, openedAt: isoTime(last.openedAt) })),
    language: card.language,
  };
}

export function historyLine({ at, type, agent, key, body }: CaseEvent, vault: Vault): HistoryLine {
  return { at: isoTime(at), type, agent, key, more: mapSlots(body, openingWith(vault)) };
}

function mediaOf(attachments: readonly Attachment[] | undefined): MediaView[] {
  return (attachments ?? []).map(({ contentType, contentUrl, name }) => ({
    contentType,
    contentUrl: contentUrl ?? null,
    name: name ?? null,
  }));
}

/** What was said in these turns, line by line, opened; what happened without words is no line. */
export function transcriptOf(turns: readonly LoggedTurn[], vault: Vault): SaidLine[] {
  const open = openingWith(vault);
  return turns.flatMap(({ id: turnId, at, activities, replies, withheld }): SaidLine[] => {
    const time = isoTime(at);
    const heard = activities.flatMap(({ activity: masked }): SaidLine[] => {
      const activity = mapActivity(masked, open);
      if (activity.type !== "message" && activity.type !== "choice") return [];
      const tapped = activity.type === "choice";
      const media = activity.type === "message" ? mediaOf(activity.attachments) : [];
      return [{ turnId, at: time, from: "customer", name: null, text: activity.text, tapped, media }];
    });
    const spoken = replies.map((reply) => mapReply(reply, open));
    const said = spoken.map(({ text, agent, attachments }): SaidLine => ({
      turnId,
      at: time,
      from: agent === undefined ? "bot" : "agent",
      name: agent ?? null,
      text,
      tapped: false,
      media: mediaOf(attachments),
      ...(withheld === undefined ? {} : { withheld }),
    }));
    return [...heard, ...said];
  });
}
