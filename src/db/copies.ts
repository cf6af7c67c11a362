/** What a machine keeps at home of central, so that it can go on without it: what it works on, and what it shows. */
import type { Job } from "../core/job.ts";
import { JOB_COUNTER } from "../core/merge.ts";
import { isAway } from "./faults.ts";
import { forgetBystanders, forgetJob, forgetJobs } from "./forget-copies.ts";
import type { Outbox } from "./outbox.ts";
import { plain, readRows } from "./shared-rows.ts";
import { first, marks, type Sql, type Store } from "./sql.ts";
import { time, toTime } from "./values.ts";

/** Rows changed this long before the last look are looked at again: clocks differ, and writers take their time. */
const OVERLAP_MS = 60_000;
const KEYS_AT_ONCE = 500;

export interface Copies {
  /** A job that this machine has just claimed, with the messages it needs. */
  keep(job: Job): Promise<void>;
  /** Jobs that this machine has just added, for others or for itself to claim. */
  look(jobIds: readonly string[]): Promise<void>;
  /** A card as it is now, and with it the last number given. */
  card(jobId: string): Promise<void>;
  /** It is done with. */
  drop(jobId: string): Promise<void>;
  /** What changed lately of everything the bot shows. */
  refresh(): Promise<void>;
  /** Central has all that was owed: nothing stays here but the jobs in hand. */
  forget(): Promise<void>;
  /** By the last look, no other machine works for this account. */
  alone(): boolean;
}

export async function copiesOf(home: Store, outbox: Outbox, central: () => Store, hostname: string): Promise<Copies> {
  const held = new Map<string, Job>();
  let lastLook = new Date(0);
  let alone = (await first<{ alone: number }>(home, "SELECT alone FROM copying"))?.alone === 1;

  const rootsInHand = () => new Set([...held.values()].map(rootOf));

  const copyJob = async (id: string) => {
    const [row] = await readRows(central(), "jobs", [id]);
    if (row) await outbox.copy("jobs", [{ ...row, copied_claims: row.claims ?? 0, bystander: 0 }]);
  };

  const keep = async (job: Job) => {
    const wasHeld = held.has(job.id);
    held.set(job.id, job);
    try {
      await copyWhole(job);
    } catch (error) {
      // It was claimed, and nobody here works on it: its lease runs out.
      if (!wasHeld) held.delete(job.id);
      throw error;
    }
  };

  /** The job's own row last: with old copies of its messages, what others have fetched would be fetched again here. */
  const copyWhole = async (job: Job) => {
    if (job.rootId) await copyBystander(outbox, central(), job.rootId, held);
    // What is noted under the root's own key ends with it, wherever that is.
    await outbox.copy("action_log", await readRows(central(), "action_log", [job.rootId ?? job.id]));
    if (job.task === "download") {
      const { chatId, messageIds } = job.payload;
      const keys = messageIds.map((messageId) => `${chatId}:${messageId}`);
      for (let from = 0; from < keys.length; from += KEYS_AT_ONCE) {
        await outbox.copy("messages", await readRows(central(), "messages", keys.slice(from, from + KEYS_AT_ONCE)));
      }
    }
    await copyJob(job.id);
  };

  return {
    keep,

    async look(jobIds) {
      for (const id of jobIds) await copyBystander(outbox, central(), id, held);
    },

    async card(jobId) {
      await outbox.copy("job_cards", await readRows(central(), "job_cards", [jobId]));
      await outbox.copy("settings", await readRows(central(), "settings", [JOB_COUNTER]));
    },

    async drop(jobId) {
      const job = held.get(jobId);
      if (!job) return;
      held.delete(jobId);
      const isLookedAt = rootsInHand().has(rootOf(job)) || (await hasOpenCard(home, rootOf(job)));
      await forgetJob(outbox, job, { withFamily: !isLookedAt });
      // As long as any of its family is in hand, the list of jobs tells of all of it.
      if (isLookedAt) await copyBystander(outbox, central(), jobId, held).catch(unlessAway);
    },

    async refresh() {
      const look = new Date();
      const since = toTime(new Date(Math.max(0, lastLook.getTime() - OVERLAP_MS)));
      // Who else is there comes first: it decides what may be done with the rest.
      const workers = await central().all<{ [column: string]: unknown }>("SELECT * FROM workers");
      await copyWorkers(outbox, workers);
      alone = workers.every((worker) => worker.hostname === hostname || !isAlive(worker.last_seen_at, look));
      await forgetBystanders(outbox, look, rootsInHand());
      await home.run("UPDATE copying SET alone = ?", [alone ? 1 : 0]);
      for (const table of ["chats", "settings", "hosts"] as const) {
        const rows = await central().all<{ [column: string]: unknown }>(
          `SELECT * FROM ${table} WHERE updated_at >= ? OR updated_at IS NULL`,
          [since],
        );
        await outbox.copy(table, rows.map(plain));
      }
      const cards = await central().all<{ [column: string]: unknown }>(
        "SELECT * FROM job_cards WHERE closed_at IS NULL",
      );
      // Closed ones are not among them, and must not look open here.
      await outbox.quietly((tx) =>
        tx.run("DELETE FROM job_cards WHERE NOT EXISTS (SELECT 1 FROM outbox WHERE tbl = 'job_cards')"),
      );
      await outbox.copy("job_cards", cards.map(plain));
      await refreshFamilies(
        outbox,
        central(),
        [...new Set([...cards.map(({ job_id }) => String(job_id)), ...rootsInHand()])],
        since,
        held,
      );
      for (const id of held.keys()) await copyJob(id);
      lastLook = look;
    },

    async forget() {
      // First the new copies: if central goes in between, the old ones are still there.
      for (const job of held.values()) await keep(job);
      await outbox.quietly(async (tx) => {
        for (const table of FORGOTTEN) {
          await tx.run(`DELETE FROM ${table} WHERE NOT EXISTS (SELECT 1 FROM outbox WHERE tbl = '${table}')`);
        }
        await forgetJobs(tx, [...held.values()], rootsInHand());
      });
      lastLook = new Date(0);
    },

    alone: () => alone,
  };
}

