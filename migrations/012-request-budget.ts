import { bigint, key, type Schema } from "./schema.ts";
import { ensureTable } from "./tables.ts";

/** When the account's next request of a kind may go out, in milliseconds since 1970 by the database's clock. */
export const up = (schema: Schema) =>
  ensureTable(
    schema,
    "request_budget",
    { kind: { type: key, notNull: true }, free_at: { type: bigint, notNull: true, default: "0" } },
    { primary: ["kind"] },
  );
