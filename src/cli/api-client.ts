import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { KumustaError } from "../basics/errors.ts";
import type { Config } from "../config/read-config.ts";

/** What a server answered: its JSON, or the sentence by which it refused. */
export type ApiAnswer =
  | { readonly ok: true; readonly body: unknown }
  | { readonly ok: false; readonly code: string; readonly sentence: string };

const errorBody = z.object({ error: z.object({ code: z.string(), message: z.string() }) });
/** A server that does not answer for so long is as good as none, ms; unless what it is asked takes longer. */
const usualPatienceMs = 15_000;

/** Speaks to a running server with the token of its data folder. */
export class ApiClient {
  readonly #base: string;
  readonly #token: string;

  /** @throws KumustaError `server.unreachable` when there is no token: no server ever ran on this data folder */
  constructor(config: Pick<Config, "port" | "dataDir">, url: string | undefined) {
    this.#base = (url ?? `http://127.0.0.1:${String(config.port)}`).replace(/\/+$/u, "");
    const file = join(config.dataDir, "admin-token");
    try {
      this.#token = readFileSync(file, "utf8").trim();
    } catch (thrown) {
      throw new KumustaError("server.unreachable", [`${file} cannot be read`], { cause: thrown });
    }
  }

  /** @throws KumustaError `server.unreachable`, `auth.invalid` */
  async call(
    method: "GET" | "POST",
    path: string,
    body?: object,
    patienceMs = usualPatienceMs,
  ): Promise<ApiAnswer> {
    let answer: Response;
    try {
      answer = await fetch(`${this.#base}${path}`, {
        method,
        headers: { Authorization: `Bearer ${this.#token}`, "Content-Type": "application/json" },
        signal: AbortSignal.timeout(patienceMs),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    } catch (thrown) {
      throw new KumustaError("server.unreachable", [this.#base], { cause: thrown });
    }
    const text = await answer.text();
    const read = jsonOf(text);
    if (answer.ok && read !== undefined) return { ok: true, body: read };
    const refused = errorBody.safeParse(read);
    // Another program listens there, or another server than the one of this data folder.
    if (!refused.success) throw new KumustaError("server.unreachable", [`${this.#base} is no Kumusta`]);
    if (answer.status === 401 || answer.status === 403)
      throw new KumustaError("auth.invalid", ["DATA_DIR is not the data folder of the server that answered"]);
    return { ok: false, code: refused.data.error.code, sentence: refused.data.error.message };
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
