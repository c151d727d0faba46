import { z } from "zod";
import { didYouMean, nearestName } from "./did-you-mean.ts";

/** One way in which a file does not fit its schema. */
export interface ShapeFault {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly mend: string;
}

type Issue = z.core.$ZodIssue;

const isMissing = (issue: Issue): boolean => issue.code === "invalid_type" && issue.input === undefined;

/** How little a branch of a union looks like what was written: fields of its own that are missing or not its own. */
function strangeness(branch: readonly Issue[]): number {
  return branch.reduce((sum, issue) => {
    if (issue.path.length === 0 && issue.code === "unrecognized_keys") return sum + issue.keys.length;
    return sum + (issue.path.length <= 1 && isMissing(issue) ? 1 : 0);
  }, 0);
}

/** The innermost complaints of a union: those of the branch that looks most like what was written. */
function leaves(issue: Issue, above: readonly PropertyKey[] = []): { path: PropertyKey[]; issue: Issue }[] {
  const path = [...above, ...issue.path];
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return [{ path, issue }];
  const branches = issue.errors.map((branch) => ({
    strange: strangeness(branch),
    found: branch.flatMap((inner) => leaves(inner, path)),
  }));
  const likeliest = branches.reduce((best, branch) =>
    branch.strange < best.strange ||
    (branch.strange === best.strange && branch.found.length < best.found.length)
      ? branch
      : best,
  );
  return likeliest.found;
}

/** Every field name that a schema knows, at any depth. */
function fieldsOf(schema: z.ZodType): Set<string> {
  const fields = new Set<string>();
  const walk = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    const inner: [string, unknown][] = Object.entries(node);
    for (const [name, value] of inner) {
      if (name === "properties" && typeof value === "object" && value !== null)
        for (const field of Object.keys(value)) fields.add(field);
      walk(value);
    }
  };
  walk(z.toJSONSchema(schema, { io: "input", target: "draft-7" }));
  return fields;
}

const kindsOfValue: Readonly<Record<string, string>> = {
  string: "a text",
  array: "a list",
  object: "fields of its own",
  record: "fields of its own",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
};

const named = (kind: string): string => kindsOfValue[kind] ?? kind;

function kindOf(value: unknown): string {
  if (value === null) return "nothing";
  return named(Array.isArray(value) ? "array" : typeof value);
}

/** Words for people: what is wrong, and what to write instead. */
function explain(issue: Issue, fields: () => Set<string>): { message: string; mend: string; key?: string }[] {
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => ({
        key,
        message: "there is no such field here",
        mend: didYouMean(key, fields(), "remove it, or see which fields fit here in docs/writing-content.md"),
      }));
    case "invalid_type": {
      if (isMissing(issue)) {
        return [
          {
            message: "is missing",
            mend: `add it: ${named(issue.expected)}${issue.path.at(-1) === "fil" ? ", the same in Filipino" : ""}`,
          },
        ];
      }
      const found = kindOf(issue.input);
      const quotes =
        issue.expected === "string" && typeof issue.input !== "object"
          ? `put it between quotes: "${JSON.stringify(issue.input)}"`
          : `write ${named(issue.expected)} there; a neighbouring file shows how`;
      return [{ message: `is ${found}, not ${named(issue.expected)}`, mend: quotes }];
    }
    case "invalid_value": {
      const values = issue.values.map(String);
      const written = issue.input === undefined ? "nothing" : JSON.stringify(issue.input);
      const nearest = typeof issue.input === "string" ? nearestName(issue.input, values) : undefined;
      return [
        {
          message: `${written} is not one of ${values.join(", ")}`,
          mend: nearest === undefined ? "write one of these" : `write ${nearest}`,
        },
      ];
    }
    case "invalid_union":
      return [
        {
          message: issue.message,
          mend: "a neighbouring file, or docs/writing-content.md, shows how it looks",
        },
      ];
    case "too_big":
    case "too_small":
    case "invalid_format":
    case "not_multiple_of":
    case "invalid_key":
    case "invalid_element":
    case "custom":
      return [
        { message: issue.message, mend: "mend the value; docs/writing-content.md says what fits there" },
      ];
  }
}

/** All complaints of a schema in words for people, each with the path that it concerns. */
export function shapeFaults(schema: z.ZodType, issues: readonly Issue[]): ShapeFault[] {
  let known: Set<string> | undefined;
  const fields = () => (known ??= fieldsOf(schema));
  return issues
    .flatMap((issue) => leaves(issue))
    .flatMap(({ path, issue }) =>
      explain(issue, fields).map(({ key, message, mend }) => ({
        path: key === undefined ? path : [...path, key],
        message,
        mend,
      })),
    );
}