/** What is copied anew when it is needed. Settings and machines stay: they are few, and wanted at once. */
const FORGOTTEN = ["download_log", "action_log", "job_events", "drafts", "job_cards", "chats"];

/** A worker that said nothing for so long is not there. */
const SILENT_MS = 3 * 60_000;
const isAlive = (lastSeen: unknown, now: Date): boolean => now.getTime() - time(lastSeen).getTime() < SILENT_MS;

/** The parts of what the owner looks at, so that a card goes on from where it is; nobody works on them here. */
async function refreshFamilies(
  outbox: Outbox,
  central: Sql,
  rootIds: readonly string[],
  since: string,
  held: ReadonlyMap<string, Job>,
): Promise<void> {
  for (let from = 0; from < rootIds.length; from += KEYS_AT_ONCE) {
    const some = rootIds.slice(from, from + KEYS_AT_ONCE);
    const rows = await central.all<{ [column: string]: unknown }>(
      `SELECT * FROM jobs WHERE family_id IN (${marks(some)}) AND updated_at >= ?`,
      [...some, since],
    );
    const others = rows.map(plain).filter(({ id }) => !held.has(String(id)));
    await outbox.copy(
      "jobs",
      others.map((row) => ({ ...row, copied_claims: row.claims ?? 0, bystander: 1 })),
    );
  }
}

const rootOf = ({ id, rootId }: Job): string => rootId ?? id;

const hasOpenCard = async (home: Store, rootId: string): Promise<boolean> =>
  (await first(home, "SELECT 1 AS open FROM job_cards WHERE job_id = ? AND closed_at IS NULL", [rootId])) !== null;

/** What could not be looked up for an outage, as one has begun, is missing there. */
function unlessAway(error: unknown): void {
  if (!isAway(error)) throw error;
}

async function copyBystander(outbox: Outbox, central: Sql, id: string, held: ReadonlyMap<string, Job>): Promise<void> {
  if (held.has(id)) return;
  const [row] = await readRows(central, "jobs", [id]);
  if (row) await outbox.copy("jobs", [{ ...row, copied_claims: row.claims ?? 0, bystander: 1 }]);
}

async function copyWorkers(outbox: Outbox, workers: readonly { [column: string]: unknown }[]): Promise<void> {
  await outbox.quietly(async (tx) => {
    await tx.run("DELETE FROM workers");
    for (const worker of workers) {
      const row = plain(worker);
      const columns = Object.keys(row);
      await tx.run(
        `INSERT INTO workers (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`,
        Object.values(row),
      );
    }
  });
}
