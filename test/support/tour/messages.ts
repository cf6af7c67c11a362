/** Messages, and what is known of their files. */
import { sampleChat, sampleMessages } from "../../contract/db/samples.ts";
import { FILE, HOST, KEY, NOW, PAGE, SAVED, TOUR_CHAT, type Tour, type Visit } from "./about.ts";

export const MESSAGES = {
  chats: {
    record: [({ db }) => db.chats.record([sampleChat({ chatId: TOUR_CHAT })])],
    get: [({ db }) => db.chats.get(TOUR_CHAT)],
    byUsername: [({ db }) => db.chats.byUsername("ada")],
    self: [({ db }) => db.chats.self()],
    list: [({ db }) => db.chats.list({}, PAGE), ({ db }) => db.chats.list({ text: "a" }, PAGE)],
    scanned: [({ db }) => db.chats.scanned(TOUR_CHAT, NOW)],
  },
  messages: {
    record: [({ db }) => db.messages.record(sampleMessages(TOUR_CHAT, 20), HOST)],
    get: [({ db }) => db.messages.get(KEY)],
    of: [({ db }) => db.messages.of(TOUR_CHAT, [1, 2, 3])],
    newestId: [({ db }) => db.messages.newestId(TOUR_CHAT)],
    saved: [({ db }) => db.messages.saved(KEY, SAVED)],
    failed: [({ db }) => db.messages.failed(KEY, { hostname: HOST, error: "no", rootId: "root" })],
    failedOf: [({ db }) => db.messages.failedOf("root", PAGE)],
    ownedFiles: [({ db }) => db.messages.ownedFiles(["document:1", "document:2"], HOST)],
    countDownloaded: [
      ({ db }) => db.messages.countDownloaded(TOUR_CHAT, null),
      ({ db }) => db.messages.countDownloaded(TOUR_CHAT, ["photo", "video"]),
    ],
    count: [
      ({ db }) => db.messages.count({}),
      ({ db }) => db.messages.count({ chatId: TOUR_CHAT }),
      ({ db }) => db.messages.count({ chatId: TOUR_CHAT, status: "failed" }),
    ],
    presentWithin: [({ db }) => db.messages.presentWithin(TOUR_CHAT, { low: 1, high: 100 }, 10)],
    scannedRanges: [({ db }) => db.messages.scannedRanges(TOUR_CHAT)],
  },
  archives: {
    after: [({ db }) => db.archives.after(TOUR_CHAT, 3, 250)],
    count: [({ db }) => db.archives.count(TOUR_CHAT)],
    prove: [({ db }) => db.archives.prove(TOUR_CHAT, [1, 2, 3])],
  },
  downloadLog: {
    add: [({ db }) => db.downloadLog.add({ uid: "u", ...KEY, status: "retry", hostname: HOST, error: null, at: NOW })],
    of: [({ db }) => db.downloadLog.of(KEY)],
    count: [({ db }) => db.downloadLog.count({ chatId: TOUR_CHAT })],
    machinesOf: [({ db }) => db.downloadLog.machinesOf("root")],
  },
  duplicates: {
    files: (["sha256", "file_key"] as const).flatMap((by) => [
      ({ db }: Visit) => db.duplicates.files(HOST, by, null, 100),
      ({ db }: Visit) => db.duplicates.files(HOST, by, FILE, 100),
    ]),
    ofContent: [
      ({ db }) => db.duplicates.ofContent(HOST, "sha256", "a"),
      ({ db }) => db.duplicates.ofContent(HOST, "file_key", "a"),
    ],
    moved: [({ db }) => db.duplicates.moved(HOST, "sha256", "a", "/a", "/b")],
    elsewhere: [({ db }) => db.duplicates.elsewhere(HOST, "a")],
  },
  pictures: {
    files: (["sha256", "file_key"] as const).flatMap((by) => [
      ({ db }: Visit) => db.pictures.files(HOST, by, null, 100),
      ({ db }: Visit) => db.pictures.files(HOST, by, FILE, 100),
    ]),
    count: [({ db }) => db.pictures.count(HOST)],
    marks: [({ db }) => db.pictures.marks(["sha256:a"])],
    keep: [
      ({ db }) =>
        db.pictures.keep([
          { content: "file:a", mark: null, width: null, height: null, sha256: null, why: "No picture." },
        ]),
    ],
    removed: [
      ({ db }) => db.pictures.removed(HOST, "/a", "sha256:a"),
      ({ db }) => db.pictures.removed(HOST, "/a", "file:a"),
    ],
  },
} satisfies Partial<Tour>;
