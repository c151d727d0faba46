import { userInfo } from "node:os";
import { Command, InvalidArgumentError } from "commander";
import { z } from "zod";
import { KumustaError } from "../basics/errors.ts";
import type { Config } from "../config/read-config.ts";
import type { CaseDetail, CaseList, CaseSummary } from "../console/protocol.ts";
import { ApiClient, type ApiAnswer } from "./api-client.ts";
import { listText, showText } from "./case-texts.ts";
import { endCommand, orCannotRun } from "./command-end.ts";
import { exitCodes } from "./run-command.ts";

interface Common {
  readonly url?: string;
  readonly json?: boolean;
}
interface Listing extends Common {
  readonly status?: string;
  readonly team?: string;
  readonly limit?: string;
  readonly after?: string;
}
interface Acting extends Common {
  readonly as: string;
  readonly script?: string;
  readonly key?: string;
}

/* The server is ours and of this version: an answer is checked for being one, not field by field. */
const isList = z.custom<CaseList>(
  (value) => z.object({ cases: z.array(z.unknown()) }).safeParse(value).success,
);
const isDetail = z.custom<CaseDetail>(
  (value) => z.object({ case: z.unknown(), transcript: z.array(z.unknown()) }).safeParse(value).success,
);
const isAct = z.object({
  handled: z.boolean(),
  case: z.custom<CaseSummary>((value) => z.object({ ref: z.string() }).safeParse(value).success),
});

/** `kumusta cases`: what teams have in hand. Exit code 0, 1 when the server refused, 2 when it cannot run. */
export function casesCommand(config: () => Config): Command {
  const client = ({ url }: Common) => new ApiClient(config(), url);
  const named = (name: string, what: string) =>
    new Command(name)
      .description(what)
      .option("--url <address>", "server to speak to (default: this machine, PORT)", address)
      .option("--json", "print one JSON object")
      .exitOverride(endCommand);
  const acting = (name: string, what: string) =>
    named(name, what)
      .argument("<case>", "its id or short id, as list shows it")
      .option("--as <name>", "who you are, as the customer reads it", userInfo().username)
      .option("--key <key>", "names this act: repeated with the same key it happens once");

  const list = named("list", "Cases, oldest first: open ones unless told otherwise")
    .option("--status <status>", "open, queued, assigned, returned, closed or all")
    .option("--team <team>", "of this team only")
    .option("--limit <n>", "how many, at most 200")
    .option("--after <case>", "those opened after this one")
    .action((options: Listing) => orCannotRun(() => runList(client(options), options)));
  const show = named("show", "One case: what it is about, what happened, what was said")
    .argument("<case>", "its id or short id, as list shows it")
    .action((id: string, options: Common) => orCannotRun(() => runShow(client(options), id, options)));
  const act = (command: Command, op: string, done: (shown: CaseSummary) => string) =>
    command.action((id: string, words: string[] | Acting, options: Acting | Command) => {
      const given = Array.isArray(words) ? words : [];
      const how = Array.isArray(words) ? options : words;
      if (how instanceof Command) return undefined;
      return orCannotRun(() => runAct(client(how), { id, op, text: given.join(" ") }, how, done));
    });
  const withWords = (command: Command) =>
    command
      .argument("[words...]", "what the customer reads")
      .option("--script <id>", "send this script of the library instead, in the customer's language");

  return new Command("cases")
    .description("Cases handed to people, on the running server: list, show, assign, reply, return, close")
    .exitOverride(endCommand)
    .addCommand(list)
    .addCommand(show)
    .addCommand(
      act(acting("assign", "Take a case: from then on the bot is silent"), "assign", ({ ref, agent }) => {
        return `Case ${ref} is with ${agent ?? "nobody"} now.`;
      }),
    )
    .addCommand(
      act(
        withWords(acting("reply", "Write to the customer; takes the case if nobody has it")),
        "reply",
        ({ ref }) => {
          return `Sent to the customer of case ${ref}.`;
        },
      ),
    )
    .addCommand(
      act(withWords(acting("return", "Give the customer back to the bot")), "return", ({ ref }) => {
        return `Case ${ref} is returned: the customer has the bot again.`;
      }),
    )
    .addCommand(
      act(
        withWords(acting("close", "Settle a case: the next visit starts clean with the bot")),
        "close",
        ({ ref }) => {
          return `Case ${ref} is closed.`;
        },
      ),
    );
}

async function runList(api: ApiClient, options: Listing): Promise<number> {
  const query = new URLSearchParams();
  for (const name of ["status", "team", "limit", "after"] as const) {
    const value = options[name];
    if (value !== undefined) query.set(name, value);
  }
  return printed(await api.call("GET", `/api/cases?${query.toString()}`), options, (body) =>
    listText(isList.parse(body)),
  );
}

async function runShow(api: ApiClient, id: string, options: Common): Promise<number> {
  return printed(await api.call("GET", `/api/cases/${encodeURIComponent(id)}`), options, (body) =>
    showText(isDetail.parse(body)),
  );
}

interface Act {
  readonly id: string;
  readonly op: string;
  readonly text: string;
}

async function runAct(
  api: ApiClient,
  { id, op, text }: Act,
  options: Acting,
  done: (shown: CaseSummary) => string,
): Promise<number> {
  if (op === "reply" && text.trim() === "" && options.script === undefined)
    throw new KumustaError("request.malformed", ["reply needs words or --script"]);
  const answer = await api.call("POST", `/api/cases/${encodeURIComponent(id)}/${op}`, {
    agent: options.as,
    ...(text.trim() === "" ? {} : { text }),
    ...(options.script === undefined ? {} : { script: options.script }),
    ...(options.key === undefined ? {} : { key: options.key }),
  });
  return printed(answer, options, (body) => {
    const { handled, case: shown } = isAct.parse(body);
    return handled ? done(shown) : `Accepted for case ${shown.ref}; the server has not come to it yet.`;
  });
}

function printed(answer: ApiAnswer, { json }: Common, text: (body: unknown) => string): number {
  if (!answer.ok) {
    console.error(answer.sentence);
    return exitCodes.foundFaults;
  }
  console.log(json === true ? JSON.stringify(answer.body) : text(answer.body));
  return exitCodes.fine;
}

function address(text: string): string {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/u.test(url.protocol))
    throw new InvalidArgumentError("It must begin with http:// or https://.");
  return text;
}
