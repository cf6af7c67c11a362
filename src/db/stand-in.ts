/**
 * A Db out of two stores: central, which all machines share, and home, which stands in for it on this machine while it is
 * away. Only this file knows that there are two.
 */
import { RetryLaterError } from "../core/errors.ts";
import { newId } from "../core/id.ts";
import type { Job } from "../core/job.ts";
import { type Copies, copiesOf } from "./copies.ts";
import type { DatabaseLog } from "./database-log.ts";
import type { Db, DbStatus, Repositories } from "./db.ts";
import { isAway, refusalOf } from "./faults.ts";
import { gate } from "./gate.ts";
import { repositoriesOf } from "./open-store.ts";
import { openOutbox } from "./outbox.ts";
import { push } from "./push.ts";
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
}

const PROBE_MS = 2_000;
const REFRESH_MS = 60_000;
/** After a further outage within this time, central must answer for longer before it is trusted. */
const RECENT_MS = 5 * 60_000;
const NOTHING_NOW = "My database isn't answering, so I won't delete anything now.";
const NO_ARCHIVE_NOW = "My database isn't answering, so the archive waits.";
const TRY_AGAIN_MS = 10_000;
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
    awayReason = refusalOf(error) ?? "The database does not answer.";
    if (atHome && awaySince) return;
    atHome = true;
    awaySince = new Date();
    outages.push(awaySince.getTime());
    log.warn({ reason: awayReason, error: sentence(error) }, "The central database is away; this machine stands in.");
  };

  /** Everything owed is handed over, then central answers again. Calls in between wait for the last pass only. */
  const comeBack = async () => {
    central ??= await options.openCentral();
    centralRepositories ??= repositoriesOf(central, { takesBystanders: () => true });
    const parts = {
      home,
      outbox,
      central,
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
      if (Date.now() - steadySince < steadyMs(outages)) return;
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
      const alive = await options.probe().then(
        () => true,
        () => false,
      );
      if (!alive || attempt >= 2) fallHome(answer.error);
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
    deletions: onlyCentral("deletions", homeRepositories, ask, NOTHING_NOW),
    archives: onlyCentral("archives", homeRepositories, ask, NO_ARCHIVE_NOW),
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

/** The repositories, each call sent to where the rows are. */
function routed(
  shape: Repositories,
  ask: <T>(work: (repositories: Repositories, isCentral: boolean) => Promise<T>) => Promise<T>,
  copies: Copies,
): Repositories {
  type Call = (...words: unknown[]) => Promise<unknown>;
  const routes = Object.fromEntries(
    Object.entries(shape).map(([name, repository]) => [
      name,
      Object.fromEntries(
        Object.keys(repository).map((method): [string, Call] => [
          method,
          (...words) =>
            ask((repositories) => {
              const target = repositories[name as keyof Repositories] as unknown as { [method: string]: Call };
              return target[method]!(...words);
            }),
        ]),
      ),
    ]),
  ) as unknown as Repositories;

  /** A job that has changed hands is no more this machine's. */
  const droppedUnless = async <T>(
    job: Pick<Job, "id">,
    kept: (answer: T) => boolean,
    answer: Promise<T>,
  ): Promise<T> => {
    const value = await answer;
    if (!kept(value)) await copies.drop(job.id);
    return value;
  };
  const never = () => false;
  return {
    ...routes,
    messages: {
      ...routes.messages,
      // Made here, so that the line is one line in whichever store it ends up.
      failed: (key, failure) => routes.messages.failed(key, { uid: newId(), ...failure }),
    },
    jobCards: {
      ...routes.jobCards,
      // A card must not be sent a second time, or with a number given before, because central goes just now.
      open: (card) =>
        ask(async (repositories, isCentral) => {
          const opened = await repositories.jobCards.open(card);
          if (isCentral) await copies.card(card.jobId);
          return opened;
        }),
      update: (jobId, change) =>
        ask(async (repositories, isCentral) => {
          await repositories.jobCards.update(jobId, change);
          if (isCentral) await copies.card(jobId);
        }),
    },
    jobs: {
      ...routes.jobs,
      add: (jobs) =>
        ask(async (repositories, isCentral) => {
          const ids = await repositories.jobs.add(jobs);
          // Whoever asked will look for it, here if central goes.
          if (isCentral) await copies.look(ids);
          return ids;
        }),
      claim: (claim) =>
        ask(async (repositories, isCentral) => {
          const job = await repositories.jobs.claim(claim);
          if (job && isCentral) await copies.keep(job);
          return job;
        }),
      heartbeat: (job, ...words) => droppedUnless(job, (hold) => hold !== "lost", routes.jobs.heartbeat(job, ...words)),
      complete: (job, ...words) => droppedUnless(job, never, routes.jobs.complete(job, ...words)),
      release: (job, ...words) => droppedUnless(job, never, routes.jobs.release(job, ...words)),
      fail: (job, ...words) => droppedUnless(job, never, routes.jobs.fail(job, ...words)),
    },
  };
}

/** What may have one truth only: refused while central is away, whatever home would say. */
function onlyCentral<Name extends "deletions" | "archives">(
  name: Name,
  shape: Repositories,
  ask: <T>(work: (repositories: Repositories, isCentral: boolean) => Promise<T>) => Promise<T>,
  refusal: string,
): Repositories[Name] {
  type Call = (...words: unknown[]) => Promise<unknown>;
  const route =
    (method: string): Call =>
    (...words) =>
      ask((repositories, isCentral) => {
        if (!isCentral) throw new RetryLaterError(refusal, new Date(Date.now() + TRY_AGAIN_MS), "DATABASE");
        return (repositories[name] as unknown as { [method: string]: Call })[method]!(...words);
      });
  return Object.fromEntries(
    Object.keys(shape[name]).map((method) => [method, route(method)]),
  ) as unknown as Repositories[Name];
}

function steadyMs(outages: readonly number[]): number {
  const recent = outages.filter((at) => Date.now() - at < RECENT_MS).length;
  return recent <= 1 ? 0 : Math.min(LONGEST_STEADY_MS, 1_000 * 2 ** recent);
}

const sentence = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Does something again and again, never twice at once. */
function every(ms: number, work: () => Promise<void>): { stop: () => Promise<void> } {
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout;
  const next = () => {
    timer = setTimeout(() => {
      running = work()
        .catch(() => {})
        .finally(() => {
          if (!stopped) next();
        });
    }, ms);
    timer.unref();
  };
  next();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
