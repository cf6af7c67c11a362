import type { IncomingMessage } from "node:http";
import busboy from "busboy";
import { Refusal } from "./refusal.ts";

/** Bots may send files of up to 50 MB. */
export const UPLOAD_LIMIT = 50 * 1024 * 1024;

export type Upload = { fileName: string; mimeType: string; bytes: Uint8Array };
export type Form = { fields: Map<string, string>; files: Map<string, Upload> };

const tooLarge = () => new Refusal(413, "Request Entity Too Large");

/** Reads a multipart body: fields, and files under the names by which `attach://` refers to them. */
export function readMultipart(request: IncomingMessage): Promise<Form> {
  return new Promise((resolve, reject) => {
    const form: Form = { fields: new Map(), files: new Map() };
    const parser = busboy({
      headers: request.headers,
      defParamCharset: "utf8",
      limits: { fileSize: UPLOAD_LIMIT, fieldSize: 1 << 20, files: 20 },
    });
    parser.on("field", (name, value) => form.fields.set(name, value));
    parser.on("file", (name, stream, { filename, mimeType }) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("limit", () => reject(tooLarge()));
      stream.on("end", () =>
        form.files.set(name, { fileName: filename ?? "", mimeType, bytes: Buffer.concat(chunks) }),
      );
    });
    parser.on("error", () => reject(new Refusal(400, "Bad Request: can't parse the multipart body")));
    parser.on("close", () => resolve(form));
    request.on("aborted", () => reject(new Refusal(400, "Bad Request: the request was aborted")));
    request.pipe(parser);
  });
}
