import { Busboy } from "@fastify/busboy";
import { fileTypeFromBuffer } from "file-type";
import type { Attachment, Json } from "../../basics/activity.ts";
import { KumustaError } from "../../basics/errors.ts";
import { newKey } from "../../basics/ids.ts";
import type { Clock } from "../../basics/time.ts";
import type { HttpRequest, HttpResponse, Route } from "../http-port.ts";
import type { Access } from "./access.ts";
import { cleanLine } from "./clean-text.ts";
import type { DirectLine } from "./direct-line.ts";
import { readActivity } from "./incoming-activity.ts";
import { parseJson } from "./parse-json.ts";
import type { WebchatConversation, WebchatStore } from "./ports.ts";
import {
  defaultLimits,
  mostBodyBytes,
  mostFileBytes,
  mostFiles,
  mostUploadBytes,
  type WebchatSettings,
} from "./settings.ts";
import { TokenBuckets } from "./token-buckets.ts";

/** What customers may send, by what the bytes are and not by what they are called. */
const acceptedTypes: readonly string[] = [
  ...["image/png", "image/jpeg", "image/gif", "image/webp", "image/heic", "image/heif", "image/avif"],
  ...[
    "application/pdf",
    "audio/mpeg",
    "audio/mp4",
    "audio/x-m4a",
    "audio/ogg",
    "audio/wav",
    "audio/aac",
    "audio/amr",
    "audio/webm",
  ],
  ...["video/mp4", "video/webm", "video/quicktime", "video/3gpp"],
];
/** Shown in the page; everything else is offered for download. */
const shownTypes: readonly string[] = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"];

interface UploadedFile {
  readonly name: string;
  readonly declaredType: string;
  readonly bytes: Buffer;
}

interface Parts {
  readonly store: WebchatStore;
  readonly clock: Clock;
  readonly settings: WebchatSettings;
  readonly access: Access;
  readonly directLine: DirectLine;
}

/** Files that customers send: checked, kept in pieces, served from an address that nobody can guess. */
export class Uploads {
  readonly #parts: Parts;
  readonly #uploads: TokenBuckets;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#uploads = new TokenBuckets(parts.settings.limits?.uploads ?? defaultLimits.uploads, parts.clock);
  }

  get routes(): Route[] {
    return [
      {
        method: "POST",
        path: "/v3/directline/conversations/:conversationId/upload",
        bodyLimit: mostUploadBytes + mostBodyBytes,
        cors: { origins: "any" },
        admit: (request) => this.#admit(request),
        handle: (request) => this.#receive(request),
      },
      {
        method: "GET",
        path: "/v3/directline/uploads/:id/:name",
        bodyLimit: 0,
        cors: { origins: "any" },
        handle: (request) => this.#serve(request),
      },
    ];
  }

  /** Nobody without a good credential makes us read so much. */
  #admit(request: Omit<HttpRequest, "body">): void {
    const caller = this.#parts.access.callerOf(request);
    const id = request.params["conversationId"] ?? "";
    if (caller.by === "token" && caller.claims.conversation !== id)
      throw new KumustaError("auth.invalid", ["it is for another conversation"]);
    this.#uploads.take(id);
  }

  async #receive(request: HttpRequest): Promise<HttpResponse> {
    const { access, clock, directLine } = this.#parts;
    const caller = access.callerOf(request);
    const conversation = await directLine.conversationOf(caller, request.params["conversationId"]);
    const { posted, files } = await partsOf(request);
    if (files.length === 0) throw new KumustaError("request.malformed", ["file: none came"]);
    const checked = await Promise.all(files.map(typed));
    const kept = await this.#keep(conversation, checked);
    let isKept = false;
    try {
      const incoming = readActivity(
        posted,
        directLine.senderOf(caller, conversation, posted),
        clock.now(),
        kept.attachments,
      );
      const { id, duplicate } = await directLine.take(conversation, incoming);
      isKept = !duplicate && incoming.kind === "activity";
      return { status: 200, body: { id } };
    } finally {
      // Refused, or sent before: no activity names these files.
      if (!isKept) await Promise.allSettled(kept.ids.map((id) => this.#parts.store.dropUpload(id)));
    }
  }

  async #keep({ rowId }: WebchatConversation, files: readonly (UploadedFile & { contentType: string })[]) {
    const ids: string[] = [];
    const attachments: Attachment[] = [];
    for (const { name, contentType, bytes } of files) {
      const id = newKey();
      await this.#parts.store.addUpload({ id, rowId, name, contentType, bytes, at: this.#parts.clock.now() });
      ids.push(id);
      attachments.push({
        contentType,
        contentUrl: `/v3/directline/uploads/${id}/${encodeURIComponent(name)}`,
        name,
      });
    }
    return { ids, attachments };
  }

  async #serve(request: HttpRequest): Promise<HttpResponse> {
    const id = request.params["id"] ?? "";
    const upload = /^[\w-]{43}$/u.test(id) ? await this.#parts.store.findUpload(id) : undefined;
    if (upload === undefined) throw new KumustaError("route.unknown");
    const shown = shownTypes.includes(upload.contentType);
    return {
      status: 200,
      headers: {
        "Content-Type":
          upload.contentType === "text/plain" ? "text/plain; charset=utf-8" : upload.contentType,
        "Content-Disposition": `${shown ? "inline" : "attachment"}; filename*=UTF-8''${encodeURIComponent(upload.name).replaceAll("'", "%27")}`,
        // Whatever the bytes turn out to be, no browser runs them in our name.
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Cache-Control": "private, max-age=31536000, immutable",
      },
      body: upload.bytes,
    };
  }
}

