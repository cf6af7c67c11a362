import { type Family, familyState, isOver, type JobState, type JobWait, QUESTION_TASKS } from "../core/job.ts";
import type { JobRepository } from "./db.ts";
import { fromRow, type JobRow, progressOf } from "./job-row.ts";
import { countOf, marks, type Sql } from "./sql.ts";
import { toTime, type Value } from "./values.ts";

type Families = Pick<JobRepository, "family" | "families" | "roots">;

export function families(sql: Sql): Families {
  const familiesOf = (rootIds: readonly string[]) => read(sql, rootIds);
  return {
    families: familiesOf,
    family: async (rootId) => (await familiesOf([rootId]))[0] ?? null,
    async roots({ states, since }, { limit, offset }) {
      const { where, values } = rootsWhere(states, since);
      const rows = await sql.all<{ id: string }>(
        `SELECT r.id FROM jobs AS r WHERE ${where} ORDER BY r.id DESC LIMIT ? OFFSET ?`,
        [...values, limit, offset],
      );
      const total = await countOf(sql, `SELECT COUNT(*) AS total FROM jobs AS r WHERE ${where}`, values);
      return { families: await familiesOf(rows.map(({ id }) => id)), total };
    },
  };
}

/** One query for the roots, one for the sums over their parts, however many those are. */
async function read(sql: Sql, rootIds: readonly string[]): Promise<Family[]> {
  if (rootIds.length === 0) return [];
  const roots = await sql.all<JobRow>(`SELECT * FROM jobs WHERE id IN (${marks(rootIds)})`, rootIds);
  const sums = await sql.all<JobRow>(
    `${sumsOf(sql)} WHERE family_id IN (${marks(rootIds)}) GROUP BY family_id`,
    rootIds,
  );
  const rootById = new Map(roots.map((row) => [String(row.id), row]));
  const sumsById = new Map(sums.map((row) => [String(row.family_id), row]));
  return rootIds.flatMap((id) => {
    const root = rootById.get(id);
    const sum = sumsById.get(id);
    return root && sum ? [toFamily(root, sum)] : [];
  });
}

/** Every number of a family. A scan counts what it hands out, so its own total is no part of the sum. */
const sumsOf = ({ dialect }: Sql): string => {
  const ofParts = (column: string) => `SUM(CASE WHEN id = family_id AND task = 'scan' THEN 0 ELSE ${column} END)`;
  const open = "state IN ('draft', 'waiting', 'active')";
  return `SELECT family_id, COUNT(*) - 1 AS parts, SUM(done) AS done, SUM(saved) AS saved, SUM(had) AS had,
    SUM(failed) AS failed, SUM(bytes) AS bytes, SUM(seen) AS seen,
    ${ofParts("total")} AS total, ${ofParts("total_bytes")} AS total_bytes,
    GROUP_CONCAT(DISTINCT state) AS states, MAX(CASE WHEN ${open} THEN paused ELSE 0 END) AS paused,
    GROUP_CONCAT(DISTINCT CASE WHEN state = 'active' THEN locked_hostname END) AS hostnames,
    MAX(CASE WHEN ${open} AND wait_until > ${dialect.now}
      THEN ${dialect.concat("wait_until", "'|'", "COALESCE(wait_reason, '')")} END) AS wait
    FROM jobs`;
};

function toFamily(row: JobRow, sums: JobRow): Family {
  const root = fromRow(row);
  const progress = progressOf(sums);
  if (root.task === "scan") {
    // Matched but not handed out yet counts as well; what the scan settled itself was handed to nobody.
    progress.total = Math.max(root.progress.total, progress.total + root.progress.done);
    progress.totalBytes = Math.max(root.progress.totalBytes, progress.totalBytes);
    progress.seen = root.progress.seen;
  }
  return {
    root,
    state: familyState(listOf(sums.states) as JobState[]),
    paused: Number(sums.paused) > 0,
    counting: root.task === "scan" && !isOver(root.state),
    progress,
    wait: waitOf(sums.wait),
    parts: Number(sums.parts),
    hostnames: listOf(sums.hostnames).sort(),
  };
}

const listOf = (concatenated: unknown): string[] => (concatenated ? String(concatenated).split(",") : []);

function waitOf(value: unknown): JobWait | null {
  if (!value) return null;
  const [until = "", reason = ""] = String(value).split("|");
  return { until: new Date(`${until.slice(0, 23).replace(" ", "T")}Z`), reason };
}

/** A family shows the first of these states that one of its jobs is in; index lookups, so that parts are not counted. */
const SHOWN_FIRST: readonly JobState[] = ["draft", "active", "waiting", "failed", "cancelled", "completed"];

function rootsWhere(states: readonly JobState[] | undefined, since: Date | undefined) {
  const parts = ["r.root_id IS NULL", `r.task NOT IN (${marks(QUESTION_TASKS)})`];
  const values: Value[] = [...QUESTION_TASKS];
  if (since) {
    parts.push("r.created_at >= ?");
    values.push(toTime(since));
  }
  if (states) {
    const has = (state: JobState) =>
      `EXISTS (SELECT 1 FROM jobs AS p WHERE p.family_id = r.id AND p.state = '${state}')`;
    const shows = SHOWN_FIRST.map((state, position) => ({
      state,
      condition: [has(state), ...SHOWN_FIRST.slice(0, position).map((before) => `NOT ${has(before)}`)].join(" AND "),
    }));
    const wanted = shows.filter(({ state }) => states.includes(state)).map(({ condition }) => `(${condition})`);
    parts.push(wanted.length === 0 ? "1 = 0" : `(${wanted.join(" OR ")})`);
  }
  return { where: parts.join(" AND "), values };
}
