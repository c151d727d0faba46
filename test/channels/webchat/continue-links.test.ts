import { describe, expect, it } from "@jest/globals";
import { newId } from "../../../src/basics/ids.ts";
import { ContinueLinks } from "../../../src/channels/webchat/continue-links.ts";

const clock = { at: 1_795_000_000_000, now: () => clock.at, elapsed: () => 0 };
const links = new ContinueLinks("a-secret-for-tests-only", clock);

describe("a link that goes on in web chat", () => {
  it("leads to the conversation it was made for, in 48 characters", () => {
    const id = newId();
    const token = links.issue(id);
    expect(token).toMatch(/^[\w-]{48}$/u);
    expect(links.read(token)).toBe(id);
  });

  it("is good for a day and no longer", () => {
    const id = newId();
    const token = links.issue(id);
    clock.at += 23 * 3_600_000;
    expect(links.read(token)).toBe(id);
    clock.at += 2 * 3_600_000;
    expect(() => links.read(token)).toThrow("The token has expired");
  });

  it("with one character changed, cut, or of another secret leads nowhere", () => {
    const token = links.issue(newId());
    const other = new ContinueLinks("another-secret-for-tests", clock).issue(newId());
    const changed = token
      .split("")
      .map((character, at) => token.slice(0, at) + (character === "A" ? "B" : "A") + token.slice(at + 1));
    for (const wrong of [...changed, other, token.slice(1), `${token}A`, "", "%00", `${token}=`])
      expect(() => links.read(wrong)).toThrow("This token is not valid here");
  });
});
