/** The whole at a glance: account, database, machines, disk, jobs, and what was asked of Telegram today. */
import { fmt } from "@grammyjs/parse-mode";
import type { RequestsToday } from "../../core/request-count.ts";
import { formatBytes } from "../../core/units.ts";
import type { DbStatus } from "../../db/db.ts";
import type { AccountState } from "../account.ts";
import { button, lines, rows, type View } from "../view.ts";
import { clock, plainName, type Voice } from "../voice.ts";
import type { Host } from "./hosts.ts";
import { accountName } from "./start.ts";

const HOSTS = 10;

export interface Glance {
  account: AccountState;
  store: DbStatus;
  hosts: readonly Host[];
  jobs: { running: number; waiting: number };
  requests: RequestsToday;
}

export function statusView(voice: Voice, { account, store, hosts, jobs, requests }: Glance): View {
  const { start, settings, common, machines } = voice.t;
  const { status } = start;
  const { awaySince, awayReason, handedOver } = store;
  return {
    text: lines(
      status.title,
      status.account(accountName(account) ?? settings.noAccount),
      status.database(store.dialect, awaySince !== null),
      awaySince && status.owed(store.owed, clock(voice, awaySince)),
      awaySince && awayReason && machines.awayReason(awayReason),
      !awaySince && handedOver && machines.handedOver(handedOver.rows, clock(voice, handedOver.at)),
      ...(hosts.length > 0 ? hosts.slice(0, HOSTS).map((host) => hostLine(voice, host)) : [status.noMachine]),
      status.jobs(jobs.running, jobs.waiting),
      requests.calls + requests.parts > 0 && machines.requests(requests.calls, requests.parts, requests.paced),
    ),
    buttons: rows(
      [button(common.refresh, ["status"]), button(start.jobs(0), ["run", "jobs"])],
      [button(machines.hosts, ["run", "hosts"]), button(machines.log, ["run", "log"])],
      [awaySince && button(machines.tryNow, ["db-now"])],
    ),
  };
}

function hostLine(voice: Voice, host: Host) {
  const { status } = voice.t.start;
  const seen = host.draining
    ? status.draining
    : host.alive
      ? status.alive
      : status.lastSeen(clock(voice, host.lastSeenAt));
  const disk = host.freeBytes === null ? null : formatBytes(host.freeBytes, voice.language);
  return status.machine(plainName(host.hostname, 40), disk, fmt`${seen}`, host.versions.join(", "));
}
