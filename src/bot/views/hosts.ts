/** Machines: what each is for and does now, with what can be done about it. */
import { formatBytes, formatDuration } from "../../core/units.ts";
import type { WorkerRecord } from "../../db/db.ts";
import { isAlive } from "../account.ts";
import { button, lines, rows, type View } from "../view.ts";
import { name, path, plainName, type Voice } from "../voice.ts";

/** All processes of one machine, as one. */
export interface Host {
  hostname: string;
  /** One of its processes, whose id the buttons carry: names can be longer than a button holds. */
  key: string;
  roles: string[];
  versions: string[];
  lastSeenAt: Date;
  alive: boolean;
  draining: boolean;
  trouble: string | null;
  freeBytes: number | null;
  downloadDir: string | null;
}

/** More would not fit a message; the longest silent ones are left out first. */
const SHOWN = 12;
const LABEL = 14;

export function hostsOf(workers: readonly WorkerRecord[], now: Date): Host[] {
  const hosts = new Map<string, Host>();
  for (const worker of workers) {
    const known = hosts.get(worker.hostname);
    const alive = isAlive(worker, now);
    // What a process said that is gone counts only where no living one says anything.
    if (known?.alive && !alive) continue;
    const fresh = known && known.alive === alive ? known : null;
    hosts.set(worker.hostname, {
      hostname: worker.hostname,
      key: fresh?.key ?? worker.workerId,
      roles: [...new Set([...(fresh?.roles ?? []), ...worker.roles])].sort(),
      versions: [...new Set([...(fresh?.versions ?? []), worker.version])],
      lastSeenAt: fresh && fresh.lastSeenAt > worker.lastSeenAt ? fresh.lastSeenAt : worker.lastSeenAt,
      alive,
      draining: worker.draining,
      trouble: fresh?.trouble ?? worker.trouble,
      freeBytes: fresh?.freeBytes ?? worker.freeBytes,
      downloadDir: fresh?.downloadDir ?? worker.downloadDir,
    });
  }
  return [...hosts.values()].sort((a, b) => Number(b.alive) - Number(a.alive) || a.hostname.localeCompare(b.hostname));
}

/** `work`: the numbers of the jobs that each hostname is at work on; null for one that has none. */
export function hostsView(voice: Voice, hosts: readonly Host[], work: ReadonlyMap<string, (number | null)[]>): View {
  const { t } = voice;
  const shown = hosts.slice(0, SHOWN);
  if (shown.length === 0) return { text: lines(t.machines.none), buttons: rows([button(t.common.refresh, ["hosts"])]) };
  return {
    text: lines(
      t.machines.heading(hosts.length),
      ...shown.map((host, index) => hostLines(voice, host, index + 1, work.get(host.hostname) ?? [])),
    ),
    buttons: [
      ...rows(...shown.map((host) => [hostButton(voice, host)])),
      ...rows([button(t.common.refresh, ["hosts"]), button(t.machines.log, ["run", "log"])]),
    ],
  };
}

function hostLines(voice: Voice, host: Host, number: number, jobs: readonly (number | null)[]) {
  const { machines } = voice.t;
  const roles = host.roles.map((role) => machines.roles[role] ?? role).join(", ");
  const ago = formatDuration(Math.max(0, voice.now.getTime() - host.lastSeenAt.getTime()));
  const facts = [
    doing(voice, host, jobs),
    host.freeBytes !== null && machines.disk(formatBytes(host.freeBytes, voice.language)),
    host.alive ? machines.heard(ago) : machines.silent(ago),
  ].filter((fact) => typeof fact === "string");
  return lines(
    machines.host(number, name(host.hostname, 40), roles, host.versions.join(", ")),
    `   ${facts.join(" · ")}`,
    host.downloadDir && host.roles.includes("worker") && machines.folder(path(host.downloadDir, 80)),
    host.trouble && machines.stands(machines.troubles[host.trouble] ?? machines.troubleUnknown(host.trouble)),
  );
}

function doing({ t }: Voice, host: Host, jobs: readonly (number | null)[]): string | false {
  const numbers = jobs.filter((number) => number !== null).slice(0, 5);
  const list = numbers.join(", ");
  if (host.draining) return jobs.length > 0 && list ? t.machines.drainingBusy(list) : t.machines.draining;
  if (!host.alive || !host.roles.includes("worker")) return false;
  if (jobs.length === 0) return t.machines.idle;
  return list ? t.machines.onJobs(list, numbers.length) : t.machines.unnumbered;
}

function hostButton({ t }: Voice, host: Host) {
  const label = plainName(host.hostname, LABEL);
  if (!host.roles.includes("worker"))
    return host.alive ? null : button(t.machines.forget(label), ["host-forget", host.key]);
  if (host.draining) return button(t.machines.takeBack(label), ["host-ask", host.key]);
  return host.alive
    ? button(t.machines.drain(label), ["host-ask", host.key])
    : button(t.machines.forget(label), ["host-forget", host.key]);
}

/** `last`: nobody else would fetch. */
export function askHostView(voice: Voice, host: Host, last: boolean): View {
  const { machines } = voice.t;
  const who = name(host.hostname, 40);
  const keep = button(machines.keep, ["hosts"]);
  return host.draining
    ? {
        text: machines.askTakeBack(who),
        buttons: rows([button(machines.takeBackYes, ["host-back", host.key], "primary"), keep]),
      }
    : {
        text: machines.askDrain(who, last),
        buttons: rows([button(machines.drainYes, ["host-drain", host.key], "primary"), keep]),
      };
}