/** The activity and the files of an upload: multipart, or one file as the whole body. */
async function partsOf(request: HttpRequest): Promise<{ posted: Json; files: readonly UploadedFile[] }> {
  const type = request.headers["content-type"] ?? "";
  if (/^multipart\/form-data\b/iu.test(type)) return multipart(request, type);
  const named = /filename="?([^";]+)"?/iu.exec(request.headers["content-disposition"] ?? "")?.[1];
  const file = { name: fileName(named), declaredType: type, bytes: request.body };
  if (file.bytes.length > mostFileBytes) throw tooLarge();
  return { posted: { type: "message" }, files: file.bytes.length === 0 ? [] : [file] };
}

function multipart(
  request: HttpRequest,
  contentType: string,
): Promise<{ posted: Json; files: readonly UploadedFile[] }> {
  return new Promise((resolve, reject) => {
    let posted: Json = { type: "message" };
    const files: UploadedFile[] = [];
    const limits = {
      fileSize: mostFileBytes,
      files: mostFiles + 1,
      fields: 4,
      parts: mostFiles + 8,
      fieldSize: mostBodyBytes,
    };
    const malformed = (cause: unknown) =>
      reject(new KumustaError("request.malformed", ["the multipart body cannot be read"], { cause }));
    const takeActivity = (bytes: Buffer) => {
      try {
        posted = parseJson(bytes);
      } catch (thrown) {
        reject(thrown instanceof KumustaError ? thrown : new KumustaError("request.malformed"));
      }
    };
    try {
      const parser = new Busboy({ headers: { "content-type": contentType }, limits });
      parser.on("field", (name, value) => {
        if (name === "activity") takeActivity(Buffer.from(value));
      });
      parser.on("file", (field, stream, name, _encoding, declaredType) => {
        const chunks: Buffer[] = [];
        stream.on("data", (chunk: Buffer) => chunks.push(chunk));
        stream.on("limit", () => reject(tooLarge()));
        stream.on("error", malformed);
        stream.on("end", () => {
          const bytes = Buffer.concat(chunks);
          // The official client sends the activity as a part with a file name too.
          if (field === "activity") takeActivity(bytes);
          else if (bytes.length > 0) files.push({ name: fileName(name), declaredType, bytes });
        });
      });
      for (const limit of ["partsLimit", "filesLimit", "fieldsLimit"] as const)
        parser.on(limit, () => reject(tooLarge()));
      parser.on("error", malformed);
      parser.on("finish", () => (files.length > mostFiles ? reject(tooLarge()) : resolve({ posted, files })));
      parser.end(request.body);
    } catch (thrown) {
      malformed(thrown);
    }
  });
}

function tooLarge(): KumustaError {
  return new KumustaError("request.tooLarge", [
    `at most ${String(mostFiles)} files of ${String(mostFileBytes / 1024 / 1024)} MB`,
  ]);
}

/** A name to show: its last segment, without what has a meaning in paths, headers or markup. */
function fileName(given: string | undefined): string {
  const last = cleanLine((given ?? "").split(/[/\\]/u).at(-1) ?? "", 100);
  const plain = last.replaceAll(/[<>:"|?*%]/gu, "_").replace(/^\.+/u, "");
  return plain === "" ? "file" : plain;
}

/** The file with the type that its bytes have, and a name that says no other. @throws KumustaError `upload.refused` */
async function typed(file: UploadedFile): Promise<UploadedFile & { contentType: string }> {
  const found = await fileTypeFromBuffer(file.bytes);
  if (found === undefined) {
    if (!/^text\/plain\b/iu.test(file.declaredType) || !isPlainText(file.bytes))
      throw new KumustaError("upload.refused", [file.name]);
    return { ...file, contentType: "text/plain", name: withEnding(file.name, "txt") };
  }
  const [mime = ""] = found.mime.split(";");
  if (!acceptedTypes.includes(mime)) throw new KumustaError("upload.refused", [`${file.name}: ${mime}`]);
  return { ...file, contentType: mime, name: withEnding(file.name, found.ext) };
}

/** `photo.html` that is a PNG becomes `photo.html.png`: whoever saves it gets what it is. */
function withEnding(name: string, ending: string): string {
  const given = /\.(\w+)$/u.exec(name)?.[1]?.toLowerCase();
  return given === ending || (given === "jpeg" && ending === "jpg") ? name : `${name}.${ending}`;
}

function isPlainText(bytes: Buffer): boolean {
  try {
    return !/[\u0000-\u0008\u000e-\u001f]/u.test(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return false;
  }
}
