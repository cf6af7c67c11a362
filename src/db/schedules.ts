import type { Schedule, ScheduleState } from "../core/schedule.ts";
import type { ScheduleRepository } from "./ports/schedules.ts";
import { countOf, first, type Store } from "./sql.ts";
import { cleanOrNull, fromJson, textOrNull, time, timeOrNull, toJson, toTime, toTimeOrNull } from "./values.ts";

type Row = { [column: string]: unknown };
const TRIES = 20;

export function scheduleRepository(store: Store): ScheduleRepository {
  const { dialect } = store;
  const get = async (id: string) => {
    const row = await first<Row>(store, "SELECT * FROM schedules WHERE id = ?", [id]);
    return row && scheduleOf(row);
  };
  return {
    get,
    async create(one) {
      for (let attempt = 1; attempt <= TRIES; attempt++) {
        const known = await get(one.id);
        if (known) return known;
        const last = await countOf(store, "SELECT COALESCE(MAX(number), 0) AS total FROM schedules");
        // Whoever was quicker has the number: then the next one is asked for.
        await store.run(
          `${dialect.insertIgnore} INTO schedules
            (id, number, task, chat_id, chat_title, wish, timing, time_zone, state, next_run_datetime, owner_chat_id, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'on', ?, ?, ?)`,
          [
            one.id,
            last + 1,
            one.task,
            one.chatId,
            cleanOrNull(one.chatTitle),
            toJson(one.wish) ?? "{}",
            toJson(one.timing) ?? "{}",
            one.timeZone,
            toTime(one.nextRunAt),
            one.ownerChatId,
            toTime(new Date()),
          ],
        );
      }
      throw new Error("A schedule found no number.");
    },
    async list() {
      return (await store.all<Row>("SELECT * FROM schedules WHERE state <> 'removed' ORDER BY number")).map(scheduleOf);
    },
    async due(now) {
      const text = "SELECT * FROM schedules WHERE state = 'on' AND next_run_datetime <= ? ORDER BY next_run_datetime";
      return (await store.all<Row>(text, [toTime(now)])).map(scheduleOf);
    },
    async advance(id, from, to, { missedAt }) {
      const missed = missedAt === undefined ? "" : "missed_datetime = ?, ";
      const text = `UPDATE schedules SET ${missed}next_run_datetime = ?, updated_at = ${dialect.now}
        WHERE id = ? AND state = 'on' AND next_run_datetime = ?`;
      const values = [...(missedAt === undefined ? [] : [toTimeOrNull(missedAt)]), toTime(to), id, toTime(from)];
      return (await store.run(text, values)) > 0;
    },
    async ran(id, at, runId) {
      const text = `UPDATE schedules SET last_run_datetime = ?, last_run_id = ?, updated_at = ${dialect.now} WHERE id = ?`;
      await store.run(text, [toTime(at), runId, id]);
    },
    async setState(id, state, nextRunAt) {
      const next = nextRunAt ? "next_run_datetime = ?, " : "";
      const text = `UPDATE schedules SET state = ?, ${next}missed_datetime = NULL, updated_at = ${dialect.now}
        WHERE id = ? AND state <> ? AND state <> 'removed'`;
      return (await store.run(text, [state, ...(nextRunAt ? [toTime(nextRunAt)] : []), id, state])) > 0;
    },
    async takeMissed(id) {
      const text = `UPDATE schedules SET missed_datetime = NULL, updated_at = ${dialect.now}
        WHERE id = ? AND missed_datetime IS NOT NULL AND state <> 'removed'`;
      return (await store.run(text, [id])) > 0;
    },
  };
}

const scheduleOf = (row: Row): Schedule => ({
  id: String(row.id),
  number: Number(row.number),
  task: row.task as Schedule["task"],
  chatId: Number(row.chat_id),
  chatTitle: textOrNull(row.chat_title) ?? "",
  wish: fromJson<Schedule["wish"]>(row.wish)!,
  timing: fromJson<Schedule["timing"]>(row.timing)!,
  timeZone: String(row.time_zone),
  state: row.state as ScheduleState,
  nextRunAt: time(row.next_run_datetime),
  lastRunAt: timeOrNull(row.last_run_datetime),
  lastRunId: textOrNull(row.last_run_id),
  missedAt: timeOrNull(row.missed_datetime),
  ownerChatId: Number(row.owner_chat_id),
  createdAt: time(row.created_at),
});
