import {
  type Family,
  familyState,
  isOver,
  JOB_STATES,
  type Job,
  type JobProgress,
  type JobState,
  NO_PROGRESS,
} from "../core/job.ts";
import { QUESTION_TASKS, type TaskName } from "../core/tasks.ts";
import { fromRow, type JobRow, progressOf } from "./job-row.ts";
import type { JobRepository } from "./ports/jobs.ts";
import { countOf, marks, type Sql } from "./sql.ts";
import { textOrNull, time, toTime, type Value } from "./values.ts";

type Families = Pick<JobRepository, "family" | "families" | "roots">;

export function families(sql: Sql): Families {
  const familiesOf = (rootIds: readonly string[]) => read(sql, rootIds);
  return {
    families: familiesOf,
    family: async (rootId) => (await familiesOf([rootId]))[0] ?? null,
    async roots({ states, since, tasks }, { limit, offset }) {
      const { where, values } = rootsWhere(states, since, tasks);
      const rows = await sql.all<{ id: string }>(
        `SELECT r.id FROM jobs AS r WHERE ${where} ORDER BY r.id DESC LIMIT ? OFFSET ?`,
        [...values, limit, offset],
      );
      const total = await countOf(sql, `SELECT COUNT(*) AS total FROM jobs AS r WHERE ${where}`, values);
      return { families: await familiesOf(rows.map(({ id }) => id)), total };
    },
  };
}

/** The roots, the sums over their parts, why some failed, who holds parts, and who waits: five queries, however many parts. */
async function read(sql: Sql, rootIds: readonly string[]): Promise<Family[]> {
  if (rootIds.length === 0) return [];
  const ofThese = `family_id IN (${marks(rootIds)})`;
  const roots = await sql.all<JobRow>(`SELECT * FROM jobs WHERE id IN (${marks(rootIds)})`, rootIds);
  const sums = await sql.all<JobRow>(`${SUMS} WHERE ${ofThese} AND id <> family_id GROUP BY family_id`, rootIds);
  const failures = await sql.all<JobRow>(
    `SELECT family_id, MAX(error) AS failure FROM jobs WHERE ${ofThese} AND state = 'failed' AND id <> family_id
      GROUP BY family_id`,
    rootIds,
  );
  const holders = await sql.all<JobRow>(
    `SELECT DISTINCT family_id, locked_hostname FROM jobs WHERE ${ofThese} AND state = 'active'`,
    rootIds,
  );
  const waits = await sql.all<JobRow>(
    `SELECT family_id, wait_until, wait_reason FROM jobs WHERE ${ofThese}
      AND state IN ('waiting', 'active') AND wait_until > ${sql.dialect.now} ORDER BY wait_until`,
    rootIds,
  );
  const byFamily = (rows: readonly JobRow[]) => {
    const families = new Map<string, JobRow[]>();
    for (const row of rows) {
      const family = String(row.family_id);
      families.set(family, [...(families.get(family) ?? []), row]);
    }
    return families;
  };
  const [sumsOf, holdersOf, waitsOf] = [byFamily(sums), byFamily(holders), byFamily(waits)];
  const failureOf = new Map(failures.map((row) => [String(row.family_id), textOrNull(row.failure)]));
  const rootById = new Map(roots.map((row) => [String(row.id), row]));
  return rootIds.flatMap((id) => {
    const root = rootById.get(id);
    if (!root) return [];
    const family = toFamily(root, sumsOf.get(id)?.[0], holdersOf.get(id) ?? [], waitsOf.get(id)?.at(-1));
    return [{ ...family, failure: family.failure ?? failureOf.get(id) ?? null }];
  });
}

const SUMS = `SELECT family_id, COUNT(*) AS parts, SUM(done) AS done, SUM(total) AS total, SUM(saved) AS saved,
  SUM(had) AS had, SUM(failed) AS failed, SUM(bytes) AS bytes, SUM(total_bytes) AS total_bytes, SUM(seen) AS seen,
  SUM(fresh) AS fresh, SUM(edited) AS edited, SUM(gone) AS gone,
  ${JOB_STATES.map((state) => `MAX(state = '${state}') AS has_${state}`).join(", ")},
  MAX(state IN ('draft', 'waiting', 'active') AND paused = 1) AS paused
  FROM jobs`;

