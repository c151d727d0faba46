import type { CaseDetail } from "../../src/console/protocol.ts";
import { createAgentDesk } from "./agent-desk.ts";
import { ask, has } from "./ask.ts";
import { element } from "./element.ts";
import { reasonWord } from "./words.ts";

export interface CaseCard {
  readonly root: HTMLElement;
  /** Something happened to the case. */
  look(): void;
}

const statuses: Readonly<Record<CaseDetail["case"]["status"], string>> = {
  queued: "waits for a person",
  assigned: "a person has it",
  returned: "back with the bot",
  closed: "closed",
};

function isDetail(value: unknown): value is CaseDetail {
  return has(value, "case", "card", "transcript", "timeZone");
}

function promiseOf({ case: { promisedAt, firstRepliedAt, agent }, timeZone }: CaseDetail): string {
  if (promisedAt === null)
    return agent === null
      ? "No promise stands."
      : `${agent} has it${firstRepliedAt === null ? "" : " and answered"}.`;
  const time = new Date(promisedAt).toLocaleString("en", {
    timeZone,
    weekday: "long",
    hour: "numeric",
    minute: "2-digit",
  });
  return `Promised to the customer: an answer by ${time}.`;
}

/**
 * A case as the demo page shows it: whose it is, what was promised, and a desk to be the agent at.
 * @param teams names by id, asked at each look
 */
export function createCaseCard(caseId: string, teams: () => Readonly<Record<string, string>>): CaseCard {
  const path = `/demo/cases/${encodeURIComponent(caseId)}`;
  // Its team is known with the first look: until then the heading says what it is.
  const title = element("h3", {}, "A case for a person");
  const status = element("span", { class: "badge" });
  const why = element("p", {});
  const promise = element("p", { class: "promise" });
  const be = element("button", { type: "button", class: "main", "aria-expanded": "false" }, "Be the agent");
  const root = element("article", { class: "case" }, element("header", {}, title, status), why, promise, be);

  let looks = 0;
  const look = async () => {
    looks += 1;
    const mine = looks;
    const detail = await ask(path, isDetail);
    // A later look tells more, though its answer may come first.
    if (mine !== looks) return;
    const { team, reason, status: now, asked } = detail.case;
    const isOpen = now === "queued" || now === "assigned";
    title.textContent = `Case for the ${teams()[team] ?? team}`;
    status.textContent = statuses[now];
    status.className = `badge ${now}`;
    why.textContent = `${reasonWord(reason)}${asked === "" ? "." : `: “${asked}”`}`;
    promise.textContent = isOpen ? promiseOf(detail) : "The bot answers again.";
    be.hidden = !isOpen || desk.root.isConnected;
    desk.show(detail);
    if (!isOpen) {
      if (desk.root.contains(document.activeElement)) root.focus();
      desk.root.remove();
    }
  };
  // Not there for the blink of an eye between two starts of the program: the next look finds it.
  const lookAgain = () => void look().catch(() => undefined);
  const desk = createAgentDesk({ path, onActed: lookAgain });
  root.tabIndex = -1;
  be.addEventListener("click", () => {
    root.append(desk.root);
    be.hidden = true;
    void desk.begin();
  });
  return { root, look: lookAgain };
}
