import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { createHmac } from "node:crypto";
import { call, CustomerCalls, read } from "./call.ts";
import { startProgram, temporaryFolder, type Program } from "./program.ts";

const identitySecret = "identity-secret-for-tests";
const signed = (id: string) => ({ id, hmac: createHmac("sha256", identitySecret).update(id).digest("hex") });

describe("a session of the widget", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let program: Program;
  const env = {
    WIDGET_ORIGINS: "https://shop.example,https://m.shop.example",
    WIDGET_IDENTITY_SECRET: identitySecret,
  };

  beforeAll(async () => {
    folder = await temporaryFolder();
    program = await startProgram(folder.path, env);
  });
  afterAll(async () => {
    await program.stop();
    await folder.remove();
  });

  const ask = (body: unknown = {}, headers: Record<string, string> = {}) =>
    call(`${program.url}/widget/session`, { method: "POST", body, headers });
  const open = async (body?: unknown) => read.session(await ask(body));

  it("gives a page without any secret a conversation of its own", async () => {
    const [one, other] = [await open(), await open()];
    expect(one.conversationId).not.toBe(other.conversationId);
    expect(one.userId).toMatch(/^dl_/u);
    const customer = new CustomerCalls(program.url, one);
    expect((await customer.say("hello")).status).toBe(200);
    expect((await customer.history()).activities[0]?.from.id).toBe(one.userId);
  });

  it("needs no body at all", async () => {
    expect((await call(`${program.url}/widget/session`, { method: "POST" })).status).toBe(200);
  });

  describe("origins", () => {
    it("serves the sites that are named and the server's own pages, and names them in CORS headers", async () => {
      for (const origin of ["https://shop.example", "https://m.shop.example", program.url]) {
        const answer = await ask({}, { Origin: origin });
        expect([
          answer.status,
          answer.headers.get("access-control-allow-origin"),
          answer.headers.get("vary"),
        ]).toEqual([200, origin, "Origin"]);
      }
    });

    it("refuses every other site, and lets it read nothing", async () => {
      for (const origin of [
        "https://evil.example",
        "https://shop.example.evil.example",
        "http://shop.example",
        "null",
      ]) {
        const answer = await ask({}, { Origin: origin });
        expect(`${String(answer.status)} ${read.errorCode(answer)}`).toBe("403 origin.refused");
        expect(answer.headers.get("access-control-allow-origin")).toBeNull();
        const preflight = await call(`${program.url}/widget/session`, {
          method: "OPTIONS",
          headers: { Origin: origin },
        });
        expect(preflight.headers.get("access-control-allow-origin")).toBeNull();
      }
    });
  });

  describe("resuming", () => {
    it("brings the conversation back the next day, and after a restart of the server", async () => {
      const first = await open();
      await new CustomerCalls(program.url, first).say("hello");
      await program.stop();
      program = await startProgram(folder.path, env);
      const next = await open({ resume: first.resume });
      expect([next.conversationId, next.userId]).toEqual([first.conversationId, first.userId]);
      expect((await new CustomerCalls(program.url, next).history()).activities[0]?.text).toBe("hello");
    });

    it("gives a new key at each use; the one before stays good until the new one was used", async () => {
      const first = await open();
      const second = await open({ resume: first.resume });
      expect(second.resume).not.toBe(first.resume);
      // The answer was lost: the old key brings the same one again, in every tab.
      expect((await open({ resume: first.resume })).resume).toBe(second.resume);
      const third = await open({ resume: second.resume });
      expect(third.conversationId).toBe(first.conversationId);
      expect((await open({ resume: first.resume })).conversationId).not.toBe(first.conversationId);
      expect((await open({ resume: second.resume })).conversationId).toBe(first.conversationId);
    });

    it("begins anew with a key that opens nothing", async () => {
      for (const resume of ["nonsense", "", "x".repeat(200), "' or 1=1 --", "\u0000"]) {
        expect((await ask({ resume })).status).toBe(200);
      }
    });
  });

  describe("a shopper whom the site signed", () => {
    it("who logs in while they chat goes on in another conversation; the one before stays nobody's", async () => {
      const before = await open({});
      const loggedIn = await open({ resume: before.resume, identity: signed("shopper-44") });
      expect(loggedIn.conversationId).not.toBe(before.conversationId);
      expect((await open({ resume: before.resume })).conversationId).toBe(before.conversationId);
    });

    it("gets a conversation that opens for that shopper alone", async () => {
      const first = await open({ identity: signed("shopper-42") });
      expect((await open({ resume: first.resume, identity: signed("shopper-42") })).conversationId).toBe(
        first.conversationId,
      );
      const { resume } = await open({ identity: signed("shopper-42") });
      const loggedOut = await open({ resume });
      const somebodyElse = await open({ resume, identity: signed("shopper-43") });
      const again = await open({ resume, identity: signed("shopper-42") });
      expect(
        new Set([loggedOut.conversationId, somebodyElse.conversationId, again.conversationId]).size,
      ).toBe(3);
    });

    it("is refused without the site's signature", async () => {
      const { hmac } = signed("shopper-42");
      for (const identity of [
        { id: "shopper-43", hmac },
        { id: "shopper-42", hmac: "0".repeat(64) },
      ]) {
        const answer = await ask({ identity });
        expect(`${String(answer.status)} ${read.errorCode(answer)}`).toBe("403 auth.invalid");
      }
    });
  });

  it.each([
    ["[]"],
    ['{"resume":5}'],
    ['{"identity":"me"}'],
    ['{"identity":{"id":"a b","hmac":"00"}}'],
    ["{"],
  ])("answers %s with 400", async (body) => {
    expect((await ask(body)).status).toBe(400);
  });

  it("meets 429 with Retry-After when one address opens hundreds", async () => {
    const answers = await Promise.all(Array.from({ length: 200 }, () => ask()));
    const refused = answers.find(({ status }) => status === 429);
    expect(Number(refused?.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
    expect(answers.filter(({ status }) => status !== 200 && status !== 429)).toEqual([]);
  });
});
