import { bigint, flag, instant, integer, json, key, name, type Schema, text, words } from "./schema.ts";
import { ensureTable } from "./tables.ts";

const COUNTED = ["done", "total", "saved", "had", "failed", "bytes", "total_bytes", "seen"];
const count = { type: bigint, notNull: true, default: "0" };

export const up = (schema: Schema) =>
  ensureTable(
    schema,
    "jobs",
    {
      id: { type: key, notNull: true },
      root_id: { type: key },
      // The root's id, for the root itself as well, so that a family is one GROUP BY.
      family_id: { type: key, notNull: true },
      task: { type: key, notNull: true },
      payload: { type: json, notNull: true },
      title: { type: text },
      state: { type: words("draft", "waiting", "active", "completed", "failed", "cancelled"), notNull: true },
      // Minus the priority: MariaDB before 10.8 has no descending index, and the next job must be the first of one.
      claim_order: { type: integer, notNull: true, default: "0" },
      paused: { type: flag, notNull: true, default: "0" },
      hostname: { type: name },
      attempts: { type: integer, notNull: true, default: "0" },
      max_attempts: { type: integer, notNull: true, default: "5" },
      // Grows with every claim and never shrinks: who holds an older number has lost the job.
      claims: { type: integer, notNull: true, default: "0" },
      run_at: { type: instant, notNull: true },
      locked_by: { type: name },
      locked_hostname: { type: name },
      locked_until: { type: instant },
      done: count,
      total: count,
      saved: count,
      had: count,
      failed: count,
      bytes: count,
      total_bytes: count,
      seen: count,
      wait_until: { type: instant },
      wait_reason: { type: name },
      result: { type: json },
      error: { type: text },
      scan_cursor: { type: json },
      request_key: { type: name },
      created_at: { type: instant, notNull: true },
      started_at: { type: instant },
      ended_at: { type: instant },
      updated_at: { type: instant },
      // When the owner last set it aside or put it before others.
      ordered_at: { type: instant },
      // In the copies that a machine keeps for an outage: the claims that central counted when the copy was made, and
      // whether the job is somebody else's.
      copied_claims: { type: integer },
      bystander: { type: flag, notNull: true, default: "0" },
    },
    {
      primary: ["id"],
      indexes: [
        { name: "jobs_due", columns: ["state", "paused", "claim_order", "id"] },
        { name: "jobs_lease", columns: ["locked_until"] },
        // Holds all that a card shows, so that the sum over ten thousand parts reads no row of them.
        {
          name: "jobs_family",
          columns: ["family_id", "state", "paused", "wait_until", ...COUNTED],
        },
        { name: "jobs_roots", columns: ["root_id", "id"] },
        { name: "jobs_request", columns: ["request_key"], unique: true },
      ],
    },
  );
