import type { IncomingMessage } from "node:http";
import { Params } from "./params.ts";
import { badRequest } from "./refusal.ts";
import { readBody, readMultipart, type Upload } from "./upload.ts";

/** Reads a call's parameters from the query string and from a body of any of the three kinds. */
export async function readParams(request: IncomingMessage, url: URL): Promise<Params> {
  const values = new Map<string, unknown>(url.searchParams);
  const type = (request.headers["content-type"] ?? "").toLowerCase();
  let files: Map<string, Upload> = new Map();
  if (type.startsWith("multipart/form-data")) {
    const form = await readMultipart(request);
    for (const [name, value] of form.fields) values.set(name, value);
    files = form.files;
  } else {
    const body = (await readBody(request, BODY_LIMIT)).toString("utf8");
    if (type.startsWith("application/json")) {
      for (const [name, value] of Object.entries(parseObject(body))) values.set(name, value);
    } else {
      for (const [name, value] of new URLSearchParams(body)) values.set(name, value);
    }
  }
  return new Params(values, files);
}

const BODY_LIMIT = 4 * 1024 * 1024;

function parseObject(body: string): object {
  if (!body.trim()) return {};
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  } catch {
    throw badRequest("can't parse JSON object");
  }
  throw badRequest("object expected");
}
