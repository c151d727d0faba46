import { describe, expect, it } from "@jest/globals";
import type { CaseChange, ContextCard } from "../../../src/conversation/handoff/case-change.ts";
import { CaseStore } from "../../../src/store/sql/case-store.ts";
import type { Store } from "../../../src/store/store.ts";
import type { ConversationRow } from "../../../src/turn/ports.ts";
import { arrival, noon, open, reread, said, turn } from "./samples.ts";

const card: ContextCard = {
  category: { kind: "problem", stage: "delivery", intent: "delivery.late" },
  asked: "nasaan na po",
  tried: ["delivery.late"],
  slots: { orderNumber: "104233" },
  lastCases: [],
  channel: "webchat",
  language: "fil",
  media: [],
};

function opened(conversation: ConversationRow, team = "delivery", promisedAt = noon + 60_000): CaseChange {
  const caseId = `${conversation.id}.${String(conversation.version + 1)}`;
  return { caseId, type: "opened", team, reason: "requested", promisedAt, card };
}

/** Cases are written by the turn that changes them, or not at all. */
export function keepsCases(store: () => Store): void {
  const cases = () => new CaseStore(store().db, store().driver);

  /** Commits one turn with these changes; gives the conversation as it stands after. */
  const commit = async (conversation: ConversationRow, changes: readonly CaseChange[], at = noon) => {
    await store().turns.commitTurn(turn(conversation, { cases: changes, at }));
    return reread(store().turns, conversation);
  };

  describe("a case", () => {
    it("stands as its turn opened it, and is found by its id and by its short id", async () => {
      const conversation = await open(store().turns);
      const change = opened(conversation);
      await commit(conversation, [change]);
      const [found] = await cases().find(change.caseId);
      expect(found).toMatchObject({
        id: change.caseId,
        conversationId: conversation.id,
        contact: conversation.contact,
        channel: "webchat",
        team: "delivery",
        status: "queued",
        agent: null,
        stage: "delivery",
        openedAt: noon,
        promisedAt: noon + 60_000,
        waitingSince: noon,
        broken: 0,
        card,
      });
      expect(found?.ref).toMatch(/^[0-9a-f]{8}-1$/u);
      expect(await cases().find(found?.ref ?? "")).toEqual([found]);
      expect(await cases().find("nobody's")).toEqual([]);
    });

    it("follows each of its changes, and keeps them as its history", async () => {
      let conversation = await open(store().turns);
      const { caseId } = opened(conversation);
      const now = async () => (await cases().find(caseId))[0];
      conversation = await commit(conversation, [opened(conversation)]);
      const broken = { caseId, type: "promiseBroken", team: "support", promisedAt: noon + 5 } as const;
      conversation = await commit(conversation, [broken], noon + 1);
      expect(await now()).toMatchObject({ team: "support", broken: 1, promisedAt: noon + 5 });
      conversation = await commit(conversation, [{ caseId, type: "withBot" }], noon + 2);
      const rejoined = { caseId, type: "rejoined", reason: "policy", promisedAt: noon + 6 } as const;
      conversation = await commit(conversation, [rejoined], noon + 3);
      expect(await now()).toMatchObject({ status: "queued", reason: "policy", promisedAt: noon + 6 });
      const act = { caseId, agent: "Maria", key: "k1" };
      conversation = await commit(
        conversation,
        [
          { ...act, type: "assigned" },
          { ...act, type: "replied" },
        ],
        noon + 4,
      );
      expect(await now()).toMatchObject({
        status: "assigned",
        agent: "Maria",
        promisedAt: null,
        waitingSince: null,
        firstRepliedAt: noon + 4,
      });
      conversation = await commit(conversation, [{ caseId, type: "customerWrote" }], noon + 5);
      conversation = await commit(conversation, [{ caseId, type: "customerWrote" }], noon + 6);
      expect(await now()).toMatchObject({ waitingSince: noon + 5 });
      const requeued = { caseId, type: "requeued", agent: "Maria", promisedAt: noon + 9 } as const;
      conversation = await commit(conversation, [requeued], noon + 7);
      expect(await now()).toMatchObject({ status: "queued", agent: null, promisedAt: noon + 9 });
      conversation = await commit(conversation, [{ ...act, type: "returned" }], noon + 8);
      expect(await now()).toMatchObject({ status: "returned", promisedAt: null, waitingSince: null });
      const late = { ...act, key: "k2", type: "refused", why: "closed" } as const;
      await commit(conversation, [{ ...act, type: "closed" }, late], noon + 9);
      expect(await now()).toMatchObject({ status: "closed", closedAt: noon + 9, firstRepliedAt: noon + 4 });
      const history = await cases().history(caseId);
      expect(history.map(({ type }) => type)).toEqual([
        "opened",
        "promiseBroken",
        "withBot",
        "rejoined",
        "assigned",
        "replied",
        "customerWrote",
        "customerWrote",
        "requeued",
        "returned",
        "closed",
        "refused",
      ]);
      expect(history.at(-1)).toEqual({
        at: noon + 9,
        type: "refused",
        agent: "Maria",
        key: "k2",
        body: { agent: "Maria", key: "k2", why: "closed" },
      });
    });

    it("is not there when its turn lost the race for the conversation", async () => {
      const conversation = await open(store().turns);
      await commit(conversation, []);
      const change = opened(conversation);
      const result = await store().turns.commitTurn(turn(conversation, { cases: [change] }));
      expect(result.committed).toBe(false);
      expect(await cases().find(change.caseId)).toEqual([]);
      expect(await cases().history(change.caseId)).toEqual([]);
    });

    it("shows what was said around it, and nothing said after it was closed", async () => {
      let conversation = await open(store().turns);
      const { caseId } = { caseId: `${conversation.id}.2` };
      for (const [n, changes] of [[], [opened({ ...conversation, version: 1 })], [], []].entries()) {
        const externalId = `m${String(n)}`;
        await store().turns.accept(
          arrival(conversation, { externalId, activity: said(`words ${String(n)}`) }),
        );
        const closes: CaseChange[] = n === 2 ? [{ caseId, type: "closed", agent: "Maria", key: "k" }] : [];
        await store().turns.commitTurn(
          turn(conversation, { handled: [externalId], cases: [...changes, ...closes], at: noon + n }),
        );
        conversation = await reread(store().turns, conversation);
      }
      const [found] = await cases().find(caseId);
      if (found === undefined) throw new Error("the case is gone");
      const shown = await cases().turns(found);
      expect(shown.map(({ seq }) => seq)).toEqual([1, 2, 3]);
      expect(shown[0]?.activities[0]?.externalId).toBe("m0");
    });
  });

  describe("a list of cases", () => {
    it("holds those of a status and a team, oldest first, page by page", async () => {
      const made: string[] = [];
      for (const [n, team] of ["delivery", "returns", "delivery", "delivery"].entries()) {
        const conversation = await open(store().turns);
        const change = opened(conversation, team);
        made.push(change.caseId);
        const next = await commit(conversation, [change], noon + Math.min(n, 2));
        if (n === 0)
          await commit(next, [{ caseId: change.caseId, type: "closed", agent: "Maria", key: "k" }]);
      }
      const ids = async (filter: Partial<Parameters<CaseStore["list"]>[0]>) =>
        (await cases().list({ statuses: [], limit: 10, ...filter })).map(({ id }) => id);
      const [first = "", second = "", third = "", fourth = ""] = made;
      // The last two were opened at the same instant: then the id decides.
      const tail = [third, fourth].sort();
      expect(await ids({})).toEqual([first, second, ...tail]);
      expect(await ids({ statuses: ["queued", "assigned"] })).toEqual([second, ...tail]);
      expect(await ids({ statuses: ["queued"], team: "delivery" })).toEqual(tail);
      expect(await ids({ statuses: ["closed"] })).toEqual([first]);
      expect(await ids({ limit: 1, after: { openedAt: noon + 1, id: second } })).toEqual([tail[0]]);
      expect(await ids({ after: { openedAt: noon + 2, id: tail[0] ?? "" } })).toEqual([tail[1]]);
    });
  });

  describe("an activity", () => {
    it("is found again by its external id, as it was accepted", async () => {
      const conversation = await open(store().turns);
      const activity = said("hello");
      await store().turns.accept(arrival(conversation, { externalId: "agent:k", activity }));
      expect(await cases().activityOf(conversation.id, "agent:k")).toEqual(activity);
      expect(await cases().activityOf(conversation.id, "agent:other")).toBeUndefined();
    });
  });
}
