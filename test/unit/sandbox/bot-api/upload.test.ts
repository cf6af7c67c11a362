import { describe, expect, it } from "vitest";
import { parseMultipart } from "../../../../sandbox/bot-api/upload.ts";

const body = (...parts: string[]) => Buffer.from(`${parts.map((part) => `--b\r\n${part}\r\n`).join("")}--b--\r\n`);

describe("a multipart body", () => {
  it("is read with bare and quoted names of files, in any script", () => {
    const form = parseMultipart(
      body(
        'content-disposition:form-data;name="chat_id"\r\n\r\n17',
        'content-disposition:form-data;name="x";filename=привіт (1).txt\r\ncontent-type:text/plain\r\n\r\none\r\ntwo',
        'Content-Disposition: form-data; name="y"; filename="a \\"b\\".txt"\r\n\r\n',
      ),
      "b",
    );
    expect([...form.fields]).toEqual([["chat_id", "17"]]);
    expect(form.files.get("x")).toMatchObject({ fileName: "привіт (1).txt", mimeType: "text/plain" });
    expect(Buffer.from(form.files.get("x")!.bytes).toString()).toBe("one\r\ntwo");
    expect(form.files.get("y")).toMatchObject({ fileName: 'a "b".txt', bytes: Buffer.alloc(0) });
  });

  it("keeps no folder of a file's name", () => {
    const form = parseMultipart(body('content-disposition:form-data;name="x";filename=../../etc/passwd\r\n\r\nz'), "b");
    expect(form.files.get("x")?.fileName).toBe("passwd");
  });

  it("is refused where it ends too early or a part has no name", () => {
    expect(() => parseMultipart(Buffer.from("--b\r\ncontent-disposition:form-data"), "b")).toThrow("ends too early");
    expect(() => parseMultipart(body("content-disposition:form-data\r\n\r\nz"), "b")).toThrow("field name");
  });
});
