/** Ten years of messages of a chat, and their words as /search has them, in one statement each (MariaDB). */

import { extensionOf } from "../../src/core/file-type.ts";
import { MEDIA_TYPES } from "../../src/core/media.ts";
import { chatOf } from "./chats.ts";
import { KINDS, type Kind } from "./messages.ts";
import { WORDS_EACH, wordInSql } from "./words.ts";

const TEN_YEARS_IN_MINUTES = 10 * 365 * 1440;

const kinds = (value: (kind: Kind) => string, text: string): string =>
  `CASE k ${KINDS.map((kind, n) => `WHEN ${n} THEN ${value(kind)}`).join(" ")} ELSE ${text} END`;
const quoted = (text: string | null): string => (text === null ? "NULL" : `'${text}'`);
const extension = ({ type, mimeType, suffix }: Kind) =>
  extensionOf({ ...NO_MEDIA, type, mimeType, fileName: suffix === null ? null : `f1.${suffix}` });
const NO_MEDIA = {
  type: "none" as const,
  round: false,
  fileName: null,
  mimeType: null,
  size: null,
  fileKey: null,
  dcId: null,
  duration: null,
  width: null,
  height: null,
  restricted: false,
};

export function messagesSql(chat: number, count: number): string {
  const minutes = Math.max(1, Math.floor(TEN_YEARS_IN_MINUTES / count));
  const said = Array.from({ length: WORDS_EACH }, (_, n) =>
    wordInSql(`CRC32(CONCAT(i, ':${chat}:${n}')) / 4294967296`),
  );
  const isFile = `k < ${KINDS.length}`;
  const isSaved = `(${isFile} AND s < 70)`;
  // Every twentieth file is one that others are as well.
  const content = `IF(i DIV 7 % 20 = 3, i % 100000, ${chat} * 10000000 + i)`;
  const columns: { [column: string]: string } = {
    chat_id: String(chatOf(chat)),
    message_id: "i",
    // Ten messages within ten minutes, then a pause.
    message_date: `'2015-01-01' + INTERVAL i DIV 10 * ${minutes * 10} + i % 10 + ${chat * 7} MINUTE`,
    sender_id: "sender",
    sender_name: "CONCAT('s', sender)",
    outgoing: "i % 11 = 0",
    message_text: `CONCAT_WS(' ', ${said.join(", ")})`,
    reply_to_id: "IF(i % 6 = 0, i - 1, NULL)",
    media_type: kinds(({ type }) => String(MEDIA_TYPES.indexOf(type) + 1), "1"),
    mime_type: kinds(({ mimeType }) => quoted(mimeType), "NULL"),
    file_name: kinds(({ suffix }) => (suffix === null ? "NULL" : `CONCAT('f', i, '.${suffix}')`), "NULL"),
    extension: kinds((kind) => quoted(extension(kind)), quoted(extensionOf(NO_MEDIA))),
    file_size: `IF(${isFile}, (i * 104729 + ${chat * 31}) % 50000000 + 1, NULL)`,
    file_key: `IF(${isFile}, CONCAT('document:', ${content}), NULL)`,
    dc_id: `IF(${isFile}, 2, NULL)`,
    extra: `IF(i % 4 = 0, '{"views":12}', NULL)`,
    status: `CASE WHEN s = 98 THEN 'deleted' WHEN s BETWEEN 60 AND 69 THEN 'archived' WHEN ${isSaved} THEN 'downloaded'
      WHEN ${isFile} AND s < 72 THEN 'failed' ELSE 'retrieved' END`,
    retrieved_datetime: "'2026-01-01'",
    retrieved_hostname: "ELT(1 + i % 3, 'alpha', 'beta', 'gamma')",
    download_hostname: `IF(${isSaved}, ELT(1 + i % 3, 'alpha', 'beta', 'gamma'), NULL)`,
    local_file_path: `IF(${isSaved}, CONCAT('/data/${chat}/', i), NULL)`,
    sha256: `IF(${isSaved}, SHA2(${content}, 256), NULL)`,
    root_id: `IF(${isFile}, 'root-${chat % 10}', NULL)`,
    failed_root_id: `IF(${isFile} AND s IN (70, 71), 'root-${chat % 10}', NULL)`,
    error: `IF(${isFile} AND s IN (70, 71), 'Telegram has this file no more.', NULL)`,
    gone_at: "IF(s = 99, '2026-01-02', NULL)",
    updated_at: "'2026-01-01'",
  };
  return `INSERT INTO messages (${Object.keys(columns).join(", ")}) SELECT ${Object.values(columns).join(",\n ")}
    FROM (SELECT CAST(seq AS SIGNED) AS i, (seq * 7919 + ${chat * 31}) % 20 AS k, (seq DIV 20 * 13 + ${chat}) % 100 AS s,
      (seq * 7919) % 500 + ${chat * 250} + 1 AS sender FROM seq_1_to_${count}) AS numbers`;
}

/** Each word once, then the file's name, then the sender, as core/search-index.ts puts them. */
export function wordsSql(chat: number): string {
  const nth = (n: number) => `SUBSTRING_INDEX(SUBSTRING_INDEX(message_text, ' ', ${n + 1}), ' ', -1)`;
  const numbers = Array.from({ length: WORDS_EACH }, (_, n) => n);
  const once = numbers.map((n) => {
    const before = numbers.slice(0, n).map((m) => `w${m}`);
    return before.length === 0
      ? `CONCAT('qq', w${n})`
      : `IF(w${n} IN (${before.join(", ")}), NULL, CONCAT('qq', w${n}))`;
  });
  return `INSERT INTO search_messages (chat_id, message_id, message_date, digest, words)
    SELECT chat_id, message_id, message_date, REPLACE(REPLACE(TRIM(TRAILING '=' FROM
        TO_BASE64(UNHEX(SHA1(CONCAT(DATE_FORMAT(message_date, '%Y-%m-%d %H:%i:%s'), '.000 ', words))))), '+', '-'), '/', '_'), words
    FROM (SELECT chat_id, message_id, message_date,
        CONCAT_WS(' ', ${once.join(", ")}, CONCAT('qq', REPLACE(file_name, '.', ' qq')), CONCAT('qq', sender_name)) AS words
      FROM (SELECT chat_id, message_id, message_date, file_name, sender_name, ${numbers.map((n) => `${nth(n)} AS w${n}`).join(", ")}
        FROM messages WHERE chat_id = ${chatOf(chat)} ORDER BY message_id) AS said) AS named`;
}
