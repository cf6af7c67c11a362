import type { IncomingMessage } from "node:http";
import { badRequest, Refusal } from "./refusal.ts";

/** Bots may send files of up to 50 MB. */
const UPLOAD_LIMIT = 50 * 1024 * 1024;
/** Room for the fields around the files of one album. */
const BODY_LIMIT = 10 * UPLOAD_LIMIT + 4 * 1024 * 1024;
const MAX_FILES = 20;

export type Upload = { fileName: string; mimeType: string; bytes: Uint8Array };
export type Form = { fields: Map<string, string>; files: Map<string, Upload> };

export const tooLarge = () => new Refusal(413, "Request Entity Too Large");

/** Reads a body whole, up to a limit. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Reads a multipart body: fields, and files under the names by which `attach://` refers to them. */
export async function readMultipart(request: IncomingMessage): Promise<Form> {
  const type = request.headers["content-type"] ?? "";
  const boundary = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(type);
  if (!boundary) throw badRequest("boundary in multipart/form-data not found");
  return parseMultipart(await readBody(request, BODY_LIMIT), boundary[1] ?? boundary[2]!);
}

/**
 * Takes part headers as the real server does, which is more than libraries take: names of files
 * without quotes, in any script, up to the next semicolon.
 */
export function parseMultipart(body: Buffer, boundary: string): Form {
  const form: Form = { fields: new Map(), files: new Map() };
  const mark = Buffer.from(`--${boundary}`);
  const end = Buffer.from(`\r\n--${boundary}`);
  let at = body.indexOf(mark);
  while (at >= 0) {
    at += mark.length;
    if (body.toString("latin1", at, at + 2) === "--") return form;
    const headersEnd = body.indexOf("\r\n\r\n", at);
    const contentEnd = headersEnd < 0 ? -1 : body.indexOf(end, headersEnd + 2);
    if (contentEnd < 0) break;
    const content = body.subarray(Math.min(headersEnd + 4, contentEnd), contentEnd);
    addPart(form, body.toString("utf8", at, headersEnd), content);
    at = contentEnd + 2;
  }
  throw badRequest("can't parse form data: the body ends too early");
}

function addPart(form: Form, headers: string, content: Buffer): void {
  const disposition = headerOf(headers, "content-disposition");
  const name = parameterOf(disposition, "name");
  if (!name) throw badRequest("field name in multipart/form-data not found");
  const fileName = parameterOf(disposition, "filename");
  if (fileName === undefined) {
    form.fields.set(name, content.toString("utf8"));
    return;
  }
  if (form.files.size === MAX_FILES) throw new Refusal(413, "Request Entity Too Large: too many files attached");
  if (content.length > UPLOAD_LIMIT) throw tooLarge();
  const mimeType = headerOf(headers, "content-type").trim();
  form.files.set(name, { fileName: fileName.replace(/^.*[/\\]/, ""), mimeType, bytes: content });
}

function headerOf(headers: string, name: string): string {
  const line = headers.split("\r\n").find((one) => one.toLowerCase().startsWith(`${name}:`));
  return line?.slice(name.length + 1) ?? "";
}

/** A parameter of a header: quoted, or bare up to the next semicolon; percent signs are decoded in both. */
function parameterOf(header: string, name: string): string | undefined {
  const match = new RegExp(`;\\s*${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^;]*))`, "i").exec(header);
  const value = match && (match[1]?.replace(/\\(.)/g, "$1") ?? match[2]?.trim() ?? "");
  return value?.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) =>
    Buffer.from(bytes.replaceAll("%", ""), "hex").toString("utf8"),
  );
}
