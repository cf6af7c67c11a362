import { bigint, flag, instant, integer, json, key, name, type Schema, seconds, text, words } from "./schema.ts";
import { ensureTable } from "./tables.ts";

const MEDIA_TYPES = ["none", "photo", "video", "document", "audio", "voice", "sticker", "animation", "other"];
const STATUSES = ["retrieved", "downloaded", "archived", "deleted", "failed"];

export const up = (schema: Schema) =>
  ensureTable(
    schema,
    "messages",
    {
      chat_id: { type: bigint, notNull: true },
      message_id: { type: bigint, notNull: true },
      message_date: { type: seconds },
      sender_id: { type: bigint },
      message_text: { type: text },
      media_type: { type: words(...MEDIA_TYPES), notNull: true, default: "'none'" },
      file_name: { type: text },
      mime_type: { type: name },
      file_size: { type: bigint },
      status: { type: words(...STATUSES), notNull: true, default: "'retrieved'" },
      retrieved_datetime: { type: instant },
      retrieved_hostname: { type: name },
      download_hostname: { type: name },
      local_file_path: { type: text },
      sender_name: { type: text },
      outgoing: { type: flag, notNull: true, default: "0" },
      edited_datetime: { type: instant },
      album_id: { type: key },
      topic_id: { type: bigint },
      reply_to_id: { type: bigint },
      service: { type: name },
      round: { type: flag, notNull: true, default: "0" },
      file_key: { type: key },
      dc_id: { type: integer },
      duration: { type: { mysql: "DOUBLE", sqlite: "REAL" } },
      width: { type: integer },
      height: { type: integer },
      restricted: { type: flag, notNull: true, default: "0" },
      // Where it was forwarded from, its reactions, views, entities, poll, place, contact: whatever is only shown.
      extra: { type: json },
      sha256: { type: key },
      // The owner's job that wanted it last, and the one that could not have it, with the reason.
      root_id: { type: key },
      failed_root_id: { type: key },
      error: { type: text },
      updated_at: { type: instant },
    },
    {
      primary: ["chat_id", "message_id"],
      indexes: [
        { name: "messages_message_id", columns: ["message_id"] },
        { name: "messages_chat_date", columns: ["chat_id", "message_date"] },
        { name: "messages_message_date", columns: ["message_date"] },
        { name: "messages_media_type", columns: ["media_type"] },
        { name: "messages_status", columns: ["status"] },
        { name: "messages_chat_status", columns: ["chat_id", "status", "media_type"] },
        { name: "messages_retrieved_hostname", columns: ["retrieved_hostname"] },
        { name: "messages_download_hostname", columns: ["download_hostname"] },
        { name: "messages_file_key", columns: ["file_key"] },
        { name: "messages_failed_root", columns: ["failed_root_id"] },
      ],
    },
  );
