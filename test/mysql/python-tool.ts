/** A database as the Python tool 1.0 leaves it behind, with awkward values. */
import mysql from "mysql2/promise";

export interface PythonToolOptions {
  /** The tool had no hostname columns at first. */
  hostnames: boolean;
  /** Columns of some later hand, that this program knows nothing of. */
  strangeColumns: boolean;
  rows: number;
  charset?: string;
}

const SCHEMA = ({ hostnames, strangeColumns, charset = "utf8mb4" }: PythonToolOptions): string[] => {
  const only = (when: boolean, ...lines: string[]) => (when ? lines.map((line) => `${line},`).join("\n") : "");
  const strange = only(
    strangeColumns,
    "batch_no INT UNSIGNED NOT NULL",
    "checked_on DATE NOT NULL",
    "mood ENUM('good','bad') NOT NULL",
  );
  const options = `ENGINE=InnoDB DEFAULT CHARSET=${charset}`;
  return [
    `CREATE TABLE chats (
      chat_id BIGINT NOT NULL PRIMARY KEY, title VARCHAR(255), username VARCHAR(64), ${strange}
      chat_type ENUM('user','group','channel','supergroup') NOT NULL, last_scan_datetime DATETIME NULL) ${options}`,
    `CREATE TABLE messages (
      message_id INT NOT NULL, chat_id BIGINT NOT NULL, sender_id INT NULL, message_date DATETIME NOT NULL,
      message_text TEXT, media_type ENUM('none','photo','video','document','audio','voice','sticker','other') NOT NULL DEFAULT 'none',
      file_name VARCHAR(120) NULL, mime_type VARCHAR(100) NULL, file_size INT UNSIGNED NULL, ${strange}
      status ENUM('retrieved','downloaded','failed') NOT NULL DEFAULT 'retrieved' COMMENT 'how far, by ''us''',
      retrieved_datetime TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
      ${only(hostnames, "retrieved_hostname VARCHAR(100) NULL", "download_hostname VARCHAR(100) NULL")}
      local_file_path VARCHAR(500) NULL,
      PRIMARY KEY (chat_id, message_id), KEY idx_message_date (message_date), KEY idx_status (status)) ${options}`,
    `CREATE TABLE download_log (
      id INT NOT NULL AUTO_INCREMENT PRIMARY KEY, message_id BIGINT NOT NULL, chat_id BIGINT NOT NULL,
      download_status ENUM('success','failed','retry') NOT NULL, ${only(hostnames, "hostname VARCHAR(100) NULL")}
      error_message VARCHAR(200) NULL, ${strange} download_datetime DATETIME NULL,
      KEY idx_message (message_id, chat_id)) ${options}`,
    `CREATE TABLE action_log (
      id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY, action_type ENUM('scan','download','archive') NOT NULL, ${strange}
      status ENUM('started','completed','failed') NOT NULL DEFAULT 'started', ${only(hostnames, "hostname VARCHAR(100) NULL")}
      parameters JSON NULL, result TEXT NULL) ${options}`,
  ];
};

const TEXTS = [
  "plain",
  "",
  null,
  'it\'s "quoted" \\ back\\\\slash',
  "line\r\nline\ttab",
  "naïve café ñ",
  "%_percent",
  "NULL",
  "0",
  "-- comment; DROP TABLE messages",
];
const WIDE_TEXTS = ["日本語のテキスト", "😀👩‍🚀🏳️‍🌈", "‮right to left שלום", "x".repeat(4096)];

/** Makes the tables and fills `messages` with that many rows, the others with a share of it. */
export async function makePythonToolDatabase(url: string, options: PythonToolOptions): Promise<void> {
  const connection = await mysql.createConnection({ uri: url, charset: "utf8mb4", timezone: "Z" });
  try {
    // The tool did not ask for strictness.
    await connection.query("SET SESSION sql_mode = ''");
    for (const statement of SCHEMA(options)) await connection.query(statement);
    const texts = options.charset === "latin1" ? TEXTS : [...TEXTS, ...WIDE_TEXTS];
    for (let from = 0; from < options.rows; from += 1000) {
      const rows = Array.from({ length: Math.min(1000, options.rows - from) }, (_, index) =>
        messageRow(from + index, texts),
      );
      await connection.query(
        "INSERT INTO messages (message_id, chat_id, sender_id, message_date, message_text, media_type, file_name, file_size, status, local_file_path) VALUES ?",
        [rows],
      );
    }
    await connection.query(
      `INSERT INTO download_log (message_id, chat_id, download_status, error_message)
        SELECT message_id, chat_id, ELT(1 + message_id % 3, 'success', 'failed', 'retry'), LEFT(message_text, 200) FROM messages`,
    );
    await connection.query(
      "INSERT INTO action_log (action_type, status, parameters, result) VALUES ('scan', 'completed', '{\"a\": [1, null]}', 'not json')",
    );
    await connection.query(
      "INSERT INTO chats (chat_id, title, username, chat_type) VALUES (-1001234567890, 'Kept', 'KeptName', 'channel'), (777, NULL, NULL, 'user')",
    );
  } finally {
    await connection.end();
  }
}

function messageRow(index: number, texts: readonly (string | null)[]): unknown[] {
  const types = ["none", "photo", "video", "document", "audio", "voice", "sticker", "other"];
  return [
    index + 1,
    index % 3 === 0 ? -1_001_234_567_890 : 777,
    index % 5 === 0 ? null : 2_147_483_647 - index,
    // MySQL's zero date is a date that is none.
    index % 1000 === 999
      ? "0000-00-00 00:00:00"
      : new Date(Date.UTC(2015, 0, 1) + index * 3_607_000).toISOString().slice(0, 19).replace("T", " "),
    texts[index % texts.length],
    types[index % types.length],
    index % 4 === 0 ? null : `file ${index} ${texts[index % 6] ?? ""}.jpg`.slice(0, 120),
    index % 7 === 0 ? 4_294_967_295 : index,
    ["retrieved", "downloaded", "failed"][index % 3],
    index % 3 === 1 ? `/old/${index}.jpg` : null,
  ];
}

/** What the tool itself does when it goes on working beside us: INSERTs that know our columns by no name. */
export async function writeAsPythonTool(url: string, messageId: number, hostnames: boolean): Promise<void> {
  const connection = await mysql.createConnection({ uri: url, charset: "utf8mb4" });
  try {
    await connection.query("SET SESSION sql_mode = ''");
    const [columns, marks, values] = hostnames ? [", retrieved_hostname", ", ?", ["old-machine"]] : ["", "", []];
    await connection.query(
      `INSERT INTO messages (message_id, chat_id, message_date, message_text, media_type, status${columns})
        VALUES (?, 777, '2024-01-01 00:00:00', 'by the tool', 'photo', 'retrieved'${marks})
        ON DUPLICATE KEY UPDATE message_text = VALUES(message_text)`,
      [messageId, ...values],
    );
    await connection.query(
      "INSERT INTO download_log (message_id, chat_id, download_status) VALUES (?, 777, 'success')",
      [messageId],
    );
    await connection.query(
      "INSERT INTO chats (chat_id, title, chat_type) VALUES (?, 'By the tool', 'group') ON DUPLICATE KEY UPDATE title = VALUES(title)",
      [-messageId],
    );
    await connection.query("INSERT INTO action_log (action_type, status) VALUES ('download', 'started')");
  } finally {
    await connection.end();
  }
}
