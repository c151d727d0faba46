import { existsSync } from "node:fs";
import { cp, mkdir, open, readFile, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import Sqlite from "better-sqlite3";
import { launch, root, startProgram, temporaryFolder, type LaunchOptions } from "./program.ts";

let folder: Awaited<ReturnType<typeof temporaryFolder>>;

beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());

const dataDir = () => join(folder.path, "data");

/** Starts it where it cannot run: code 2, words for a person, no stack. Gives what stderr said. */
async function refusal(options: LaunchOptions = {}, data = dataDir()): Promise<string> {
  const launched = launch(data, options);
  const code = await launched.ended;
  const said = launched.errors();
  expect({ code, said }).toEqual({ code: 2, said: expect.stringMatching(/\S/u) });
  expect(said).not.toMatch(/^\s+at |node:internal|Error:/mu);
  expect(launched.output()).toBe(said);
  return said;
}

/** A folder with a database that the program made and left in good order. */
async function madeDatabase(): Promise<string> {
  const program = await startProgram(dataDir());
  expect(await program.stop()).toBe(0);
  return join(dataDir(), "kumusta.db");
}

describe("the heap", () => {
  /** How the process runs in the end: it begins anew with settings of its own, under the same id. */
  const settingsOf = async (...given: string[]) => {
    const launched = launch(dataDir(), {
      command: [process.execPath, ...given, "bin/kumusta.js", "start"],
    });
    await launched.serving();
    const words = (await readFile(`/proc/${String(launched.pid)}/cmdline`, "utf8")).split("\0");
    launched.signal("SIGTERM");
    expect(await launched.ended).toBe(0);
    return words.filter((word) => word.startsWith("--") && !word.startsWith("--disable-warning"));
  };

  it("is kept small, and as the operator says where they say something", async () => {
    expect(await settingsOf()).toEqual([
      "--max-semi-space-size=8",
      "--heap-growing-percent=20",
      "--no-allocation-site-pretenuring",
    ]);
    expect(await settingsOf("--max-semi-space-size=32", "--allocation-site-pretenuring")).toEqual([
      "--max-semi-space-size=32",
      "--allocation-site-pretenuring",
      "--heap-growing-percent=20",
    ]);
  });
});

