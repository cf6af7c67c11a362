/** Deletions. */
import { CONFIRMATION, DELETION, ITEM, NOW, PAGE, SUMMARY, type Tour } from "./about.ts";

export const DELETIONS = {
  deletions: {
    create: [({ db, deletionId }) => db.deletions.create({ ...DELETION, id: deletionId })],
    freeze: [({ db, deletionId }) => db.deletions.freeze(deletionId, [ITEM], SUMMARY, true)],
    get: [({ db, deletionId }) => db.deletions.get(deletionId)],
    byNumber: [({ db }) => db.deletions.byNumber(1)],
    list: [({ db }) => db.deletions.list({}, PAGE), ({ db }) => db.deletions.list({ withCopy: true }, PAGE)],
    open: [({ db }) => db.deletions.open()],
    items: [({ db, deletionId }) => db.deletions.items(deletionId, { states: ["planned"] }, 10)],
    counts: [({ db, deletionId }) => db.deletions.counts(deletionId)],
    reasons: [({ db, deletionId }) => db.deletions.reasons(deletionId, ["kept"])],
    move: [({ db, deletionId }) => db.deletions.move(deletionId, ["preview"], "copying")],
    note: [({ db, deletionId }) => db.deletions.note(deletionId, { told: false })],
    issue: [({ db, deletionId }) => db.deletions.issue({ ...CONFIRMATION, deletionId })],
    confirmation: [({ db }) => db.deletions.confirmation("tour")],
    confirm: [
      ({ db }) =>
        db.deletions.confirm(
          "tour",
          { ownerId: 2, chatId: 1, messageId: 1, now: NOW },
          { from: [], to: "kept", change: {} },
        ),
    ],
    sending: [({ db, deletionId }) => db.deletions.sending(deletionId, [1], NOW)],
    settle: [({ db, deletionId }) => db.deletions.settle(deletionId, [{ messageId: 1, state: "deleted" }], NOW)],
    keepRest: [({ db, deletionId }) => db.deletions.keepRest(deletionId, "stopped", NOW)],
    spent: [({ db }) => db.deletions.spent(NOW)],
  },
} satisfies Partial<Tour>;
