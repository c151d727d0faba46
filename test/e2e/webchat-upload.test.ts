import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { call, CustomerCalls, read } from "./call.ts";
import { generateToken } from "./direct-line-client.ts";
import { startProgram, temporaryFolder, type Program } from "./program.ts";

const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const pdf = Buffer.from("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF");

interface SentFile {
  readonly bytes: Uint8Array<ArrayBuffer> | string;
  readonly name: string;
  readonly type: string;
}

function form(files: readonly SentFile[], activity: object = { type: "message" }): FormData {
  const body = new FormData();
  body.append(
    "activity",
    new Blob([JSON.stringify(activity)], { type: "application/vnd.microsoft.activity" }),
  );
  for (const { bytes, name, type } of files) body.append("file", new Blob([bytes], { type }), name);
  return body;
}

describe("an upload", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let program: Program;

  beforeAll(async () => {
    folder = await temporaryFolder();
    program = await startProgram(folder.path);
  });
  afterAll(async () => {
    await program.stop();
    await folder.remove();
  });

  const newCustomer = async () => new CustomerCalls(program.url, await generateToken(program.url));
  const sentBy = async (customer: CustomerCalls) =>
    (await customer.history()).activities.find(({ from }) => from.role === "user");

  it("comes back as an activity whose files anybody with the address can read, and nobody can guess", async () => {
    const customer = await newCustomer();
    const activity = { type: "message", text: "it came broken", channelData: { clientActivityID: "up-1" } };
    const large = Buffer.concat([png, Buffer.alloc(1_500_000, 7)]);
    const id = read.id(
      await customer.upload(
        form(
          [
            { bytes: large, name: "broken.png", type: "image/png" },
            { bytes: pdf, name: "receipt.pdf", type: "application/pdf" },
          ],
          activity,
        ),
      ),
    );
    const echo = await sentBy(customer);
    expect(echo).toMatchObject({ id, text: "it came broken", channelData: { clientActivityID: "up-1" } });
    const [picture, receipt] = echo?.attachments ?? [];
    expect([picture?.contentType, receipt?.contentType]).toEqual(["image/png", "application/pdf"]);
    const shown = await fetch(picture?.contentUrl ?? "");
    expect(Buffer.from(await shown.arrayBuffer()).equals(large)).toBe(true);
    expect(shown.headers.get("content-disposition")).toMatch(/^inline/u);
    const offered = await fetch(receipt?.contentUrl ?? "");
    await offered.arrayBuffer();
    expect(offered.headers.get("content-disposition")).toMatch(/^attachment/u);
    for (const answer of [shown, offered]) {
      expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
      expect(answer.headers.get("content-security-policy")).toBe("default-src 'none'; sandbox");
    }
    const guessed = (picture?.contentUrl ?? "").replace(/uploads\/[^/]{4}/u, "uploads/AAAA");
    expect((await call(guessed)).status).toBe(404);
  });

  it("may be one file as the whole body", async () => {
    const customer = await newCustomer();
    const answer = await customer.upload(png, {
      "Content-Type": "image/png",
      "Content-Disposition": 'name="file"; filename="a.png"',
    });
    expect(answer.status).toBe(200);
    expect((await sentBy(customer))?.attachments?.[0]).toMatchObject({
      contentType: "image/png",
      name: "a.png",
    });
  });

  it("is one activity when it is sent twice", async () => {
    const customer = await newCustomer();
    const send = () =>
      customer.upload(
        form([{ bytes: png, name: "a.png", type: "image/png" }], {
          type: "message",
          channelData: { clientActivityID: "twice" },
        }),
      );
    expect(read.id(await send())).toBe(read.id(await send()));
    expect((await customer.history()).activities.filter(({ from }) => from.role === "user")).toHaveLength(1);
  });

  it("is a picture by its bytes, whatever it is called", async () => {
    const customer = await newCustomer();
    await customer.upload(form([{ bytes: png, name: "../../<b>page</b>.html", type: "text/html" }]));
    const [attachment] = (await sentBy(customer))?.attachments ?? [];
    expect(attachment).toMatchObject({ contentType: "image/png", name: "b_.html.png" });
    const answer = await fetch(attachment?.contentUrl ?? "");
    await answer.arrayBuffer();
    expect(answer.headers.get("content-type")).toBe("image/png");
  });

  it.each([
    ["a page", "<!doctype html><script>alert(1)</script>", "text/html"],
    ["a page called a picture", "<!doctype html><script>alert(1)</script>", "image/png"],
    [
      "a drawing with a script in it",
      '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
      "image/svg+xml",
    ],
    ["a program", Buffer.concat([Buffer.from("7f454c4602010100", "hex"), Buffer.alloc(200)]), "image/png"],
    [
      "an archive",
      Buffer.concat([Buffer.from("504b0304140000000000", "hex"), Buffer.alloc(200)]),
      "application/zip",
    ],
    ["bytes of nothing", Buffer.from([1, 2, 3, 4, 5]), "text/plain"],
  ])("is refused when it is %s", async (_, bytes, type) => {
    const customer = await newCustomer();
    const answer = await customer.upload(form([{ bytes, name: "a.png", type }]));
    expect(`${String(answer.status)} ${read.errorCode(answer)}`).toBe("400 upload.refused");
    expect((await customer.history()).activities).toEqual([]);
  });

  it("of plain text is offered for download as that", async () => {
    const customer = await newCustomer();
    await customer.upload(
      form([{ bytes: "<script>alert(1)</script>", name: "notes.html", type: "text/plain" }]),
    );
    const [attachment] = (await sentBy(customer))?.attachments ?? [];
    expect(attachment).toMatchObject({ contentType: "text/plain", name: "notes.html.txt" });
    const answer = await fetch(attachment?.contentUrl ?? "");
    await answer.text();
    expect([
      answer.headers.get("content-type"),
      answer.headers.get("content-disposition")?.split(";")[0],
    ]).toEqual(["text/plain; charset=utf-8", "attachment"]);
  });

  it("is refused when it is too large or too many", async () => {
    const tooLarge = form([
      { bytes: Buffer.concat([png, Buffer.alloc(10 * 1024 * 1024)]), name: "a.png", type: "image/png" },
    ]);
    const tooMany = form(
      Array.from({ length: 6 }, (_, n) => ({ bytes: png, name: `${String(n)}.png`, type: "image/png" })),
    );
    for (const body of [tooLarge, tooMany]) {
      const answer = await (await newCustomer()).upload(body);
      expect(`${String(answer.status)} ${read.errorCode(answer)}`).toBe("413 request.tooLarge");
    }
  });

  it.each([
    ["no files", form([])],
    ["an activity that is none", form([{ bytes: png, name: "a.png", type: "image/png" }], { type: 5 })],
  ])("with %s is refused", async (_, body) => {
    expect((await (await newCustomer()).upload(body)).status).toBe(400);
  });

  it.each([
    ["no boundary", "multipart/form-data"],
    ["another boundary than it says", "multipart/form-data; boundary=x"],
  ])("with %s is refused", async (_, type) => {
    expect(
      (await (await newCustomer()).upload(Buffer.from("--y\r\n\r\nhello"), { "Content-Type": type })).status,
    ).toBe(400);
  });

  it("is not read at all without a good token", async () => {
    const { conversation } = await newCustomer();
    const thief = new CustomerCalls(program.url, { conversationId: conversation, token: "a.b" });
    // More than any upload, less than the server reads of a refused body before it ends the line: others use it after.
    expect((await thief.upload(Buffer.alloc(15 * 1024 * 1024))).status).toBe(403);
  });

  it("meets 429 when one conversation sends many", async () => {
    const customer = await newCustomer();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        customer.upload(form([{ bytes: png, name: "a.png", type: "image/png" }])),
      ),
    );
    expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThan(0);
  });
});
