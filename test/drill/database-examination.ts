/** What must be true of disks, database, phone and logs after the drill of the database. */
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { hashesBelow } from "../../src/cli/hashes.ts";
import { openStore } from "../../src/db/open-store.ts";
import { onServer } from "../support/database.ts";
import { closedCard, END } from "../support/downloads.ts";
import type { Program } from "../support/program.ts";
import type { Scene } from "./database-blows.ts";

/** Of a drill that has found a fault. */
const LOGS = "test-output/drill-database";

/** How many of its rows the shared database does not have yet. */
export async function owedBy({ folder }: Program): Promise<number> {
  const home = await openStore(`sqlite:${join(folder, "data", "stand-in.sqlite")}`);
  try {
    const [row] = await home.all<{ n: number }>("SELECT COUNT(*) AS n FROM outbox");
    return row?.n ?? 0;
  } finally {
    await home.close();
  }
}

interface Expected {
  chatId: number;
  files: number;
  asked: number;
  say: (line: string) => void;
}

export async function examine({ sandbox, workers, bot, url }: Scene, expected: Expected): Promise<string[]> {
  const faults: string[] = [];
  const check = (good: boolean, fault: string) => {
    if (!good) faults.push(fault);
  };
  const truth = await sandbox.control.world.files(expected.chatId);
  const places = new Map<string, string[]>();
  const onDisk = new Map<string, string>();
  let parts = 0;
  for (const worker of workers) {
    for (const [relative, hash] of await hashesBelow(worker.downloads)) {
      const path = join(worker.downloads, relative);
      if (path.endsWith(".part")) parts++;
      else places.set(hash, [...(places.get(hash) ?? []), path]);
      onDisk.set(path, hash);
    }
  }
  const missing = truth.filter(({ sha256 }) => !places.has(sha256)).length;
  check(missing === 0, `${missing} files are on no disk.`);
  const strangers = [...places.keys()].filter((hash) => !truth.some(({ sha256 }) => sha256 === hash)).length;
  check(strangers === 0, `${strangers} files on the disks have bytes that are nobody's.`);
  const several = [...places.values()].filter((paths) => paths.length > 1);
  const twice = several.length;
  for (const paths of several.slice(0, 5)) expected.say(`On two machines: ${paths.join(" and ")}`);
  expected.say(`${truth.length} files, ${twice} of them on two machines, ${parts} halves.`);
  check(twice === 0, `${twice} files lie on two machines.`);
  check(parts === 0, `${parts} halves were left behind.`);
  const rows = await onServer<{ local_file_path: string; sha256: string }>(
    url,
    "SELECT local_file_path, sha256 FROM messages WHERE status = 'downloaded'",
  );
  const wrong = rows.filter((row) => onDisk.get(row.local_file_path) !== row.sha256).length;
  check(wrong === 0, `${wrong} rows name a file that is not there, or has other bytes.`);

  const count = async (sql: string) =>
    (await onServer<{ n: number }>(url, `SELECT COUNT(*) AS n FROM ${sql}`))[0]?.n ?? -1;
  const same = async (what: string, sql: string, wanted: number) => {
    const found = await count(sql);
    check(found === wanted, `${what}: ${found}, not ${wanted}.`);
  };
  await same("Messages downloaded", "messages WHERE status = 'downloaded'", expected.files);
  await same(
    "Messages of which a success is logged",
    "(SELECT DISTINCT message_id FROM download_log WHERE download_status = 'success') s",
    expected.files,
  );
  await same("Success lines", "download_log WHERE download_status = 'success'", expected.files);
  await same("Jobs that are not completed", "jobs WHERE state <> 'completed' AND task IN ('scan', 'download')", 0);
  await same("Downloads started", "action_log WHERE action_type = 'download'", 1);
  await same("Downloads completed", "action_log WHERE action_type = 'download' AND status = 'completed'", 1);
  for (const machine of [...workers, bot]) {
    const owed = await owedBy(machine);
    check(owed === 0, `A machine still owes ${owed} notes to central.`);
  }
  const ends = (await sandbox.phone.answers(expected.asked)).filter(({ text }) => END.test(text));
  check(ends.length === 1, `${ends.length} messages tell the end.`);
  const said = ends[0]?.text ?? "";
  check(said.includes(`${expected.files.toLocaleString("en")} files`), `The end says: ${said}`);
  const { milestones } = await closedCard(sandbox, expected.asked);
  const back = milestones.some((percent, at) => at > 0 && percent < (milestones[at - 1] ?? 0));
  check(!back && milestones.at(-1) === 100, `The card showed ${milestones.join(", ")} %.`);
  for (const machine of [...workers, bot]) {
    for (const line of machine.log().filter(({ level }) => level === "error" || level === "fatal")) {
      faults.push(`In a log: ${JSON.stringify(line).slice(0, 300)}`);
    }
    const stray = machine.lines().filter((line) => !line.startsWith("{"));
    check(stray.length === 0, `${stray.length} lines of a log are no JSON, such as: ${stray[0]?.slice(0, 200)}`);
  }
  if (faults.length > 0) {
    mkdirSync(LOGS, { recursive: true });
    for (const machine of [...workers, bot]) {
      const file = join(LOGS, `${basename(machine.folder)}.log`);
      writeFileSync(file, machine.lines().join("\n"));
      expected.say(`Its log is in ${file}.`);
    }
  }
  return faults;
}
