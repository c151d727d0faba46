import { afterAll, describe, expect, it } from "@jest/globals";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Rule } from "./architecture/rules.ts";
import * as rules from "./architecture/rules.ts";
import { readSources } from "./architecture/source-file.ts";

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** A project with these files, and what the rule says of it. */
function faults(rule: Rule, files: Readonly<Record<string, string>>): readonly string[] {
  const root = mkdtempSync(join(tmpdir(), "kumusta-architecture-"));
  folders.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return rule(readSources(root));
}

describe("the house", () => {
  const sources = readSources(join(import.meta.dirname, ".."));

  it("is read", () => {
    expect(sources.map(({ path }) => path)).toContain("test/architecture.test.ts");
  });

  it.each(Object.entries(rules))("%s", (_name, rule) => {
    expect(rule(sources)).toEqual([]);
  });
});

describe("a room", () => {
  it("that nobody ranked is a fault", () => {
    expect(
      faults(rules.everyRoomHasARank, { "src/attic/box.ts": "", "src/odd.ts": "", "src/app.ts": "" }),
    ).toEqual([
      expect.stringMatching(/^src\/attic\/box\.ts is in no known room/),
      expect.stringMatching(/^src\/odd\.ts is in no known room/),
    ]);
  });

  it("may import lower rooms and itself, not its neighbours or what lies above", () => {
    const found = faults(rules.roomsImportOnlyLowerRooms, {
      "src/basics/ids.ts": `export { app } from "../app.ts";`,
      "src/content/a.ts": `import type { B } from "../conversation/b.ts";\nimport "./b.ts";\nimport "../basics/ids.ts";`,
      "src/turn/t.ts": `const store = await import("../store/s.ts");`,
      "src/http/h.ts": `import "../../test/x.ts";\ntype S = import("../cli/s.ts").S;`,
      "src/main.ts": `import { app } from "./app.ts";\nimport "./cli/start.ts";`,
    });
    expect(found).toEqual([
      expect.stringMatching(
        /^src\/basics\/ids\.ts:1 imports src\/app\.ts: rank 0 may import only lower ranks/,
      ),
      expect.stringMatching(/^src\/content\/a\.ts:1 imports src\/conversation\/b\.ts: rank \d/),
      expect.stringMatching(/^src\/http\/h\.ts:1 imports test\/x\.ts, outside src/),
      expect.stringMatching(/^src\/http\/h\.ts:2 imports src\/cli\/s\.ts: rank \d/),
      expect.stringMatching(/^src\/turn\/t\.ts:1 imports src\/store\/s\.ts: rank \d/),
    ]);
  });

  it("that is pure imports nothing from outside", () => {
    const files = {
      "src/conversation/d.ts": `import "node:fs";\nimport "./e.ts";`,
      "src/turn/t.ts": `import "node:fs";`,
    };
    expect(faults(rules.pureRoomsImportNothingFromOutside, files)).toEqual([
      expect.stringMatching(/^src\/conversation\/d\.ts:1 imports node:fs, but this room is pure/),
    ]);
  });
});

