import { randomInt } from "node:crypto";
import { z } from "zod";
import { ProviderHttp } from "../provider-http.ts";
import type { Finding } from "../provider.ts";
import { Graph } from "./graph.ts";
import { graphFailure, jsonOf } from "./graph-error.ts";
import { subscriptionOf } from "./page-watch.ts";
import { webhookPath, type MessengerSettings, type Page } from "./settings.ts";

/** Permissions without which nothing can be sent, or no events come (Messenger Platform: overview of permissions). */
const neededScopes = ["pages_messaging", "pages_manage_metadata"] as const;

const pageBody = z.object({ id: z.string(), name: z.string().optional() });
const tokenBody = z.object({
  data: z.object({
    is_valid: z.boolean(),
    scopes: z.array(z.string()).default([]),
    app_id: z.string().optional(),
  }),
});

/** Looks at credentials, permissions and subscriptions of each page, and whether Meta could reach the webhook. */
export async function examineMessenger(settings: MessengerSettings): Promise<readonly Finding[]> {
  const graph = new Graph(settings);
  try {
    const findings: Finding[] = [];
    for (const page of settings.pages.values()) findings.push(...(await examinePage(settings, graph, page)));
    return [...findings, await examineWebhook(settings)];
  } finally {
    await graph.close();
  }
}

async function examinePage(settings: MessengerSettings, graph: Graph, page: Page): Promise<Finding[]> {
  const credentials = await credentialsOf(graph, page);
  if (!credentials.fine) return [credentials];
  return [credentials, await permissionsOf(settings, graph, page), await fieldsOf(settings, graph, page)];
}

async function credentialsOf(graph: Graph, page: Page): Promise<Finding> {
  const check = `page ${page.id}: credentials`;
  const answer = await graph.call("GET", page.id, page, { query: { fields: "id,name" } });
  if (answer.type !== "answered")
    return {
      check,
      fine: false,
      found: answer.reason,
      mend: "Check MESSENGER_API_URL and the way to the internet.",
    };
  if (answer.status >= 300)
    return {
      check,
      fine: false,
      found: graphFailure(answer).reason,
      mend: "Make a new page token and check that MESSENGER_APP_SECRET belongs to the same app.",
    };
  const read = pageBody.safeParse(jsonOf(answer.body));
  return { check, fine: true, found: read.data?.name ?? "the token is accepted" };
}

async function permissionsOf(settings: MessengerSettings, graph: Graph, page: Page): Promise<Finding> {
  const check = `page ${page.id}: permissions`;
  const { appId } = settings;
  if (appId === undefined)
    return { check, fine: false, found: "not looked at", mend: "Set MESSENGER_APP_ID." };
  const answer = await graph.call(
    "GET",
    "debug_token",
    { token: `${appId}|${settings.appSecret}` },
    {
      query: { input_token: page.token },
    },
  );
  const read = answer.type === "answered" ? tokenBody.safeParse(jsonOf(answer.body)) : undefined;
  if (read?.success !== true)
    return {
      check,
      fine: false,
      found: "Meta did not tell",
      mend: "Check MESSENGER_APP_ID and MESSENGER_APP_SECRET.",
    };
  const { is_valid: isValid, scopes } = read.data.data;
  const missing = neededScopes.filter((scope) => !scopes.includes(scope));
  if (!isValid || missing.length > 0)
    return {
      check,
      fine: false,
      found: isValid ? `missing: ${missing.join(", ")}` : "the token is not valid",
      mend: "Make the page token again with these permissions.",
    };
  return { check, fine: true, found: scopes.join(", ") };
}

async function fieldsOf(settings: MessengerSettings, graph: Graph, page: Page): Promise<Finding> {
  const check = `page ${page.id}: subscribed fields`;
  const mend = "Run: npx kumusta setup messenger";
  const found = await subscriptionOf(graph, page, settings.appId);
  switch (found.type) {
    case "subscribed":
      return found.missing.length === 0
        ? { check, fine: true, found: found.fields.join(", ") }
        : { check, fine: false, found: `missing: ${found.missing.join(", ")}`, mend };
    case "notSubscribed":
      return { check, fine: false, found: "Meta sends this page's events to nobody", mend };
    case "refused":
    case "unknown":
      return { check, fine: false, found: found.reason, mend };
  }
}

/** Does Meta's handshake ourselves, by the address that Meta calls. */
async function examineWebhook({ publicUrl, verifyToken }: MessengerSettings): Promise<Finding> {
  const check = "webhook reachable";
  if (publicUrl === undefined)
    return {
      check,
      fine: false,
      found: "PUBLIC_URL is not set",
      mend: "Set it to the address that Meta calls.",
    };
  const challenge = String(randomInt(1e9));
  const query = new URLSearchParams({
    "hub.mode": "subscribe",
    "hub.verify_token": verifyToken,
    "hub.challenge": challenge,
  });
  const http = new ProviderHttp(publicUrl);
  try {
    const answer = await http.send({ method: "GET", path: `${webhookPath}?${query.toString()}` });
    const address = `${publicUrl}${webhookPath}`;
    if (answer.type !== "answered")
      return {
        check,
        fine: false,
        found: `${address}: ${answer.reason}`,
        mend: "Start the server, and check DNS and the proxy.",
      };
    if (answer.status !== 200 || answer.body !== challenge)
      return {
        check,
        fine: false,
        found: `${address} answered ${String(answer.status)}`,
        mend: "Check that it is this server, with the same MESSENGER_VERIFY_TOKEN.",
      };
    if (!publicUrl.startsWith("https:"))
      return {
        check,
        fine: false,
        found: "PUBLIC_URL is not https",
        mend: "Meta calls https addresses only.",
      };
    return { check, fine: true, found: address };
  } finally {
    await http.close();
  }
}
