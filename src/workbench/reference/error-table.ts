import { errorCatalogue } from "../../basics/errors.ts";

/** The table of docs/errors.md: every error the program raises on purpose. */
export function errorTable(): string {
  const rows = Object.entries(errorCatalogue).map(
    ([code, { status, message, next }]) => `| \`${code}\` | ${String(status)} | ${message} | ${next} |`,
  );
  return ["| code | status | what happened | what to do next |", "| --- | --- | --- | --- |", ...rows].join(
    "\n",
  );
}
