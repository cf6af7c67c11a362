/** Jobs and those who do them. */
import { NO_PROGRESS } from "../../../src/core/job.ts";
import { claimFor, newScan, sampleMessages } from "../../contract/db/samples.ts";
import { HOST, NOW, PAGE, TOUR_CHAT, type Tour } from "./about.ts";

export const JOBS = {
  actionLog: {
    start: [
      ({ db }) =>
        db.actionLog.start({ uid: "a", type: "scan", hostname: HOST, chatId: null, jobId: null, parameters: {} }),
    ],
    end: [({ db }) => db.actionLog.end("a", "completed", {})],
    list: [
      ({ db }) => db.actionLog.list({}, PAGE),
      ({ db }) => db.actionLog.list({ chatId: TOUR_CHAT }, PAGE),
      ({ db }) => db.actionLog.list({ type: "scan", since: NOW, before: NOW }, PAGE),
    ],
  },
  jobs: {
    add: [({ db }) => db.jobs.add([newScan()])],
    get: [({ db }) => db.jobs.get("root")],
    family: [({ db }) => db.jobs.family("root")],
    families: [({ db }) => db.jobs.families(["root", "other"])],
    roots: [({ db }) => db.jobs.roots({}, PAGE), ({ db }) => db.jobs.roots({ states: ["active", "waiting"] }, PAGE)],
    claim: [({ db }) => db.jobs.claim(claimFor("tour"))],
    takeBack: [({ db }) => db.jobs.takeBack("nobody")],
    heartbeat: [({ db, job }) => db.jobs.heartbeat(job, job.lockedBy ?? "", 60_000, NO_PROGRESS, null)],
    scanned: [
      ({ db, job }) =>
        db.jobs.scanned(job, job.lockedBy ?? "", {
          messages: sampleMessages(TOUR_CHAT, 20),
          wanted: [1, 2],
          hostname: HOST,
          progress: NO_PROGRESS,
          cursor: null,
          gone: [3],
          covered: { low: 1, high: 20 },
        }),
    ],
    scanCursor: [({ db, job }) => db.jobs.scanCursor(job.id)],
    release: [
      ({ db, job }) =>
        db.jobs.release(job, job.lockedBy ?? "", NO_PROGRESS, {
          runAt: NOW,
          wait: null,
          spendsAttempt: false,
          error: null,
        }),
    ],
    fail: [({ db, job }) => db.jobs.fail(job, job.lockedBy ?? "", NO_PROGRESS, "no")],
    complete: [({ db, job }) => db.jobs.complete(job, job.lockedBy ?? "", NO_PROGRESS, { seen: 1, matched: 1 })],
    confirm: [({ db }) => db.jobs.confirm("root")],
    cancel: [({ db }) => db.jobs.cancel("root")],
    setPaused: [({ db }) => db.jobs.setPaused("root", true)],
    setPriority: [({ db }) => db.jobs.setPriority("root", 1)],
  },
  jobEvents: {
    add: [
      ({ db }) => db.jobEvents.add({ uid: "e", jobId: "root", rootId: "root", event: { type: "completed" }, at: NOW }),
    ],
    untold: [({ db }) => db.jobEvents.untold(["root"], 10)],
    told: [({ db }) => db.jobEvents.told(["e"], NOW)],
    of: [({ db }) => db.jobEvents.of("root", PAGE)],
  },
  jobCards: {
    open: [({ db }) => db.jobCards.open({ jobId: "root", chatId: 1, replyToId: null })],
    update: [({ db }) => db.jobCards.update("root", { milestone: 25 })],
    get: [({ db }) => db.jobCards.get("root")],
    byNumber: [({ db }) => db.jobCards.byNumber(1)],
    ofJobs: [({ db }) => db.jobCards.ofJobs(["root"])],
    openCards: [({ db }) => db.jobCards.openCards()],
  },
  workers: {
    beat: [
      ({ db }) =>
        db.workers.beat({
          workerId: "w",
          hostname: HOST,
          roles: ["worker"],
          version: "1",
          startedAt: NOW,
          account: null,
          trouble: null,
          freeBytes: null,
          downloadDir: null,
        }),
    ],
    list: [({ db }) => db.workers.list()],
    setDraining: [({ db }) => db.workers.setDraining(HOST, true)],
    remove: [({ db }) => db.workers.remove("w")],
  },
  budget: {
    take: [({ db }) => db.budget.take("tour", 1, { perSecond: 1, burst: 1 })],
    rest: [({ db }) => db.budget.rest("tour", 1)],
  },
  schedules: {
    create: [
      ({ db }) =>
        db.schedules.create({
          id: "s",
          task: "delete",
          chatId: TOUR_CHAT,
          chatTitle: "Room",
          wish: { filter: {}, keep: { count: 1, unit: "y" }, everyone: true, cap: 10 },
          timing: { every: "day", hour: 3, minute: 0 },
          timeZone: "UTC",
          nextRunAt: NOW,
          ownerChatId: 1,
        }),
    ],
    get: [({ db }) => db.schedules.get("s")],
    list: [({ db }) => db.schedules.list()],
    due: [({ db }) => db.schedules.due(NOW)],
    advance: [({ db }) => db.schedules.advance("s", NOW, NOW, {})],
    ran: [({ db }) => db.schedules.ran("s", NOW, "r")],
    setState: [({ db }) => db.schedules.setState("s", "paused")],
    takeMissed: [({ db }) => db.schedules.takeMissed("s")],
  },
} satisfies Partial<Tour>;
