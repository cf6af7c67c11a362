/** What a message carries, as it can be seen or played. */
import type { StoredMessage } from "../../core/media.ts";
import type { MessageExtra } from "../../core/message-extra.ts";
import { formatBytes, formatCount } from "../../core/units.ts";
import type { FilePlace } from "../types.ts";
import { escapeHtml, linkToFile, safeAddress } from "./escape.ts";

/** `path` is as seen from the page. */
export function mediaHtml(message: StoredMessage, place: FilePlace): string {
  const { media, extra } = message;
  if (media.type === "none" || media.type === "other") return otherHtml(extra ?? {}, media.otherKind ?? null);
  const name = labelOf(message);
  if (!place || "absent" in place) {
    const why = place?.absent === "not-wanted" ? "not in this archive" : "could not be had";
    return `<p class="note"><bdi>${escapeHtml(name)}</bdi> – ${why}</p>`;
  }
  return `<div class="media">${playerHtml(media, linkToFile(place.path), escapeHtml(name))}</div>`;
}

/** Media types that browsers show; others are a file to open. */
const PICTURES = /^image\/(?:jpeg|png|gif|webp|avif|bmp)$/;
const FILMS = /^video\/(?:mp4|webm|ogg|quicktime)$/;

function playerHtml(media: StoredMessage["media"], href: string, name: string): string {
  const mime = media.mimeType ?? "";
  const { width, height } = media;
  const size = width && height ? ` width="${width}" height="${height}"` : "";
  const isPicture = media.type === "photo" || (PICTURES.test(mime) && media.type !== "document");
  if (isPicture || (media.type === "document" && PICTURES.test(mime) && (media.size ?? 0) < LARGEST_PICTURE)) {
    const sticker = media.type === "sticker" ? ' class="sticker"' : "";
    return `<a href="${href}"><img src="${href}" alt="${name}"${sticker} loading="lazy"${size}></a>`;
  }
  if (media.type === "video" || media.type === "animation" || FILMS.test(mime))
    return `<video src="${href}" controls preload="metadata"${size} aria-label="${name}"></video><a class="soft" href="${href}"><bdi>${name}</bdi></a>`;
  if (media.type === "audio" || media.type === "voice")
    return `<audio src="${href}" controls preload="none" aria-label="${name}"></audio><a class="soft" href="${href}"><bdi>${name}</bdi></a>`;
  return `<a class="file" href="${href}">📄 <bdi>${name}</bdi></a>`;
}
const LARGEST_PICTURE = 20 * 1024 ** 2;

const KINDS: Record<string, string> = {
  photo: "Photo",
  video: "Video",
  audio: "Music",
  voice: "Voice message",
  sticker: "Sticker",
  animation: "Animation",
  document: "File",
};

function labelOf({ media, extra }: StoredMessage): string {
  const track = [extra?.performer, extra?.trackTitle].filter(Boolean).join(" – ");
  const name = media.round ? "Round video" : track || media.fileName || KINDS[media.type] || "File";
  const sign = extra?.stickerEmoji ? ` ${extra.stickerEmoji}` : "";
  return `${name}${sign}${media.size ? ` (${formatBytes(media.size)})` : ""}`;
}

function otherHtml(extra: MessageExtra, kind: string | null): string {
  const { poll, contact, venue, place, dice, linkPreview, game, invoice, giveaway, story } = extra;
  const note = (text: string) => `<p class="note" dir="auto">${text}</p>`;
  if (poll) {
    const facts = `${formatCount(poll.totalVoters)} votes${poll.closed ? ", closed" : ""}`;
    const answers = poll.answers.map(
      ({ text, voters }) => `<li><b>${formatCount(voters)}</b><span dir="auto">${escapeHtml(text)}</span></li>`,
    );
    return `<p class="asked" dir="auto">📊 ${escapeHtml(poll.question)}</p><ul class="poll">${answers.join("")}</ul><p class="note">${facts}</p>`;
  }
  if (contact)
    return note(`👤 ${escapeHtml(`${contact.firstName} ${contact.lastName}`.trim())} · ${escapeHtml(contact.phone)}`);
  if (place) {
    const spot = `${place.latitude}, ${place.longitude}`;
    const words = venue ? `${venue.title}, ${venue.address} (${spot})` : spot;
    const map = `https://www.openstreetmap.org/?mlat=${place.latitude}&mlon=${place.longitude}`;
    return note(`📍 <a href="${escapeHtml(map)}" rel="noreferrer">${escapeHtml(words)}</a>`);
  }
  if (dice) return note(`${escapeHtml(dice.emoji)} ${dice.value}`);
  if (linkPreview) {
    const address = safeAddress(linkPreview.url);
    const title = escapeHtml(linkPreview.title ?? linkPreview.siteName ?? linkPreview.url);
    const about = linkPreview.description ? ` – ${escapeHtml(linkPreview.description)}` : "";
    return note(`🔗 ${address ? `<a href="${escapeHtml(address)}" rel="noreferrer">${title}</a>` : title}${about}`);
  }
  if (game) return note(`🎮 ${escapeHtml(game.title)} – ${escapeHtml(game.description)}`);
  if (invoice) return note(`🧾 ${escapeHtml(invoice.title)} – ${escapeHtml(invoice.description)}`);
  if (giveaway) return note(`🎁 Giveaway of ${giveaway.quantity}`);
  if (story) return note(`Story of ${escapeHtml(story.from.name ?? String(story.from.id))}`);
  return kind === null
    ? ""
    : note(escapeHtml(kind === "unsupported" ? "A message that only newer apps can show" : kind));
}
