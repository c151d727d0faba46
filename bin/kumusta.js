#!/usr/bin/env node
// Plain JavaScript that any Node can read: checks the version before anything newer is loaded.
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Kumusta needs Node 22.18 or newer; this is ${process.versions.node}.\n` +
      "In a checkout, run it by npm start or npx kumusta after npm ci: that brings Node 24 along.",
  );
  process.exit(2);
}
await import("../src/main.ts");
