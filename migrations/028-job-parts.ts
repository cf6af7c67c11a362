import type { Schema } from "./schema.ts";
import { ensureTable } from "./tables.ts";

const COUNTED = ["done", "total", "saved", "had", "failed", "bytes", "total_bytes", "seen", "fresh", "edited", "gone"];

/** Holds all that is summed over ten thousand parts of a job, what scans find included, so that no row of them is read. */
export const up = async (schema: Schema): Promise<void> => {
  await ensureTable(
    schema,
    "jobs",
    {},
    {
      primary: ["id"],
      indexes: [{ name: "jobs_parts", columns: ["family_id", "state", "paused", "wait_until", ...COUNTED, "id"] }],
    },
  );
  // Begins with the same columns, and would only be written to.
  if ((await schema.indexes("jobs")).some(({ name }) => name === "jobs_family"))
    await schema.change(schema.mysql ? "ALTER TABLE jobs DROP INDEX jobs_family" : "DROP INDEX jobs_family");
};
