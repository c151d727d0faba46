import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { z } from "zod";
import { openStore } from "../../src/store/open-store.ts";
import { madeUpVisits, play } from "../contract/made-up-visits.ts";
import { kumusta } from "./command.ts";
import { startProgram, temporaryFolder, type Program } from "./program.ts";

const shape = z.looseObject({ madeAt: z.string(), totals: z.looseObject({ concerns: z.number() }) });

describe("the report of a running server", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let program: Program | undefined;
  beforeEach(async () => {
    folder = await temporaryFolder();
    const store = await openStore(`file:${join(folder.path, "kumusta.db")}`);
    await play(store, madeUpVisits());
    await store.close();
  });
  afterEach(async () => {
    await program?.stop();
    await folder.remove();
  });

  it("is what the terminal prints of the same month, and is for whoever holds the token alone", async () => {
    program = await startProgram(folder.path);
    const { url } = program;
    const token = readFileSync(join(folder.path, "admin-token"), "utf8").trim();
    const ask = (query: string, authorization = `Bearer ${token}`) =>
      fetch(`${url}/api/report${query}`, { headers: { authorization } });

    const answer = await ask("?month=2026-10");
    expect(answer.status).toBe(200);
    const served = shape.parse(await answer.json());
    const printed = await kumusta(["report", "--month", "2026-10", "--json"], {
      env: { DATA_DIR: folder.path },
    });
    const inTerminal = shape.parse(JSON.parse(printed.stdout));
    expect(served.totals.concerns).toBeGreaterThan(50);
    expect({ ...served, madeAt: "" }).toEqual({ ...inTerminal, madeAt: "" });

    expect((await ask("?month=2026-10", "Bearer guessed")).status).toBe(403);
    expect((await ask("?month=October")).status).toBe(400);
    expect((await ask("?month=2026-10&format=pdf")).status).toBe(400);
    // Without a month: the last one that is over, made by the thread that stands already.
    expect((await ask("")).status).toBe(200);
  });
});
