/**
 * A Db out of two stores: central, which all machines share, and home, which stands in for it on this machine while it is
 * away. Only this file knows that there are two.
 */
import { copiesOf } from "./copies.ts";
import type { DatabaseLog } from "./database-log.ts";
import type { Db, DbStatus, Repositories } from "./db.ts";
import { every } from "./every.ts";
import { awayReasonOf, isAway, refusalOf } from "./faults.ts";
import { gate } from "./gate.ts";
import { repositoriesOf } from "./open-store.ts";
import { openOutbox } from "./outbox.ts";
import { push } from "./push.ts";
import { renewLeases } from "./renew-leases.ts";
import { routed } from "./routes.ts";
import type { Store } from "./sql.ts";

export interface StandInOptions {
  home: Store;
  /** Connects to central and migrates it; throws what went wrong. Asked again until it works. */
  openCentral: () => Promise<Store>;
  /** A fresh connection and one query, so that a silent server is told from a slow query. */
  probe: () => Promise<void>;
  hostname: string;
  log: DatabaseLog;
  /** Between two knocks at central's door. */
  probeMs?: number;
  refreshMs?: number;
  /** How long after an outage no job is taken over: other machines may not have found back yet. */
  graceMs?: number;
}

const GRACE_MS = 15_000;
const PROBE_MS = 2_000;
const RENEW_EVERY_MS = 5_000;
const REFRESH_MS = 60_000;
/** After a further outage within this time, central must answer for longer before it is trusted. */
const RECENT_MS = 5 * 60_000;
const LONGEST_STEADY_MS = 30_000;

export async function standIn(options: StandInOptions): Promise<Db> {
  const { home, log, hostname } = options;
  const outbox = await openOutbox(home);
  const calls = gate();
  let central: Store | null = null;
  let atHome = true;
  let awaySince: Date | null = null;
  let awayReason: string | null = null;
  let refused = false;
  let handedOver: DbStatus["handedOver"] = null;
  let steadySince: number | null = null;
  let closed = false;
  let backAt: number | null = null;
  const outages: number[] = [];

  const theCentral = (): Store => {
    if (!central) throw new Error("Central was never reached.");
    return central;
  };
  const copies = await copiesOf(home, outbox, theCentral, hostname);
  const homeRepositories = repositoriesOf(home, { takesBystanders: copies.alone });
  let centralRepositories: Repositories | null = null;

  const fallHome = (error: unknown) => {
    steadySince = null;
    refused = refusalOf(error) !== null;
    awayReason = awayReasonOf(error);
    if (atHome && awaySince) return;
    atHome = true;
    awaySince = new Date();
    outages.push(awaySince.getTime());
    log.warn({ reason: awayReason, error: sentence(error) }, "The central database is away; this machine stands in.");
  };

  /** Everything owed is handed over, then central answers again. Calls in between wait for the last pass only. */
  const comeBack = async () => {
    central ??= await options.openCentral();
    centralRepositories ??= repositoriesOf(central, {
      takesBystanders: () => true,
      takesOver: () => backAt === null || Date.now() - backAt > (options.graceMs ?? GRACE_MS),
    });
    const answering = central;
    let renewedAt = Number.NEGATIVE_INFINITY;
    const parts = {
      home,
      outbox,
      central,
      // Handing over an hour's rows takes longer than a lease: what this machine works on must stay its own meanwhile.
      between: async () => {
        if (Date.now() - renewedAt < RENEW_EVERY_MS) return;
        await renewLeases(home, outbox, answering);
        renewedAt = Date.now();
      },
      onRefused: (table: string, key: string, error: unknown) =>
        log.error({ table, key, error: sentence(error) }, "The central database does not take a row; it stays here."),
    };
    let rows = await push(parts);
    await calls.alone(async () => {
      rows += await push(parts);
      await copies.forget();
      atHome = false;
    });
    // Also after a start: what was owed then is from an outage that an earlier run of the program saw.
    if (awaySince || rows > 0) handedOver = { at: new Date(), rows };
    if (awaySince) {
      backAt = Date.now();
      log.info({ rows, awaySince }, "The central database is back; it has what was owed.");
    }
    awaySince = null;
    awayReason = null;
    refused = false;
  };

  let knocking: Promise<void> | null = null;
  /** However many ask at once, there is one hand at the door. */
  const knock = (): Promise<void> => {
    knocking ??= knockOnce().finally(() => {
      knocking = null;
    });
    return knocking;
  };
  const knockOnce = async () => {
    try {
      await options.probe();
      steadySince ??= Date.now();
      if (Date.now() - steadySince < steadyMs(outages)) {
        if (central) await renewLeases(home, outbox, central);
        return;
      }
      await comeBack();
      await copies.refresh();
    } catch (error) {
      if (isAway(error)) fallHome(error);
      else log.error({ error: sentence(error) }, "Handing over to the central database failed; it is tried again.");
    }
  };

  /** One call, to where the rows are now. A call that fell on the floor with central is made again at home. */
  const ask = async <T>(work: (repositories: Repositories, isCentral: boolean) => Promise<T>): Promise<T> => {
    for (let attempt = 1; ; attempt++) {
      const answer: { value: T } | { error: unknown } = await calls.enter(async () => {
        if (atHome || !centralRepositories) return { value: await work(homeRepositories, false) };
        try {
          return { value: await work(centralRepositories, true) };
        } catch (error) {
          if (!isAway(error)) throw error;
          return { error };
        }
      });
      if ("value" in answer) return answer.value;
      // Perhaps only this connection or this query was lost.
      if (atHome) continue;
      const trouble = await options.probe().then(
        () => null,
        (error: unknown) => ({ error }),
      );
      // Who asks anew hears why: a line that was cut, say, because the password is another one now.
      if (trouble || attempt >= 2) fallHome(trouble?.error ?? answer.error);
    }
  };

  await firstKnock();
  const timer = every(options.probeMs ?? PROBE_MS, async () => {
    if (atHome) await knock();
  });
  const refreshes = every(options.refreshMs ?? REFRESH_MS, async () => {
    if (atHome) return;
    await copies.refresh().catch((error: unknown) => {
      if (!isAway(error)) log.error({ error: sentence(error) }, "The copy for outages could not be refreshed.");
    });
  });

  return {
    ...routed(homeRepositories, ask, copies),
    async status() {
      return {
        store: atHome ? "home" : "central",
        owed: await outbox.owed(),
        awaySince,
        awayReason,
        refused,
        handedOver,
        dialect: central?.server ?? "mysql",
      };
    },
    async tryNow() {
      if (atHome && !closed) await knock();
      return !atHome;
    },
    async close() {
      if (closed) return;
      closed = true;
      await Promise.all([timer.stop(), refreshes.stop()]);
      await home.close();
      await central?.close().catch(() => {});
    },
  };

  /** At start a wrong setting ends the program; a server that is away does not. */
  async function firstKnock(): Promise<void> {
    try {
      await comeBack();
      await copies.refresh();
    } catch (error) {
      if (refusalOf(error) !== null || !isAway(error)) {
        await home.close();
        throw error;
      }
      fallHome(error);
    }
  }
}

function steadyMs(outages: readonly number[]): number {
  const recent = outages.filter((at) => Date.now() - at < RECENT_MS).length;
  return recent <= 1 ? 0 : Math.min(LONGEST_STEADY_MS, 1_000 * 2 ** recent);
}

const sentence = (error: unknown): string => (error instanceof Error ? error.message : String(error));
