/** The columns of messages.csv: one row a message, service messages included. */
import { jumpLink } from "../../core/telegram-link.ts";
import type { LocalClock } from "../local-time.ts";
import { topicOf } from "../topic.ts";
import type { ArchivedChat, ArchivedMessage } from "../types.ts";
import type { Cell } from "./cell.ts";

type Column = [name: string, value: (archived: ArchivedMessage, chat: ArchivedChat, clock: LocalClock) => Cell];

export const COLUMNS: readonly Column[] = [
  ["chat_id", (_, chat) => chat.chatId],
  ["chat", (_, chat) => chat.title],
  ["message_id", ({ message }) => message.messageId],
  ["date", ({ message }, _, clock) => clock.iso(message.date)],
  ["date_unix", ({ message }) => seconds(message.date)],
  ["edited", ({ message }, _, clock) => message.editedAt && clock.iso(message.editedAt)],
  ["sender_id", ({ message }) => message.senderId],
  ["sender", ({ message }) => message.senderName],
  ["outgoing", ({ message }) => (message.outgoing ? 1 : 0)],
  ["kind", ({ message }) => (message.service === null ? "message" : `service:${message.service}`)],
  ["text", ({ message }) => message.text],
  ["media", ({ message: { media } }) => (media.type === "none" ? "" : media.round ? "round" : media.type)],
  ["file", ({ place }) => (place && "path" in place ? place.path : "")],
  ["file_name", ({ message }) => message.media.fileName],
  ["mime_type", ({ message }) => message.media.mimeType],
  ["file_size", ({ message }) => message.media.size],
  ["duration", ({ message }) => message.media.duration],
  ["width", ({ message }) => message.media.width],
  ["height", ({ message }) => message.media.height],
  ["album_id", ({ message }) => message.albumId && `a${message.albumId}`],
  ["topic_id", ({ message }) => message.topicId],
  ["topic", ({ message }, chat) => topicOf(chat, message)],
  ["reply_to", ({ message }) => message.replyToId],
  [
    "forwarded_from",
    ({ message: { extra } }) => extra?.forward && (extra.forward.from?.name ?? extra.forward.hiddenName),
  ],
  [
    "forwarded_date",
    ({ message: { extra } }, _, clock) => extra?.forward && clock.iso(new Date(extra.forward.date * 1000)),
  ],
  ["via_bot", ({ message: { extra } }) => extra?.viaBot?.name],
  ["views", ({ message: { extra } }) => extra?.views],
  ["forwards", ({ message: { extra } }) => extra?.forwards],
  [
    "reactions",
    ({ message: { extra } }) => extra?.reactions?.map((one) => `${one.emoji ?? "*"} ${one.count}`).join(" "),
  ],
  ["poll", ({ message: { extra } }) => extra?.poll && pollText(extra.poll)],
  ["location", ({ message: { extra } }) => extra?.place && `${extra.place.latitude} ${extra.place.longitude}`],
  ["contact", ({ message: { extra } }) => extra?.contact && contactText(extra.contact)],
  ["link", ({ message }, chat) => linkOf(message.messageId, chat)],
];

const seconds = (date: Date): number => Math.floor(date.getTime() / 1000);

const pollText = ({ question, answers }: { question: string; answers: { text: string; voters: number }[] }): string =>
  `${question} – ${answers.map(({ text, voters }) => `${text}: ${voters}`).join("; ")}`;

const contactText = (contact: { firstName: string; lastName: string; phone: string }): string =>
  `${contact.firstName} ${contact.lastName}`.trim().concat(` ${contact.phone}`);

const linkOf = (messageId: number, chat: ArchivedChat): string => jumpLink(chat, messageId) ?? "";
