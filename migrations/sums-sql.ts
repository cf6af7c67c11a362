/**
 * How messages are summed, in both dialects. The migration that fills the sums and the writer that keeps them say it with
 * these same words. `m` is the row of `messages`.
 */

export interface SumsTable {
  table: string;
  /** After chat_id: what a row of sums is about. */
  keys: { [column: string]: string };
  /** Those of them that are no numbers. */
  words?: readonly string[];
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
    words: ["kind", "extension", "status"],
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

/** Fills one table, which is empty, from all messages. */
export function fillSums(one: SumsTable): string[] {
  const { keys, sums, labels } = namesOf(one);
  const columns = ["chat_id", ...keys, ...sums, ...labels].join(", ");
  return [
    `INSERT INTO ${one.table} (${columns}) ${counted(one)}`,
    ...(one.ofAll
      ? [
          `INSERT INTO ${one.table} (${columns}) SELECT 0, ${keys.map((key) => `s.${key}`).join(", ")},
            ${sums.map((sum) => `SUM(s.${sum})`).join(", ")}${labels.map((label) => `, MAX(s.${label})`).join("")}
            FROM ${one.table} AS s GROUP BY ${keys.map((key) => `s.${key}`).join(", ")}`,
        ]
      : []),
  ];
}

export const emptySums = (one: SumsTable): string => `DELETE FROM ${one.table}`;

/** What a table would be filled with, chat by chat. */
function counted(one: SumsTable): string {
  const values = Object.entries({ ...one.keys, ...one.sums, ...one.labels }).map(([name, sql]) => `${sql} AS ${name}`);
  return `SELECT m.chat_id, ${values.join(", ")} FROM messages AS m
      WHERE ${one.where} GROUP BY ${[1, ...Object.keys(one.keys).map((_, n) => n + 2)].join(", ")}`;
}

/**
 * Each gives a row where a table is not what it would be filled with: never filled, left half filled by a crash, or not
 * kept by a program that wrote messages and knew nothing of sums. The cheap question comes first.
 */
export function sumsDiffer(one: SumsTable, mysql: boolean): string[] {
  const { keys, sums } = namesOf(one);
  // The words of a table's own columns and of what is made of `messages` need not be compared alike.
  const bytes = (column: string) =>
    mysql && one.words?.includes(column) ? `CAST(${column} AS CHAR CHARACTER SET utf8mb4) COLLATE utf8mb4_bin` : column;
  const named = (sign: string) => [
    "chat_id",
    ...keys.map((key) => `${bytes(key)} AS ${key}`),
    ...sums.map((sum) => `${sign}${sum} AS ${sum}`),
  ];
  const differ = (sum: (column: string) => string) => sums.map((column) => `SUM(${sum(column)}) <> 0`).join(" OR ");
  const groups = ["chat_id", ...keys].join(", ");
  return [
    `SELECT 1 AS found FROM messages AS m WHERE ${one.where} AND NOT EXISTS (SELECT 1 FROM ${one.table}) LIMIT 1`,
    `SELECT 1 AS found FROM (
        SELECT ${named("").join(", ")} FROM (${counted(one)}) AS counted
        UNION ALL SELECT ${named("-").join(", ")} FROM ${one.table}${one.ofAll ? " WHERE chat_id <> 0" : ""}
      ) AS compared GROUP BY ${groups} HAVING ${differ((sum) => sum)} LIMIT 1`,
    ...(one.ofAll
      ? [
          `SELECT 1 AS found FROM ${one.table} GROUP BY ${keys.join(", ")}
            HAVING ${differ((sum) => `CASE chat_id WHEN 0 THEN -${sum} ELSE ${sum} END`)} LIMIT 1`,
        ]
      : []),
  ];
}

const namesOf = ({ keys, sums, labels = {} }: SumsTable) => ({
  keys: Object.keys(keys),
  sums: Object.keys(sums),
  labels: Object.keys(labels),
});
