import type { ScriptList } from "../../src/console/demo-protocol.ts";
import type { CaseDetail, SaidLine } from "../../src/console/protocol.ts";
import { ask, has } from "./ask.ts";
import { element, rows } from "./element.ts";

export type Act = "assign" | "reply" | "return" | "close";

interface Parts {
  /** Address of the case. */
  readonly path: string;
  /** Something was done with the case. */
  readonly onActed: () => void;
}

export interface AgentDesk {
  readonly root: HTMLElement;
  show(detail: CaseDetail): void;
  /** Takes the case and gives the focus to the answer. */
  begin(): Promise<void>;
}

const scriptsPath = "/demo/scripts";

function isScripts(value: unknown): value is ScriptList {
  return has(value, "scripts");
}

function isAnswer(value: unknown): value is object {
  return has(value, "case");
}

function said({ from, name, text, media }: SaidLine): HTMLElement {
  const who = from === "agent" ? (name ?? "Agent") : from === "bot" ? "Bot" : "Customer";
  const words = text === "" && media.length > 0 ? "(a file)" : text;
  return element("li", { class: from }, element("strong", {}, who), " ", words);
}

/** Where the visitor of the demo page is the agent: the context, what was said, an answer, and the two ways out. */
export function createAgentDesk({ path, onActed }: Parts): AgentDesk {
  const card = element("div", {});
  const transcript = element("ol", { class: "said", tabindex: "0", "aria-label": "What was said" });
  const name = element("input", { value: "Ana", maxlength: "60", autocomplete: "off" });
  const text = element("textarea", { rows: "2", maxlength: "4000" });
  const script = element("select", {}, element("option", { value: "" }, "own words"));
  const preview = element("p", { class: "preview", hidden: "" });
  const send = element("button", { type: "submit", class: "main" }, "Send the answer");
  const back = element("button", { type: "button" }, "Give back to the bot");
  const close = element("button", { type: "button" }, "Close the case");
  const fault = element("p", { class: "fault", role: "alert" });
  const form = element(
    "form",
    {},
    element("label", {}, "Your answer", text),
    preview,
    element(
      "div",
      { class: "pair" },
      element("label", {}, "Or a script of the shop’s", script),
      element("label", {}, "Your name, as customers read it", name),
    ),
    element("div", { class: "acts" }, send, back, close),
    fault,
  );
  const root = element("div", { class: "desk" }, card, transcript, form);
  let texts: ReadonlyMap<string, string> = new Map();
  /** The name under which the case was taken here last. */
  let takenAs = "";

  const act = async (what: Act, words: Readonly<Record<string, string>> = {}): Promise<boolean> => {
    fault.textContent = "";
    const agent = name.value.trim();
    try {
      await ask(`${path}/${what}`, isAnswer, { agent, ...words });
      if (what === "assign") takenAs = agent;
      return true;
    } catch (thrown) {
      fault.textContent = thrown instanceof Error ? thrown.message : String(thrown);
      return false;
    } finally {
      onActed();
    }
  };
  let line: Promise<unknown> = Promise.resolve();
  /** After what was asked for before: an answer may take two calls, and the case is not closed between them. */
  const inOrder = (gesture: () => Promise<unknown>): Promise<unknown> => {
    const done = line.then(gesture);
    line = done.catch(() => undefined);
    return done;
  };
  const answer = async () => {
    const words = script.value === "" ? { text: text.value } : { script: script.value };
    // Under another name it is another agent, who takes the case before they answer.
    if (name.value.trim() !== takenAs && !(await act("assign"))) return;
    if (!(await act("reply", words))) return;
    text.value = "";
    script.value = "";
    picked();
    text.focus();
  };
  const picked = () => {
    const chosen = texts.get(script.value);
    preview.hidden = chosen === undefined;
    preview.textContent = chosen ?? "";
    text.disabled = chosen !== undefined;
  };
  const fill = async () => {
    const { scripts } = await ask(scriptsPath, isScripts);
    texts = new Map(scripts.map(({ id, text: words }) => [id, words]));
    script.append(...scripts.map(({ id, title }) => element("option", { value: id }, title)));
  };
  script.addEventListener("change", picked);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void inOrder(answer);
  });
  back.addEventListener("click", () => void inOrder(() => act("return")));
  close.addEventListener("click", () => void inOrder(() => act("close")));

  return {
    root,
    show: (detail) => {
      const { asked, tried, slots, lastCases, language } = detail.card;
      const known = Object.entries(slots).map(([slot, value]) => `${slot} = ${JSON.stringify(value)}`);
      card.replaceChildren(
        rows([
          ["Asked", asked.join("\n")],
          ["Bot tried", tried.join(", ")],
          ["Known", known.join(", ")],
          [
            "Earlier cases",
            lastCases.map(({ intent, status }) => `${intent ?? "other"} (${status})`).join(", "),
          ],
          ["Language", language],
        ]),
      );
      transcript.replaceChildren(...detail.transcript.map(said));
      transcript.scrollTop = transcript.scrollHeight;
    },
    begin: async () => {
      root.parentElement?.scrollIntoView();
      text.focus({ preventScroll: true });
      await Promise.all([inOrder(() => act("assign")), texts.size === 0 ? fill() : undefined]);
    },
  };
}
