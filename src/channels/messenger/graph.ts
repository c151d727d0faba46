import { createHmac } from "node:crypto";
import { ProviderHttp, type ProviderAnswer } from "../provider-http.ts";
import type { MessengerSettings, Page } from "./settings.ts";

/** `appsecret_proof`: shows Meta that whoever holds the token holds the app's secret too (Graph API: securing requests). */
export function appSecretProof(token: string, appSecret: string): string {
  return createHmac("sha256", appSecret).update(token).digest("hex");
}

/** The Graph API at the version of the configuration. Each call is signed with the proof. */
export class Graph {
  readonly #http: ProviderHttp;
  readonly #settings: Pick<MessengerSettings, "appSecret" | "graphVersion">;
  /** Proofs by token: computed once. */
  readonly #credentials = new Map<string, string>();

  constructor(settings: Pick<MessengerSettings, "appSecret" | "graphVersion" | "apiUrl">) {
    this.#settings = settings;
    this.#http = new ProviderHttp(settings.apiUrl);
  }

  /** Calls `/{version}/{path}` in the name of a page. */
  async call(
    method: "GET" | "POST" | "DELETE",
    path: string,
    page: Pick<Page, "token">,
    { query = {}, body }: { readonly query?: Readonly<Record<string, string>>; readonly body?: object } = {},
  ): Promise<ProviderAnswer> {
    const more = new URLSearchParams(query).toString();
    return this.#http.send({
      method,
      path: `/${this.#settings.graphVersion}/${path}?${this.#credentialsOf(page.token)}${more === "" ? "" : `&${more}`}`,
      ...(body === undefined
        ? {}
        : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    });
  }

  #credentialsOf(token: string): string {
    let known = this.#credentials.get(token);
    if (known === undefined) {
      const proof = appSecretProof(token, this.#settings.appSecret);
      known = `access_token=${encodeURIComponent(token)}&appsecret_proof=${proof}`;
      this.#credentials.set(token, known);
    }
    return known;
  }

  close(): Promise<void> {
    return this.#http.close();
  }
}
