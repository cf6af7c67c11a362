/** Which store a call goes to, and what else is due when it has been there. */
import { RetryLaterError } from "../core/errors.ts";
import { newId } from "../core/id.ts";
import type { Job } from "../core/job.ts";
import type { Copies } from "./copies.ts";
import type { Repositories } from "./db.ts";

/** Does some work with the repositories of the store that answers now; again with the other one if it must. */
export type Ask = <T>(work: (repositories: Repositories, isCentral: boolean) => Promise<T>) => Promise<T>;
type Call = (...words: unknown[]) => Promise<unknown>;

const NOTHING_NOW = "My database isn't answering, so I won't delete anything now.";
const NO_ARCHIVE_NOW = "My database isn't answering, so the archive waits.";
const NO_SCHEDULE_NOW = "My database isn't answering, so schedules wait.";
const TRY_AGAIN_MS = 10_000;

/** The repositories, each call sent to where the rows are. */
export function routed(shape: Repositories, ask: Ask, copies: Copies): Repositories {
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
    deletions: onlyCentral("deletions", shape, ask, NOTHING_NOW),
    schedules: onlyCentral("schedules", shape, ask, NO_SCHEDULE_NOW),
    archives: onlyCentral("archives", shape, ask, NO_ARCHIVE_NOW),
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
function onlyCentral<Name extends "deletions" | "schedules" | "archives">(
  name: Name,
  shape: Repositories,
  ask: Ask,
  refusal: string,
): Repositories[Name] {
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
