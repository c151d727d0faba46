/**
 * The catalogue of every error the program raises on purpose. `next` says whose turn it is and what to do;
 * docs/errors.md lists the same rows and a test keeps the two in step.
 */
export const errorCatalogue = {
  "config.invalid": {
    status: 500,
    message: "The configuration has faults",
    next: "Mend the variables named below (see .env.example) and start again.",
  },
  "content.invalid": {
    status: 500,
    message: "The content has faults",
    next: "Mend the lines named below and start again.",
  },
  "content.missing": {
    status: 500,
    message: "There is no content in this folder",
    next: "Name the folder that holds intents/ and dialogs/: --dir FOLDER, or CONTENT_DIR.",
  },
  "data.unwritable": {
    status: 500,
    message: "The data folder cannot be written",
    next: "Give this user write access to it, or set DATA_DIR to another folder.",
  },
  "store.inUse": {
    status: 500,
    message: "Another process is using this database",
    next: "Stop the other process first, or give this one a DATABASE_URL of its own.",
  },
  "store.damaged": {
    status: 500,
    message: "The database file is damaged",
    next: "Restore the last backup (docs/operations.md, Restore).",
  },
  "store.newer": {
    status: 500,
    message: "The database was written by a newer version of Kumusta",
    next: "Install that version or newer, or restore a backup made by this version.",
  },
  "store.older": {
    status: 500,
    message: "The database was last used by an older version of Kumusta",
    next: "Start the server once: it brings the tables up to date.",
  },
  "store.foreign": {
    status: 500,
    message: "This is no database of Kumusta",
    next: "Name the file that a server, kumusta demo or kumusta backup made.",
  },
  "store.unreachable": {
    status: 503,
    message: "The database cannot be reached",
    next: "Check DATABASE_URL and that the database server runs.",
  },
  "store.refused": {
    status: 503,
    message: "The store could not save this now",
    next: "Send it again after Retry-After seconds; nothing of it was kept.",
  },
  "store.conflict": {
    status: 409,
    message: "The conversation changed meanwhile",
    next: "Read it again and repeat.",
  },
  "port.taken": {
    status: 500,
    message: "The port is in use by another program",
    next: "Stop that program, or set PORT to a free one.",
  },
  "web.missing": { status: 500, message: "The web bundle is missing", next: "Run: npm run build" },
  "backup.target": {
    status: 500,
    message: "The backup cannot be written there",
    next: "Name a file that does not exist yet, in a folder you can write.",
  },
  "output.refused": {
    status: 500,
    message: "This cannot be written there",
    next: "Name a file or folder that does not exist yet, in a folder you can write.",
  },
  "report.nothing": {
    status: 500,
    message: "There is nothing to report on",
    next: "npx kumusta start logs conversations, npx kumusta demo makes some up; --store names another file.",
  },
  "demo.refused": {
    status: 500,
    message: "The made-up traffic was not written",
    next: "See npx kumusta demo --help.",
  },
  "server.unreachable": {
    status: 503,
    message: "No running server answered",
    next: "Start it with npm start, or check PORT and DATA_DIR.",
  },
  "engine.busy": {
    status: 503,
    message: "Too many messages are waiting",
    next: "Send it again after Retry-After seconds.",
  },
  "engine.stopping": {
    status: 503,
    message: "The server is stopping",
    next: "Send it again after Retry-After seconds.",
  },
  "turn.timeout": {
    status: 500,
    message: "A turn took too long to decide",
    next: "Look for middleware or a recognizer that does not answer; the log names the message.",
  },
  "action.timeout": {
    status: 500,
    message: "The action took longer than its time-out",
    next: "Check the business endpoint, or raise the action's time-out.",
  },
  "action.unknown": {
    status: 500,
    message: "No such action is defined",
    next: "Define it with defineAction or remove the call from the dialog.",
  },
  "tests.missing": {
    status: 500,
    message: "There is no such test file",
    next: "Name files that end in .test.yaml or folders that hold some, or none to play all.",
  },
  "action.refused": {
    status: 502,
    message: "The business endpoint refused the action",
    next: "It is not tried again. The reason names the endpoint's status; see docs/actions.md.",
  },
  "action.unavailable": {
    status: 503,
    message: "The business endpoint could not be reached or failed",
    next: "It is tried again a few times under the same key. Check ACTIONS_URL and the endpoint's log.",
  },
  "action.answer": {
    status: 502,
    message: "The business endpoint's answer cannot be used",
    next: "Let it answer as docs/actions.md says, with the fields that dialogs/actions.yaml names.",
  },
  "action.unproved": {
    status: 403,
    message: "The action needs a verified contact",
    next: "Nothing was sent. Set WIDGET_IDENTITY_SECRET so that your site can sign who its shopper is.",
  },
  "request.tooLarge": {
    status: 413,
    message: "The request is too large",
    next: "Send less than the limit named in the message.",
  },
  "request.malformed": {
    status: 400,
    message: "The request cannot be read",
    next: "Mend the fields named in the message.",
  },
  "request.unsupportedType": {
    status: 415,
    message: "This content type is not accepted",
    next: "Send application/json, or multipart/form-data for uploads.",
  },
  "request.tooMany": { status: 429, message: "Too many requests", next: "Wait Retry-After seconds." },
  "auth.missing": {
    status: 401,
    message: "The Authorization header is missing or malformed",
    next: "Send Authorization: Bearer and a token or secret.",
  },
  "auth.invalid": { status: 403, message: "This token is not valid here", next: "Ask for a new token." },
  "signature.invalid": {
    status: 403,
    message: "The request does not prove that it is the provider's",
    next: "Where it is: compare the channel's secret (MESSENGER_APP_SECRET, TWILIO_AUTH_TOKEN, TELEGRAM_SECRET) and PUBLIC_URL with the provider's settings.",
  },
  "auth.expired": {
    status: 403,
    message: "The token has expired",
    next: "Refresh tokens before they expire, or start a new session.",
  },
  "origin.refused": {
    status: 403,
    message: "This origin may not open a session",
    next: "Add the site to WIDGET_ORIGINS.",
  },
  "conversation.unknown": {
    status: 404,
    message: "There is no such conversation",
    next: "Start a conversation first.",
  },
  "turn.unknown": {
    status: 404,
    message: "There is no such turn",
    next: "Turn ids stand in: npx kumusta cases show CASE --json, and in npx kumusta export turns.",
  },
  "person.unknown": {
    status: 404,
    message: "Nothing is held on this person",
    next: "Name them as the channel knows them: a phone number, channel:id, or the id of a conversation or case.",
  },
  "person.ambiguous": {
    status: 409,
    message: "That is the name of several people",
    next: "Say which: channel:id (telegram:123, shopper:123), or the whole id of a conversation or case. npx kumusta privacy find shows them all.",
  },
  "case.unknown": {
    status: 404,
    message: "There is no such case",
    next: "List the cases with: npx kumusta cases list --status all.",
  },
  "case.ambiguous": {
    status: 409,
    message: "Several cases have this short id",
    next: "Use the whole id, one of those named above.",
  },
  "case.conflict": {
    status: 409,
    message: "The case does not take this now",
    next: "Look at it with: npx kumusta cases show ID.",
  },
  "route.unknown": { status: 404, message: "There is nothing at this address", next: "Check the path." },
  "method.refused": {
    status: 405,
    message: "This method is not allowed here",
    next: "Use the method that the documentation names.",
  },
  "upload.refused": {
    status: 400,
    message: "This file is not accepted",
    next: "Send an image, a PDF, an audio or video file, or plain text within the size limit.",
  },
  internal: {
    status: 500,
    message: "Something went wrong on our side",
    next: "Try again; the server's log has the reason under this request id.",
  },
} as const satisfies Record<string, { status: number; message: string; next: string }>;

export type ErrorCode = keyof typeof errorCatalogue;

/** An error of the catalogue with the particulars of this occurrence. Details never hold secrets or personal data. */
export class KumustaError extends Error {
  readonly code: ErrorCode;
  /** HTTP status to answer with when this reaches a request. */
  readonly status: number;
  readonly next: string;
  readonly details: readonly string[];
  /** Seconds to wait before trying again, where waiting helps. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: ErrorCode,
    details: readonly string[] = [],
    options: { cause?: unknown; retryAfterSeconds?: number } = {},
  ) {
    const entry = errorCatalogue[code];
    const particulars = details.length > 0 ? `: ${details.join("; ")}` : "";
    super(`${entry.message}${particulars}`, options.cause === undefined ? {} : { cause: options.cause });
    this.name = "KumustaError";
    this.code = code;
    this.status = entry.status;
    this.next = entry.next;
    this.details = details;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** The reason of anything thrown, as one line of text. */
export function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
