import { posix } from "node:path";
import { z } from "zod";
import { channelsFile } from "../../content/channels-schema.ts";
import { actionsFile, dialogFile, factsFile, intentFile } from "../../content/schema.ts";
import { sharedFile } from "../../content/shared-schema.ts";
import { journeyFile, teamsFile } from "../../content/teams-schema.ts";
import { testFile } from "../conversation-tests/test-schema.ts";

const schemas = {
  journey: {
    title: "The customer's journey: stages and touchpoints, and the team that answers at each",
    schema: journeyFile,
  },
  intent: { title: "An intent: something customers want, and how they say it", schema: intentFile },
  dialog: { title: "A dialog: a script (say) or a flow (steps)", schema: dialogFile },
  shared: { title: "What is said wherever the conversation stands", schema: sharedFile },
  teams: { title: "The teams customers are handed to", schema: teamsFile },
  actions: { title: "What the business can do when a flow calls it", schema: actionsFile },
  facts: { title: "What is true of the shop, each fact once", schema: factsFile },
  channels: {
    title: "Accounts of channels, and what is said outside of conversations",
    schema: channelsFile,
  },
  test: { title: "Conversation tests: what customers do, and what must come of it", schema: testFile },
} as const;

type SchemaName = keyof typeof schemas;

const special: Readonly<Record<string, SchemaName>> = {
  "intents/journey.yaml": "journey",
  "dialogs/shared.yaml": "shared",
  "dialogs/teams.yaml": "teams",
  "dialogs/facts.yaml": "facts",
  "dialogs/actions.yaml": "actions",
  "dialogs/channels.yaml": "channels",
};

const schemaLine = /^# yaml-language-server: \$schema=.*\n/u;

function fileOf(name: SchemaName): string {
  return `schemas/${name}.schema.json`;
}

/**
 * JSON Schemas by which an editor completes and checks content files as they are typed, by path. Draft 7: the one
 * that the YAML language server reads without fail. They know the shape only; names across files are checked at start.
 */
export function contentSchemas(): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(schemas).map(([name, { title, schema }]) => {
      const shape = z.toJSONSchema(schema, { io: "input", reused: "ref", target: "draft-7" });
      return [`schemas/${name}.schema.json`, `${JSON.stringify({ title, ...shape }, null, 2)}\n`];
    }),
  );
}

/** A content file's text with the line at its top that tells an editor which schema is meant. */
export function withSchemaLine(path: string, text: string): string {
  const plain = path.startsWith("intents/") ? "intent" : "dialog";
  const name = path.endsWith(".test.yaml") ? "test" : (special[path] ?? plain);
  const way = posix.relative(posix.dirname(path), fileOf(name));
  return `# yaml-language-server: $schema=${way}\n${text.replace(schemaLine, "")}`;
}
