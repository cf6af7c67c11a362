/**
 * How messages are summed, in both dialects. The migration that fills the sums and the writer that keeps them say it with
 * these same words. `m` is the row of `messages`.
 */

export interface SumsTable {
  table: string;
  /** After chat_id: what a row of sums is about. */
  keys: { [column: string]: string };
  sums: { [column: string]: string };
  /** Kept beside the sums: the last one that is known. */
  labels?: { [column: string]: string };
  /** Which messages count. */
  where: string;
  /** Whether there are rows of chat 0 as well, for all chats together. */
  ofAll: boolean;
}

const THERE = "m.message_date >= '2000-01-01'";
const LIVE = `${THERE} AND m.gone_at IS NULL AND m.status <> 'deleted'`;
export const IS_FILE = "(m.service IS NULL AND m.media_type NOT IN ('none', 'other'))";
const BYTES = `COALESCE(SUM(CASE WHEN ${IS_FILE} THEN m.file_size ELSE 0 END), 0)`;
const FILES = `SUM(CASE WHEN ${IS_FILE} THEN 1 ELSE 0 END)`;

/** What the owner calls a message. */
const KIND = `CASE WHEN m.service IS NOT NULL THEN 'service'
  WHEN m.media_type = 'none' THEN CASE WHEN m.message_text <> '' THEN 'text' ELSE 'other' END
  WHEN m.round = 1 THEN 'round' WHEN m.media_type = 'animation' THEN 'gif' ELSE m.media_type END`;

/** Rows of an older program have no extension of their own. */
const extension = (mysql: boolean) => `CASE WHEN NOT ${IS_FILE} THEN '' WHEN m.extension IS NOT NULL THEN m.extension
  WHEN m.file_name LIKE '%.%' THEN SUBSTR(LOWER(${
    mysql
      ? "SUBSTRING_INDEX(m.file_name, '.', -1)"
      : "REPLACE(m.file_name, RTRIM(m.file_name, REPLACE(m.file_name, '.', '')), '')"
  }), 1, 16)
  WHEN m.media_type = 'photo' THEN 'jpg' WHEN m.media_type IN ('video', 'animation') THEN 'mp4'
  WHEN m.media_type = 'audio' THEN 'mp3' WHEN m.media_type = 'voice' THEN 'ogg' WHEN m.media_type = 'sticker' THEN 'webp'
  ELSE '' END`;

/** Seconds since 1970, UTC. */
const seconds = (mysql: boolean) =>
  mysql ? "TIMESTAMPDIFF(SECOND, '1970-01-01', m.message_date)" : "CAST(strftime('%s', m.message_date) AS INTEGER)";

/** Each hour tells its four quarters apart: every zone's hours, days and months are made of whole ones. */
function quarters(mysql: boolean): { [column: string]: string } {
  const columns: { [column: string]: string } = {};
  for (const quarter of [0, 1, 2, 3]) {
    const within = `${seconds(mysql)} % 3600 ${mysql ? "DIV" : "/"} 900 = ${quarter}`;
    columns[`messages${quarter}`] = `SUM(CASE WHEN ${within} THEN 1 ELSE 0 END)`;
    columns[`files${quarter}`] = `SUM(CASE WHEN ${within} AND ${IS_FILE} THEN 1 ELSE 0 END)`;
    columns[`bytes${quarter}`] = `COALESCE(SUM(CASE WHEN ${within} AND ${IS_FILE} THEN m.file_size ELSE 0 END), 0)`;
  }
  return columns;
}

/** Sizes by their first three digits: what a bucket begins with. */
const BUCKET = `CASE WHEN m.file_size < 1000 THEN m.file_size ${Array.from({ length: 11 }, (_, n) => {
  const step = 10 ** (n + 1);
  return `WHEN m.file_size < ${step * 1000} THEN m.file_size - m.file_size % ${step}`;
}).join(" ")} ELSE 0 END`;

export const sumsTables = (mysql: boolean): SumsTable[] => [
  {
    table: "message_kinds",
    keys: {
      kind: KIND,
      extension: extension(mysql),
      status: "CASE WHEN m.gone_at IS NOT NULL OR m.status = 'deleted' THEN 'gone' ELSE m.status END",
    },
    sums: { messages: "COUNT(*)", files: FILES, bytes: BYTES },
    where: THERE,
    ofAll: false,
  },
  {
    table: "message_senders",
    keys: { sender_id: "COALESCE(m.sender_id, 0)" },
    sums: { messages: "COUNT(*)", files: FILES, bytes: BYTES },
    labels: { sender_name: "MAX(m.sender_name)" },
    where: LIVE,
    ofAll: true,
  },
  {
    table: "message_hours",
    // Hours since 1970, UTC.
    keys: { hour: `${seconds(mysql)} ${mysql ? "DIV" : "/"} 3600` },
    sums: { messages: "COUNT(*)", ...quarters(mysql) },
    where: LIVE,
    ofAll: true,
  },
  {
    table: "message_sizes",
    keys: { bucket: BUCKET },
    sums: { files: "COUNT(*)" },
    where: `${LIVE} AND ${IS_FILE} AND m.file_size IS NOT NULL`,
    ofAll: true,
  },
];

/** Fills one table from all messages. */
export function fillSums(one: SumsTable): string[] {
  const keys = Object.keys(one.keys);
  const sums = Object.keys(one.sums);
  const labels = Object.keys(one.labels ?? {});
  const columns = ["chat_id", ...keys, ...sums, ...labels].join(", ");
  const values = [...Object.values(one.keys), ...Object.values(one.sums), ...Object.values(one.labels ?? {})];
  const group = (count: number) => Array.from({ length: count }, (_, n) => n + 1).join(", ");
  return [
    `DELETE FROM ${one.table}`,
    `INSERT INTO ${one.table} (${columns}) SELECT m.chat_id, ${values.join(", ")} FROM messages AS m
      WHERE ${one.where} GROUP BY ${group(keys.length + 1)}`,
    ...(one.ofAll
      ? [
          `INSERT INTO ${one.table} (${columns}) SELECT 0, ${keys.map((key) => `s.${key}`).join(", ")},
            ${sums.map((sum) => `SUM(s.${sum})`).join(", ")}${labels.map((label) => `, MAX(s.${label})`).join("")}
            FROM ${one.table} AS s GROUP BY ${keys.map((key) => `s.${key}`).join(", ")}`,
        ]
      : []),
  ];
}
