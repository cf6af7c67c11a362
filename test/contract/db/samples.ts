import { newId } from "../../../src/core/id.ts";
import { type Job, type JobProgress, type NewJob, NO_PROGRESS } from "../../../src/core/job.ts";
import type { Chat, Media, Message } from "../../../src/core/media.ts";
import type { TaskName } from "../../../src/core/tasks.ts";
import type { Claim, Db } from "../../../src/db/db.ts";

let lastChat = -1_000_000_000_000;
/** No two tests share a chat, so that they may share a database. */
export const newChatId = (): number => lastChat--;

export const sampleChat = (over: Partial<Chat> = {}): Chat => ({
  chatId: newChatId(),
  type: "channel",
  title: "News",
  username: null,
  accessHash: "-8999999999999999999",
  unread: 3,
  lastMessageAt: new Date("2024-03-01T10:00:00Z"),
  archived: false,
  folders: [2, 5],
  isForum: false,
  isBot: false,
  isSelf: false,
  restricted: false,
  linkedChatId: null,
  lastScanAt: null,
  ...over,
});

export const sampleMessage = (
  over: Omit<Partial<Message>, "media"> & { media?: Partial<Media> } & { chatId: number },
): Message => ({
  messageId: 1,
  date: new Date("2024-01-31T23:59:59Z"),
  editedAt: null,
  senderId: 7,
  senderName: "Ada",
  outgoing: false,
  text: "",
  albumId: null,
  topicId: null,
  replyToId: null,
  service: null,
  ...over,
  media: {
    type: "photo",
    round: false,
    fileName: null,
    mimeType: "image/jpeg",
    size: 1000,
    fileKey: null,
    dcId: 2,
    duration: null,
    width: 640,
    height: 480,
    restricted: false,
    ...over.media,
  },
});

export const sampleMessages = (chatId: number, count: number, firstId = 1): Message[] =>
  Array.from({ length: count }, (_, index) => sampleMessage({ chatId, messageId: firstId + index }));

export const newScan = (over: Partial<NewJob<"scan">> = {}): NewJob<"scan"> => ({
  id: newId(),
  task: "scan",
  payload: { chatId: newChatId(), filter: {}, next: "download" },
  title: "News: everything",
  ...over,
});

/** A hostname that only one test uses, so that its claims meet no other test's jobs. */
export const newHost = (): string => `host-${newId().toLowerCase()}`;

export const claimFor = (hostname: string, over: Partial<Claim> = {}): Claim => ({
  workerId: `${hostname}/1`,
  hostname,
  leaseMs: 60_000,
  tasks: ["scan", "download"],
  ...over,
});

export const progress = (over: Partial<JobProgress> = {}): JobProgress => ({ ...NO_PROGRESS, ...over });

/** Claims what is there for a machine until it gets the job it wants; others must not be in its way. */
export async function claimed<T extends TaskName>(
  db: Db,
  hostname: string,
  task: T,
  leaseMs = 60_000,
): Promise<Job<T>> {
  const job = await db.jobs.claim(claimFor(hostname, { tasks: [task], leaseMs }));
  if (!job) throw new Error(`Nothing to claim for ${hostname}.`);
  return job as Job<T>;
}

/** As `saved` writes it down. */
export const savedFile = (over: object = {}) => ({
  path: "/d/20240131_235959_a.jpg",
  bytes: 1000,
  sha256: "ab".repeat(32),
  hostname: "here",
  rootId: newId(),
  ...over,
});