describe("the program says in a sentence what keeps it from starting, and ends with code 2", () => {
  it("when the port is taken", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const address = other.address();
    const port = typeof address === "object" && address !== null ? String(address.port) : "";
    try {
      expect(await refusal({ env: { PORT: port } })).toBe(
        `The port is in use by another program:\n  - ${port}\nStop that program, or set PORT to a free one.\n`,
      );
    } finally {
      await new Promise((resolve) => other.close(resolve));
    }
  });

  it("when it cannot listen on the address", async () => {
    // TEST-NET-1 (RFC 5737): an address of no machine.
    expect(await refusal({ env: { HOST: "192.0.2.1" } })).toContain("EADDRNOTAVAIL");
  });

  it.each(["a-secret-for-tests-only", ""])(
    "when the data folder cannot be written (DIRECTLINE_SECRET %j)",
    async (DIRECTLINE_SECRET) => {
      const file = join(folder.path, "file");
      await writeFile(file, "");
      const said = await refusal({ env: { DIRECTLINE_SECRET } }, join(file, "data"));
      expect(said).toMatch(/^The data folder cannot be written:\n {2}- .*file\/data/u);
      expect(said).toContain("set DATA_DIR to another folder");
    },
  );

  it("when the database's folder cannot be written", async () => {
    const file = join(folder.path, "file");
    await writeFile(file, "");
    const said = await refusal({ env: { DATABASE_URL: `file:${file}/below/kumusta.db` } });
    expect(said).toMatch(/^The data folder cannot be written:/u);
  });

  it("when another process uses the database; that one goes on", async () => {
    const first = await startProgram(dataDir());
    try {
      expect(await refusal()).toMatch(
        /^Another process is using this database:\n.*kumusta\.db\nStop the other process first/u,
      );
      expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
    } finally {
      await first.stop();
    }
  });

  it("when the database is no database", async () => {
    await mkdir(dataDir());
    await writeFile(join(dataDir(), "kumusta.db"), "what somebody's editor left here\n".repeat(200));
    const said = await refusal();
    expect(said).toMatch(/^The database file is damaged:\n.*kumusta\.db/u);
    expect(said).toContain("Restore the last backup");
  });

  it("when pages of the database are damaged", async () => {
    const file = await open(await madeDatabase(), "r+");
    const { size } = await file.stat();
    await file.write(Buffer.alloc(size - 4_096 * 2, 0xa5), 0, size - 4_096 * 2, 4_096 * 2);
    await file.close();
    expect(await refusal()).toMatch(/^The database file is damaged/u);
  });

  it("when the database was written by a newer version, which keeps every byte of it", async () => {
    const path = await madeDatabase();
    const database = new Sqlite(path);
    database.prepare("insert into kysely_migration (name, timestamp) values ('2999-01-01-later', '')").run();
    database.pragma("journal_mode = delete");
    database.close();
    expect(await refusal()).toMatch(
      /^The database was written by a newer version of Kumusta:\n {2}- 2999-01-01-later\nInstall that version/u,
    );
    const after = new Sqlite(path, { readonly: true });
    expect(after.prepare("select count(*) from kysely_migration").pluck().get()).toBeGreaterThan(1);
    after.close();
  });

  it("when the configuration has faults: all of them at once, by name and never by value", async () => {
    const faulty = {
      PORT: "eighty",
      LOG_LEVEL: "deafening",
      DATABASE_URL: "mysql://shop:open-sesame@db/shop",
      DIRECTLINE_SECRET: "too-short",
      WIDGET_IDENTITY_SECRET: "has a space within it",
      PUBLIC_URL: "shop.example/chat",
      WIDGET_ORIGINS: "https://shop.example/path",
      BURST_QUIET_MS: "-1",
      RECOGNIZER: "oracle",
    };
    const said = await refusal({ env: faulty });
    expect(said).toMatch(/^The configuration has faults:\n/u);
    for (const [name, value] of Object.entries(faulty)) {
      expect(said).toContain(`- ${name} `);
      expect(said).not.toContain(value);
    }
    expect(said).not.toContain("sesame");
  });

  it.each(["file:kumusta.db?pages=9", "postgres://shop:open sesame@:x/"])(
    "when DATABASE_URL names no database (%s), without repeating it",
    async (DATABASE_URL) => {
      const said = await refusal({ env: { DATABASE_URL } });
      expect(said).toMatch(/^The configuration has faults:\n {2}- DATABASE_URL /u);
      expect(said).not.toContain("sesame");
    },
  );

  it("when the web bundle was not built", async () => {
    for (const part of ["bin", "src", "intents", "dialogs", "package.json"])
      await cp(join(root, part), join(folder.path, part), { recursive: true });
    await symlink(join(root, "node_modules"), join(folder.path, "node_modules"));
    expect(await refusal({ cwd: folder.path })).toMatch(
      /^The web bundle is missing:\n.*\nRun: npm run build\n$/u,
    );
  });

  it("when the content has faults: file, line and what to do, all of them at once", async () => {
    for (const part of ["intents", "dialogs"])
      await cp(join(root, part), join(folder.path, part), { recursive: true });
    const teams = join(folder.path, "dialogs/teams.yaml");
    const lines = (await readFile(teams, "utf8")).split("\n");
    const spoilt = lines.findIndex((line) => line.includes("answersWithinMinutes"));
    lines[spoilt] = lines[spoilt]?.replace(/answersWithinMinutes: \d+/u, "answersWithinMinutes: soon") ?? "";
    await writeFile(teams, lines.join("\n"));
    const journey = join(folder.path, "intents/journey.yaml");
    await writeFile(journey, `${await readFile(journey, "utf8")}\nunheardOf: true\n`);
    const said = await refusal({ env: { CONTENT_DIR: folder.path } });
    expect(said).toMatch(/^The content has faults:\n/u);
    expect(said).toContain(`- dialogs/teams.yaml:${String(spoilt + 1)} `);
    expect(said).toMatch(/- intents\/journey\.yaml:\d+ .*unheardOf/u);
  });

  it("when the content folder holds none", async () => {
    expect(await refusal({ env: { CONTENT_DIR: folder.path } })).toMatch(/^The content has faults:\n/u);
  });
});

describe("an old Node", () => {
  /** A Node that says it is old; and the system's own, where that really is. */
  const claim =
    "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.19.0' } })";
  const pretender = [
    process.execPath,
    "--import",
    `data:text/javascript,${encodeURIComponent(claim)}`,
  ] as const;
  const olds = ["/usr/bin/node", "/usr/local/bin/node"].filter(
    (path) => existsSync(path) && path !== process.execPath,
  );

  it("is told what to do instead of failing on the first new word", async () => {
    const said = await refusal({ command: [...pretender, "bin/kumusta.js", "start"] });
    expect(said).toBe(
      "Kumusta needs Node 22.18 or newer; this is 20.19.0.\nIn a checkout, run it by npm start or npx kumusta after npm ci: that brings Node 24 along.\n",
    );
    for (const old of olds) {
      const version = launch(dataDir(), { command: [old, "--version"] });
      await version.ended;
      if (!/^v(?:1\d|20|21)\./u.test(version.output())) continue;
      expect(await refusal({ command: [old, "bin/kumusta.js", "start"] })).toMatch(
        /^Kumusta needs Node 22\.18 or newer/u,
      );
    }
  });
});
