import type { MediaInput } from "../world/make-media.ts";
import type { Draft, Entity, ServiceAction } from "../world/types.ts";
import { BadRequest, Fields } from "./json.ts";

/** Reads what a request says about a message to add. */

const types = ["photo", "document", "video", "round", "audio", "voice", "animation", "sticker"] as const;

export function readMedia(value: unknown): MediaInput {
  if (typeof value !== "object" || value === null)
    throw new BadRequest('"media" must be {"type":"photo","size":20000}.');
  const fields = new Fields(value as Record<string, unknown>);
  const type = types.find((one) => one === fields.text("type", "document"));
  if (!type) throw new BadRequest(`The type of "media" must be one of ${types.join(", ")}.`);
  const size = fields.number("size", 10_000);
  const media: MediaInput = { type, size };
  if (fields.raw.name === null || typeof fields.raw.name === "string") media.name = fields.raw.name;
  if (fields.has("mimeType")) media.mimeType = fields.text("mimeType");
  if (fields.has("key")) media.key = fields.text("key");
  if (fields.has("dcId")) media.dcId = fields.number("dcId") === 1 ? 1 : 2;
  return media;
}

/** Text and the rest; media and album are the caller's. */
export function readDraft(fields: Fields): Draft {
  const draft: Draft = { text: fields.text("text", "") };
  if (Array.isArray(fields.raw.entities)) draft.entities = fields.raw.entities as Entity[];
  if (fields.has("date")) draft.date = fields.number("date");
  if (fields.has("service")) draft.service = fields.raw.service as ServiceAction;
  if (fields.has("replyTo")) draft.replyTo = { messageId: fields.number("replyTo") };
  if (fields.has("topicId")) draft.topicId = fields.number("topicId");
  if (fields.flag("silent")) draft.silent = true;
  return draft;
}
