import type { Content } from "../../content/content.ts";
import type { CaseFacts } from "../../store/sql/insight-store.ts";
import type { Both, Figures } from "./figures.ts";
import { isMatter } from "./matter.ts";
import { mixOf } from "./mix.ts";
import type { Finding, IntentLine, TeamPage } from "./report.ts";
import { peopleTimes } from "./response-times.ts";

interface Given {
  readonly content: Pick<Content, "teams">;
  readonly figures: Pick<Figures, "owners" | "handOffs">;
  readonly cases: Both<readonly CaseFacts[]>;
  readonly findings: readonly Finding[];
  readonly intents: readonly IntentLine[];
}

const intentsShown = 10;

/** A page for every team: what its touchpoints brought and what it did. Cases count for the team that was late, if any was, else for the one that has them. */
export function teamPagesOf({ content, figures, cases, findings, intents }: Given): TeamPage[] {
  return [...content.teams.values()].map(({ id, name }) => {
    const sum = <Row extends { readonly n: number }>(rows: readonly Row[], keep: (row: Row) => boolean) =>
      rows.reduce((total, row) => total + (keep(row) ? row.n : 0), 0);
    const own = {
      now: cases.now.filter(({ team }) => team === id),
      before: cases.before.filter(({ team }) => team === id),
    };
    const reasons = {
      now: figures.handOffs.now.filter(({ k2 }) => k2 === id),
      before: figures.handOffs.before.filter(({ k2 }) => k2 === id),
    };
    return {
      team: id,
      name,
      concerns: sum(figures.owners.now, ({ k1 }) => k1 === id),
      before: sum(figures.owners.before, ({ k1 }) => k1 === id),
      handOffs: sum(reasons.now, () => true),
      handOffsByReason: mixOf(reasons, ({ k1 }) => k1),
      firstReply: peopleTimes(own),
      promises: { made: own.now.length, broken: own.now.filter(({ broken }) => broken > 0).length },
      findings: findings.filter(({ team }) => team === id),
      topIntents: intents
        .filter((line) => line.team === id && line.count > 0 && isMatter(line))
        .slice(0, intentsShown),
    };
  });
}
