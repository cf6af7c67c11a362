import type { Sequelize } from "sequelize";
import { type Found, Schema } from "../../migrations/schema.ts";
import type { Filler } from "./sql.ts";
import { toTime, type Value } from "./values.ts";

/** Tables that another tool may have made, with columns of its own. */
const ADOPTED = ["chats", "messages", "download_log", "action_log"];

/** What each adopted table wants a value for in every INSERT, whether or not we know what it means. */
export async function findFillers(sequelize: Sequelize): Promise<Map<string, Filler[]>> {
  const schema = new Schema(sequelize, { planning: true });
  const found = new Map<string, Filler[]>();
  for (const table of ADOPTED) {
    const required = (await schema.columns(table)).filter(
      (column) =>
        !column.nullable && column.default === null && !/auto_increment|generated|virtual|stored/i.test(column.extra),
    );
    found.set(
      table,
      required.map((column) => ({ column: column.name, value: harmless(column) })),
    );
  }
  return found;
}

function harmless({ type }: Found): Value {
  const word = /^(?:enum|set)\('((?:[^']|'')*)'/i.exec(type);
  if (word) return word[1]!.replaceAll("''", "'");
  if (/^(datetime|timestamp)/i.test(type)) return toTime(new Date()).slice(0, 19);
  if (/^date/i.test(type)) return toTime(new Date()).slice(0, 10);
  if (/^json/i.test(type)) return "null";
  if (/^time/i.test(type)) return "00:00:00";
  return /int|decimal|numeric|float|double|real|bit|bool|year/i.test(type) ? 0 : "";
}
