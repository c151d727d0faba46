import { variables, type Variable } from "./variables.ts";

function entries(): [string, Variable][] {
  return Object.entries(variables);
}

/** The text of `.env.example`: every variable with its meaning and default, commented out. */
export function envExample(): string {
  const head =
    "# Copy to .env and uncomment what you change. Generated from src/config/variables.ts: npm run generate\n";
  return (
    head +
    entries()
      .map(([name, { example, meaning }]) => `\n# ${meaning}\n# ${name}=${example}\n`)
      .join("")
  );
}

/** The table of docs/configuration.md. */
export function configurationTable(): string {
  const rows = entries().map(
    ([name, { example, meaning }]) =>
      `| \`${name}\` | ${example === "" ? "unset" : `\`${example}\``} | ${meaning.replaceAll("|", "\\|")} |`,
  );
  return ["| variable | default | meaning |", "| --- | --- | --- |", ...rows].join("\n");
}
