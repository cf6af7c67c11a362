/** One message as a bubble. Its id on the page is that of the message, so that links find it. */
import type { StoredMessage } from "../../core/media.ts";
import { formatCount } from "../../core/units.ts";
import type { FilePlace } from "../types.ts";
import { escapeHtml } from "./escape.ts";
import { mediaHtml } from "./media.ts";
import { serviceSentence } from "./service.ts";
import { textHtml } from "./text.ts";

export interface Bubble {
  message: StoredMessage;
  /** As seen from the page. */
  place: FilePlace;
  /** "14:05:09" in the owner's zone. */
  clock: string;
  /** The page of the message that this one answers, where it is in the archive. */
  repliedPage: string | null;
  /** The forum's topic it stands in. */
  topic: string | null;
}

export function messageHtml({ message, place, clock, repliedPage, topic }: Bubble): string {
  const id = `m${message.messageId}`;
  const time = `<time datetime="${message.date.toISOString()}">${clock}</time>`;
  if (message.service !== null)
    return `<p class="m service" id="${id}">${escapeHtml(serviceSentence(message))} · ${time}</p>\n`;
  const who = message.senderName ?? (message.senderId === null ? "Unknown" : String(message.senderId));
  const edited = message.editedAt ? " · edited" : "";
  const parts = [
    `<p class="head"><bdi class="who">${escapeHtml(who)}</bdi><a href="#${id}">${time}${edited}</a></p>`,
    topic === null ? "" : `<p class="note"># <bdi>${escapeHtml(topic)}</bdi></p>`,
    forwardHtml(message),
    replyHtml(message, repliedPage),
    mediaHtml(message, place),
    message.text === "" ? "" : `<div class="text" dir="auto">${textHtml(message.text, message.extra?.entities)}</div>`,
    buttonsHtml(message),
    feetHtml(message),
  ];
  return `<article class="m${message.outgoing ? " out" : ""}" id="${id}">${parts.join("")}</article>\n`;
}

function forwardHtml({ extra }: StoredMessage): string {
  const forward = extra?.forward;
  const from = forward && (forward.from?.name ?? forward.hiddenName ?? forward.savedFrom?.name);
  const via = extra?.viaBot?.name;
  return [
    from ? `<p class="note">↪ Forwarded from <bdi>${escapeHtml(from)}</bdi></p>` : "",
    via ? `<p class="note">via <bdi>@${escapeHtml(via)}</bdi></p>` : "",
  ].join("");
}

function replyHtml({ replyToId, extra }: StoredMessage, page: string | null): string {
  if (replyToId === null) return "";
  const quote = extra?.quote ? ` <span dir="auto">${escapeHtml(extra.quote)}</span>` : "";
  const elsewhere = extra?.replyToChat ? ` in ${escapeHtml(extra.replyToChat.name ?? "another chat")}` : "";
  const label = `↩ Answer to message ${replyToId}${elsewhere}`;
  const link = page === null ? label : `<a href="${escapeHtml(page)}#m${replyToId}">${label}</a>`;
  return `<p class="quoted">${link}${quote}</p>`;
}

function buttonsHtml({ extra }: StoredMessage): string {
  if (!extra?.buttons?.length) return "";
  const labels = extra.buttons.flat().map(({ text }) => `[${text}]`);
  return `<p class="note" dir="auto">${escapeHtml(labels.join(" "))}</p>`;
}

function feetHtml({ extra }: StoredMessage): string {
  const feet = [
    ...(extra?.reactions ?? []).map(({ emoji, count }) => `${escapeHtml(emoji ?? "★")} ${formatCount(count)}`),
    extra?.views ? `👁 ${formatCount(extra.views)}` : "",
    extra?.author ? `✍ <bdi>${escapeHtml(extra.author)}</bdi>` : "",
    extra?.comments ? `💬 ${formatCount(extra.comments)}` : "",
  ].filter((one) => one !== "");
  return feet.length === 0 ? "" : `<p class="feet">${feet.map((one) => `<span>${one}</span>`).join("")}</p>`;
}
