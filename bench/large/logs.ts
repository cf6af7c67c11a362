/** What else such a database has: chats, logs, jobs with ten thousand parts each, events, cards, machines, deletions. */
import type { Store } from "../../src/db/sql.ts";
import { CHATS } from "./chats.ts";

const TIME = "'2024-01-01' + INTERVAL seq MINUTE";
const JOB = "'{}', 'bench', '2000-01-01', '2000-01-01'";
const CHAT = `-1000000000001 - CAST(seq AS SIGNED) % ${CHATS}`;

const FILLED: readonly string[] = [
  `INSERT INTO chats (chat_id, title, search_text, last_message_datetime)
    SELECT -1000000000000 - CAST(seq AS SIGNED), CONCAT('Chat ', seq), CONCAT('chat ', seq), ${TIME} FROM seq_1_to_2000`,
  `INSERT INTO action_log (uid, action_type, status, hostname, chat_id, started_datetime)
    SELECT CONCAT('a', seq), 1 + seq % 5, 2, 'alpha', ${CHAT}, ${TIME} FROM seq_1_to_50000`,
  `INSERT INTO download_log (uid, chat_id, message_id, download_status, hostname, attempt_datetime)
    SELECT CONCAT('root-', seq % 2000, ':', ${CHAT}, ':', seq), ${CHAT}, seq, 1, 'alpha', ${TIME} FROM seq_1_to_500000`,
  `INSERT INTO jobs (id, family_id, task, state, payload, title, run_at, created_at)
    SELECT CONCAT('root-', seq - 1), CONCAT('root-', seq - 1), 'scan', IF(seq > 20, 'completed', 'active'), ${JOB} FROM seq_1_to_2000`,
  `INSERT INTO jobs (id, root_id, family_id, task, state, payload, title, run_at, created_at)
    SELECT CONCAT('part-', seq), CONCAT('root-', FLOOR(seq / 10001)), CONCAT('root-', FLOOR(seq / 10001)), 'download',
      IF(seq % 3 = 0, 'waiting', 'completed'), ${JOB} FROM seq_1_to_110000`,
  `INSERT INTO job_events (uid, job_id, root_id, event, event_at, told_at)
    SELECT CONCAT('e', seq), CONCAT('root-', seq % 2000), CONCAT('root-', seq % 2000), '{"type":"completed"}', ${TIME},
      IF(seq % 1000 = 0, NULL, ${TIME}) FROM seq_1_to_100000`,
  `INSERT INTO job_cards (job_id, number, chat_id, message_id, milestone, closed_at)
    SELECT CONCAT('root-', seq - 1), seq, 1, seq, 100, IF(seq > 20, ${TIME}, NULL) FROM seq_1_to_2000`,
  `INSERT INTO deletions (id, number, chat_id, filter, state, owner_chat_id, folder, told, created_at)
    SELECT CONCAT('deletion-', seq), seq, ${CHAT}, '{}', 'done', 1, '/data', 1, ${TIME} FROM seq_1_to_1000`,
  `INSERT INTO deletion_items (deletion_id, message_id, state, effect, message_type, fingerprint, settled_datetime)
    SELECT CONCAT('deletion-', 1 + seq DIV 1000), seq, IF(seq % 10 = 0, 'kept', 'deleted'), 'everyone', 'text', 'x', ${TIME}
    FROM seq_1_to_200000`,
];

export async function fillLogs(store: Store): Promise<void> {
  for (const statement of FILLED) await store.run(statement);
}
