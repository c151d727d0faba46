import { z } from "zod";
import type { Route } from "../channels/http-port.ts";
import { check } from "../channels/webchat/check.ts";
import { parseJson } from "../channels/webchat/parse-json.ts";
import { erasePerson, type ErasePersonParts } from "../store/privacy/erase-person.ts";
import type { AdminDoor } from "./admin-door.ts";

const wanted = z.strictObject({
  contact: z.string().trim().min(1).max(320),
  by: z.string().trim().min(1).max(100),
});

/** `POST /api/privacy/erase` {contact, by}: erases a person while the server goes on, and answers with the receipt. */
export function privacyApi(parts: ErasePersonParts & { readonly door: AdminDoor }): Route[] {
  return [
    {
      method: "POST",
      path: "/api/privacy/erase",
      bodyLimit: 4 * 1024,
      admit: (request) => {
        parts.door.require(request);
      },
      handle: async (request) => {
        parts.door.require(request);
        const { contact, by } = check(wanted, parseJson(request.body));
        return { status: 200, body: await erasePerson(parts, contact, by) };
      },
    },
  ];
}
