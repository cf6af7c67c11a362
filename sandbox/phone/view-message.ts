import { type ForwardInfo, isUserId, type World, type WorldMessage } from "../world/types.ts";
import { authorName, hasPhoto, messageLink } from "./names.ts";
import { mediaView } from "./view-media.ts";
import { serviceText } from "./view-service.ts";

type Json = Record<string, unknown>;

/** A message as the page shows it: everything said in words and addresses, nothing left to look up. */
export function messageView(world: World, message: WorldMessage): Json {
  const { id, peerId, date, text, entities, service, media, replyMarkup } = message;
  const chat = isUserId(peerId) ? null : world.chat(peerId);
  return {
    id,
    chatId: peerId,
    out: message.out,
    from: { id: message.fromId, name: authorName(world, message.fromId), hasPhoto: hasPhoto(world, message.fromId) },
    date,
    text,
    entities,
    ...(message.editDate !== undefined && { editDate: message.editDate }),
    ...(service && { service: serviceText(world, message, service) }),
    ...(media && { media: mediaView(world, media) }),
    ...(message.groupedId !== undefined && { groupedId: String(message.groupedId) }),
    ...(message.forward && { forward: forwardView(world, message.forward) }),
    ...(message.replyTo && { reply: replyView(world, message) }),
    ...(replyMarkup && { markup: replyMarkup }),
    ...(message.reactions?.length && { reactions: message.reactions.map(({ emoji, count }) => ({ emoji, count })) }),
    ...(message.silent && { silent: true }),
    ...(message.pinned && { pinned: true }),
    ...(message.views !== undefined && { views: message.views }),
    ...(message.comments && { comments: message.comments.count }),
    ...(message.postAuthor && { signature: message.postAuthor }),
    ...(message.viaBotId && { viaBot: authorName(world, message.viaBotId) }),
    link: messageLink(world, peerId, id),
    protected: message.noforwards === true || chat?.noforwards === true,
  };
}

function forwardView(world: World, forward: ForwardInfo): Json {
  const { fromId, channelPost } = forward;
  return {
    name: fromId === undefined ? (forward.fromName ?? "Someone") : authorName(world, fromId),
    date: forward.date,
    ...(fromId !== undefined && !isUserId(fromId) && { chatId: fromId, messageId: channelPost ?? null }),
  };
}

function replyView(world: World, message: WorldMessage): Json {
  const reply = message.replyTo!;
  const peerId = reply.peerId ?? message.peerId;
  let original: WorldMessage | null = null;
  try {
    original = world.as(world.ownerId).message(peerId, reply.messageId);
  } catch {
    // A reply to a chat that the owner cannot read shows its quote only.
  }
  return {
    messageId: peerId === message.peerId ? reply.messageId : null,
    name: original ? authorName(world, original.fromId) : "",
    text: reply.quote ?? (original ? summary(world, original) : "Deleted message"),
  };
}

const WORDS: Record<string, string> = {
  photo: "🖼 Photo",
  webpage: "",
  geo: "📍 Location",
  venue: "📍 Place",
  contact: "👤 Contact",
  poll: "📊 Poll",
  dice: "🎲 Dice",
  unsupported: "Unsupported message",
  video: "🎬 Video",
  round: "🎬 Video message",
  voice: "🎤 Voice message",
  animation: "GIF",
};

/** A message in one line, as in the list of chats. */
export function summary(world: World, message: WorldMessage): string {
  const { media, service, text } = message;
  if (service) return serviceText(world, message, service);
  const line = text.replaceAll("\n", " ").slice(0, 160);
  if (!media) return line;
  if (media.kind === "poll") return `📊 ${media.question}`;
  if (media.kind !== "document") return [WORDS[media.kind], line].filter(Boolean).join(" · ");
  if (media.as === "sticker") return `${media.emoji ?? ""} Sticker`.trim();
  const named = media.as === "audio" ? media.title || media.fileName : media.fileName;
  const word = WORDS[media.as] ?? `${media.as === "audio" ? "🎵" : "📄"} ${named || "File"}`;
  return [word, line].filter(Boolean).join(" · ");
}