describe("a package", () => {
  it("comes in by its door only", () => {
    const found = faults(rules.packagesComeInByTheirDoor, {
      "src/turn/host.ts": `import { ActivityHandler } from "botbuilder";`,
      "src/turn/host-adapter.ts": `import type { Activity } from "botbuilder";`,
      "src/turn/intake.ts": `import type { Activity } from "botbuilder";`,
      "src/channels/sms/verify.ts": `import webhooks from "twilio/lib/webhooks/webhooks";`,
      "src/http/server.ts": `import twilio from "twilio";`,
    });
    expect(found).toEqual([
      expect.stringMatching(/^src\/http\/server\.ts:1 imports twilio, whose door is src\/channels\/sms\//),
      expect.stringMatching(/^src\/turn\/intake\.ts:1 imports botbuilder, whose door is src\/turn\/host/),
    ]);
  });

  it("without a door is a fault that says where to add one", () => {
    expect(
      faults(rules.packagesComeInByTheirDoor, { "src/http/a.ts": `import x from "@left/pad/deep";` }),
    ).toEqual([
      expect.stringMatching(
        /^src\/http\/a\.ts:1 imports @left\/pad, which has no door\. Add one to the table in/,
      ),
    ]);
  });

  it("of Node is written with its prefix", () => {
    expect(
      faults(rules.packagesComeInByTheirDoor, { "src/http/a.ts": `import "fs";\nimport "node:fs";` }),
    ).toEqual([`src/http/a.ts:1 imports "fs": write "node:fs".`]);
  });
});

describe("browser code", () => {
  it("shares only the types of the two protocols", () => {
    const found = faults(rules.browserCodeSharesOnlyProtocolTypes, {
      "web/widget/a.ts": [
        `import type { A } from "../../src/channels/webchat/protocol.ts";`,
        `import { B } from "../../src/console/protocol.ts";`,
        `import type { C } from "../../src/basics/ids.ts";`,
        `import "./b.ts";`,
        `import "left-pad";`,
      ].join("\n"),
    });
    expect(found).toEqual([
      expect.stringMatching(
        /^web\/widget\/a\.ts:2 imports src\/console\/protocol\.ts as code\. Write "import type"/,
      ),
      expect.stringMatching(/^web\/widget\/a\.ts:3 imports src\/basics\/ids\.ts\. Browser code shares only/),
      expect.stringMatching(/^web\/widget\/a\.ts:5 imports left-pad, which browser code may not use yet/),
    ]);
  });
});

describe("a file", () => {
  it("is not part of a cycle of imports, types included", () => {
    const found = faults(rules.importsHaveNoCycles, {
      "src/turn/a.ts": `import { b } from "./b.ts";`,
      "src/turn/b.ts": `export * from "./c.ts";`,
      "src/turn/c.ts": `import type { A } from "./a.ts";`,
      "src/turn/d.ts": `import { a } from "./a.ts";`,
    });
    expect(found).toEqual([
      expect.stringMatching(
        /^src\/turn\/a\.ts → src\/turn\/b\.ts → src\/turn\/c\.ts → src\/turn\/a\.ts is a cycle/,
      ),
    ]);
  });

  it("has at most 400 lines", () => {
    const files = { "src/turn/short.ts": "\n".repeat(400), "bench/long.ts": "\n".repeat(401) };
    expect(faults(rules.filesAreShort, files)).toEqual([
      expect.stringMatching(/^bench\/long\.ts has 401 lines/),
    ]);
  });

  it("has a name that says what is inside, in kebab-case", () => {
    const files = {
      "src/turn/utils/a.ts": "",
      "src/turn/takeUp.ts": "",
      "src/turn/take-up.ts": "",
      "test/turn/a.test.ts": "",
    };
    expect(faults(rules.namesSayWhatIsInside, files)).toEqual([
      expect.stringMatching(/^src\/turn\/takeUp\.ts: "takeUp\.ts" is not kebab-case/),
      expect.stringMatching(/^src\/turn\/utils\/a\.ts: "utils" says nothing/),
    ]);
  });

  it("switches lint off only with a reason", () => {
    const files = {
      "src/turn/a.ts": `// eslint-disable-next-line no-console\n// eslint-disable-next-line no-console -- it is the console`,
    };
    expect(faults(rules.lintIsSwitchedOffWithAReason, files)).toEqual([
      expect.stringMatching(/^src\/turn\/a\.ts:1 switches lint off/),
    ]);
  });
});

describe("a test", () => {
  it("runs like every other", () => {
    const lines = [
      `it("runs", () => {});`,
      `it.each([1])("runs", () => {});`,
      `it.skip("a", () => {});`,
      `describe.only("b", () => {});`,
      `test.todo("c");`,
      `xit("d", () => {});`,
      `it.only.each([1])("e", () => {});`,
      `list.skip(1);`,
    ];
    const found = faults(rules.everyTestRuns, { "test/a.test.ts": lines.join("\n") });
    expect(found.map((fault) => /:(\d+) skips or singles out/.exec(fault)?.[1])).toEqual([
      "3",
      "4",
      "5",
      "6",
      "7",
    ]);
  });
});
