/** Compiles `src/recognition/linear/kernel.wat` to the bytes in `kernel-bytes.ts`; run after every edit of the former. */
import { readFile, writeFile } from "node:fs/promises";
import createWabt from "wabt";

const source = new URL("../../src/recognition/linear/kernel.wat", import.meta.url);
const wabt = await createWabt();
const module = wabt.parseWat("kernel.wat", await readFile(source, "utf8"), { simd: true });
const { buffer } = module.toBinary({});
const text = [
  "/** Generated from kernel.wat by `node bench/recognition/build-kernel.ts`; a test keeps the two in step. */",
  `export const kernelBase64 =\n  "${Buffer.from(buffer).toString("base64")}";`,
  "",
].join("\n");
await writeFile(new URL("../../src/recognition/linear/kernel-bytes.ts", import.meta.url), text);