function toFamily(row: JobRow, sums: JobRow | undefined, holders: readonly JobRow[], wait?: JobRow): Family {
  const root = fromRow(row);
  const states = JOB_STATES.filter((state) => state === root.state || Number(sums?.[`has_${state}`]) === 1);
  return {
    root,
    state: isOver(familyState(states)) && lacksParts(row, root, sums) ? "waiting" : familyState(states),
    paused: (root.paused && !isOver(root.state)) || Number(sums?.paused) === 1,
    counting: (root.task === "scan" || root.task === "index") && !isOver(root.state),
    progress: sums ? together(root, progressOf(sums)) : root.progress,
    wait: wait ? { until: time(wait.wait_until), reason: textOrNull(wait.wait_reason) ?? "" } : null,
    failure: root.error,
    parts: Number(sums?.parts ?? 0),
    hostnames: holders.map(({ locked_hostname }) => String(locked_hostname)).sort(),
  };
}

/** A copy kept for an outage may lack parts that central has: then nobody here can say that the family is over. */
function lacksParts(row: JobRow, root: Job, sums: JobRow | undefined): boolean {
  if (row.copied_claims === null || root.task !== "scan" || root.payload.next === null) return false;
  return root.state === "completed" && Number(sums?.total ?? 0) + root.progress.done < root.progress.total;
}

function together({ task, progress: root }: Job, parts: JobProgress): JobProgress {
  const sum = { ...parts };
  for (const name of Object.keys(NO_PROGRESS) as (keyof JobProgress)[]) sum[name] += root[name];
  if (task !== "scan") return sum;
  // A scan counts what it hands out, so its own total is no part of the sum. What it has found and not handed out yet
  // counts as well, and what it settled itself was handed to nobody.
  return {
    ...sum,
    total: Math.max(root.total, parts.total + root.done),
    totalBytes: Math.max(root.totalBytes, parts.totalBytes),
    seen: root.seen,
  };
}

/** A family shows the first of these states that one of its jobs is in. */
const SHOWN_FIRST: readonly JobState[] = ["draft", "active", "waiting", "failed", "cancelled", "completed"];

function rootsWhere(
  states: readonly JobState[] | undefined,
  since: Date | undefined,
  tasks: readonly TaskName[] | undefined,
) {
  const kinds = tasks ? `r.task IN (${marks(tasks)})` : `r.task NOT IN (${marks(QUESTION_TASKS)})`;
  const parts = ["r.root_id IS NULL", kinds];
  const values: Value[] = [...(tasks ?? QUESTION_TASKS)];
  if (since) {
    parts.push("r.created_at >= ?");
    values.push(toTime(since));
  }
  if (states) parts.push(shows(states));
  return { where: parts.join(" AND "), values };
}

/** True in SQL for roots whose family shows one of these states: a look into the index for each, not a count of parts. */
function shows(states: readonly JobState[]): string {
  if (states.length === 0) return "1 = 0";
  const has = (some: readonly JobState[]) =>
    `EXISTS (SELECT 1 FROM jobs AS p WHERE p.family_id = r.id AND p.state IN (${some.map((state) => `'${state}'`).join(", ")}))`;
  const firstFew = SHOWN_FIRST.slice(0, states.length);
  if (firstFew.every((state) => states.includes(state))) return has(firstFew);
  const rest = SHOWN_FIRST.slice(-states.length);
  if (rest.every((state) => states.includes(state))) return `NOT ${has(SHOWN_FIRST.slice(0, -states.length))}`;
  const each = SHOWN_FIRST.map((state, position) => {
    const before = SHOWN_FIRST.slice(0, position);
    return { state, condition: `(${has([state])}${before.length > 0 ? ` AND NOT ${has(before)}` : ""})` };
  });
  return `(${each
    .filter(({ state }) => states.includes(state))
    .map(({ condition }) => condition)
    .join(" OR ")})`;
}
