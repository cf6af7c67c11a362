/**
 * Which of two copies of a row stands when a machine that worked at home hands over to central. Pure: rows in, the row
 * to write out, or null where central's stands as it is.
 */

/** A row by its columns; times as text that sorts, numbers as numbers. */
export type Row = { [column: string]: string | number | null };

export type SharedTable =
  | "chats"
  | "messages"
  | "jobs"
  | "download_log"
  | "action_log"
  | "job_events"
  | "job_cards"
  | "settings"
  | "drafts"
  | "hosts";

/** How far a message has come; what is further stands. */
const FURTHER = ["retrieved", "failed", "downloaded", "archived", "deleted"];
const OVER = ["completed", "failed", "cancelled"];
/** What the machine that got furthest knows of a file, which belongs together. */
const OF_THE_FILE = ["status", "local_file_path", "download_hostname", "sha256", "error", "failed_root_id"];
/** What the owner said of a job, whoever works on it. */
const ORDERS = ["paused", "claim_order", "ordered_at"];

export function mergeRow(table: SharedTable, central: Row | null, home: Row): Row | null {
  if (central === null) return home;
  const merged = RULES[table](central, home);
  return Object.keys(merged).some((column) => at(merged, column) !== at(central, column)) ? merged : null;
}

type Rule = (central: Row, home: Row) => Row;

const RULES: { [Table in SharedTable]: Rule } = {
  chats: (central, home) => ({
    ...laterOf(central, home, "updated_at"),
    last_scan_datetime: laterTime(central, home, "last_scan_datetime"),
  }),
  messages: mergeMessage,
  jobs: mergeJob,
  // A line is written once and never again.
  download_log: (central) => central,
  action_log: (central, home) => (central.status === "started" && home.status !== "started" ? home : central),
  job_events: (central, home) => (central.told_at === null ? { ...central, told_at: at(home, "told_at") } : central),
  job_cards: mergeCard,
  settings: mergeSetting,
  drafts: (central, home) => ({
    ...laterOf(central, home, "updated_at"),
    taken: Math.max(Number(central.taken), Number(home.taken)),
  }),
  hosts: (central, home) => laterOf(central, home, "updated_at"),
};

function mergeMessage(central: Row, home: Row): Row {
  const seen =
    recorded(home) && recorded(central) ? laterOf(central, home, "updated_at") : recorded(home) ? home : central;
  const further = rank(home) > rank(central) ? home : central;
  return {
    ...seen,
    ...pick(further, OF_THE_FILE),
    // Keys of jobs are ordered by time.
    root_id: latest(central.root_id, home.root_id),
    retrieved_datetime: central.retrieved_datetime ?? at(home, "retrieved_datetime"),
    retrieved_hostname: central.retrieved_hostname ?? at(home, "retrieved_hostname"),
  };
}
/** Of some messages a store knows only what was done to them. */
const recorded = (row: Row): boolean => at(row, "retrieved_datetime") !== null;
const rank = (row: Row): number => FURTHER.indexOf(String(row.status));

function mergeJob(central: Row, home: Row): Row {
  const isOver = (row: Row): boolean => OVER.includes(String(row.state));
  // Nobody else has claimed it since it was copied, and this machine has it or had it: its copy is the newer one.
  const ours = Number(home.bystander) === 0 && home.copied_claims === central.claims;
  const stands = isOver(central) || !(isOver(home) || ours) ? central : ofHome(central, home);
  return { ...stands, ...pick(laterOf(central, home, "ordered_at"), ORDERS) };
}

function ofHome(central: Row, home: Row): Row {
  // Cancelled here while another machine worked on it: how far that one came stays.
  if (Number(home.bystander) === 1) return { ...central, ...pick(home, ENDED) };
  return { ...home, claims: Math.max(Number(central.claims), Number(home.claims)) };
}
const ENDED = ["state", "ended_at", "locked_by", "locked_hostname", "locked_until", "updated_at"];

function mergeCard(central: Row, home: Row): Row {
  return {
    ...laterOf(central, home, "updated_at"),
    milestone: Math.max(Number(central.milestone), Number(home.milestone)),
    end_message_id: central.end_message_id ?? at(home, "end_message_id"),
    closed_at: central.closed_at ?? at(home, "closed_at"),
    number: central.number ?? at(home, "number"),
  };
}

/** The counter of job numbers only grows; all else is what was said last. */
function mergeSetting(central: Row, home: Row): Row {
  if (home.name !== JOB_COUNTER) return laterOf(central, home, "updated_at");
  return Number(home.content) > Number(central.content) ? home : central;
}
/** The setting that holds the last job number given. */
export const JOB_COUNTER = "job-number";

const at = (row: Row, column: string): string | number | null => row[column] ?? null;
const pick = (row: Row, columns: readonly string[]): Row =>
  Object.fromEntries(columns.map((column): [string, string | number | null] => [column, at(row, column)]));
const latest = (a: Row[string] = null, b: Row[string] = null): string | number | null =>
  String(b ?? "") > String(a ?? "") ? b : a;
const laterTime = (central: Row, home: Row, column: string) => latest(central[column], home[column]);
/** At the same time, central's. */
const laterOf = (central: Row, home: Row, column: string): Row =>
  String(home[column] ?? "") > String(central[column] ?? "") ? home : central;
