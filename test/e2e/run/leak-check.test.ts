import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runChild } from "../../run/child.ts";

const root = join(import.meta.dirname, "../../..");

/** Test files that leave something open, and one that stops all it starts; what jest must say of each. */
const files: Readonly<Record<string, { readonly body: string; readonly left?: RegExp }>> = {
  server: {
    body: `http.createServer().listen(0, "127.0.0.1");`,
    left: /listening socket, made/,
  },
  socket: {
    body: `const server = net.createServer().listen(0, "127.0.0.1");
      await once(server, "listening");
      net.connect(server.address().port, "127.0.0.1");
      await once(server, "connection");
      server.close();`,
    left: /socket, made at .*socket\.test\.mjs/,
  },
  timer: { body: `setTimeout(() => {}, 3_000);`, left: /timer, made at .*timer\.test\.mjs/ },
  child: { body: `spawn("sleep", ["3"]);`, left: /child process, made at .*child\.test\.mjs/ },
  worker: { body: `new Worker("setTimeout(() => {}, 3_000)", { eval: true });`, left: /worker thread, made/ },
  clean: {
    body: `const server = http.createServer((_, response) => response.end("x")).listen(0, "127.0.0.1");
      await once(server, "listening");
      await (await fetch("http://127.0.0.1:" + server.address().port)).text();
      server.close();
      const worker = new Worker("setInterval(() => {}, 1_000)", { eval: true });
      await once(worker, "online");
      await worker.terminate();
      await once(spawn("true"), "close");
      clearTimeout(setTimeout(() => {}, 60_000));`,
  },
};

describe("a test file", () => {
  const folder = mkdtempSync(join(tmpdir(), "kumusta-leaks-"));
  let output = "";

  beforeAll(async () => {
    const imports = `import http from "node:http"; import net from "node:net"; import { once } from "node:events";
      import { spawn } from "node:child_process"; import { Worker } from "node:worker_threads";`;
    for (const [name, { body }] of Object.entries(files)) {
      writeFileSync(
        join(folder, `${name}.test.mjs`),
        `${imports}\nit("passes", async () => {\n${body}\n});\n`,
      );
    }
    writeFileSync(
      join(folder, "jest.config.json"),
      JSON.stringify({
        testEnvironment: join(root, "test/environment/leak-check.js"),
        runtime: join(root, "test/environment/native-runtime.js"),
        testEnvironmentOptions: { leakGraceMs: 500 },
        testMatch: ["**/*.test.mjs"],
        transform: {},
      }),
    );
    const jest = join(root, "node_modules/jest/bin/jest.js");
    const end = await runChild(process.execPath, [jest, "--runInBand", "--ci"], {
      cwd: folder,
      timeLimitMs: 60_000,
      // The open server would keep jest waiting for ever.
      endsSoonAfter: { sign: /did not exit one second after/, graceMs: 0 },
      signal: new AbortController().signal,
    });
    output = end.output;
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(Object.entries(files).filter(([, { left }]) => left !== undefined))(
    "fails when it leaves a %s open, and says where it was made",
    (name, { left }) => {
      const said = output.split(/^(?=PASS|FAIL)/m).find((part) => part.includes(`./${name}.test.mjs`));
      expect(said).toMatch(/^FAIL/);
      expect(said).toMatch(left ?? /never/);
    },
  );

  it("passes when it stops all it started", () => {
    expect(output).toMatch(/^PASS .*clean\.test\.mjs/m);
  });
});
