import { describe, expect, it } from "@jest/globals";
import { execFileSync } from "node:child_process";
import { join } from "node:path";

const root = join(import.meta.dirname, "../../..");

/** What a fresh process that hosts turns writes out: modules are loaded once in each, and this one has loaded others. */
function inAFreshProcess(code: string): unknown {
  const script = `
    import { createRequire } from "node:module";
    await import("./src/turn/host.ts");
    const require = createRequire(createRequire(import.meta.resolve("botbuilder")).resolve("botframework-connector"));
    const loaded = () => Object.keys(require.cache).some((file) => /msal-node.dist|msal-common|azure.identity/u.test(file) && require.cache[file].children.length > 0);
    console.log(JSON.stringify(await (async () => { ${code} })()));`;
  return JSON.parse(
    execFileSync(process.execPath, ["--input-type=module", "-e", script], { cwd: root, encoding: "utf8" }),
  );
}

describe("what the Bot Framework signs in with", () => {
  it("is not loaded by a program that hosts turns", () => {
    expect(inAFreshProcess("return loaded();")).toBe(false);
  });

  it("is whole as soon as something asks for it", () => {
    expect(
      inAFreshProcess(`
        const { ConfidentialClientApplication } = require("@azure/msal-node");
        const { ManagedIdentityCredential } = require("@azure/identity");
        const { default: axios } = require("axios");
        return [typeof ConfidentialClientApplication, typeof ManagedIdentityCredential, typeof axios.get, loaded(),
          typeof require("axios").create];`),
    ).toEqual(["function", "function", "function", true, "function"]);
  });
});
