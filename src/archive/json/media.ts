/** What a message carries, in the words and the order of Telegram Desktop's exports. */
import type { StoredMessage } from "../../core/media.ts";
import type { Giveaway, MessageExtra, Place } from "../../core/message-extra.ts";
import { cleanText } from "../clean.ts";
import type { LocalClock } from "../local-time.ts";
import type { ArchivedMessage, FilePlace } from "../types.ts";
import { bareId } from "./ids.ts";

type Fields = { [key: string]: unknown };

/** Readers know a file that is not there by these very sentences. */
const NOT_THERE = {
  unavailable: "(File unavailable, please try again later)",
  "not-wanted": "(File not included. Change data exporting settings to download.)",
};

const KINDS: Record<string, string | undefined> = {
  sticker: "sticker",
  voice: "voice_message",
  animation: "animation",
  video: "video_file",
  audio: "audio_file",
};

export function mediaFields({ message, place }: ArchivedMessage, clock: LocalClock): Fields {
  const extra = message.extra ?? {};
  if (message.media.type === "photo") return { ...photoFields(message, place), ...flagFields(extra) };
  if (message.media.type !== "none" && message.media.type !== "other")
    return { ...documentFields(message, place, extra), ...flagFields(extra) };
  return otherFields(extra, clock);
}

const pathOf = (place: FilePlace): string =>
  place && "path" in place ? place.path : NOT_THERE[place?.absent ?? "unavailable"];

function photoFields({ media }: StoredMessage, place: FilePlace): Fields {
  return { photo: pathOf(place), photo_file_size: media.size ?? undefined, ...sizeFields(media) };
}

function documentFields({ media }: StoredMessage, place: FilePlace, extra: MessageExtra): Fields {
  const kind = media.round ? "video_message" : KINDS[media.type];
  return {
    file: pathOf(place),
    file_name: media.fileName ? cleanText(media.fileName) : undefined,
    file_size: media.size ?? undefined,
    media_type: kind,
    ...(kind === "sticker" && { sticker_emoji: textOf(extra.stickerEmoji) }),
    ...(kind === "audio_file" && { performer: textOf(extra.performer), title: textOf(extra.trackTitle) }),
    mime_type: textOf(media.mimeType),
    duration_seconds: media.duration ? Math.floor(media.duration) : undefined,
    ...sizeFields(media),
  };
}

const sizeFields = ({ width, height }: StoredMessage["media"]): Fields => (width && height ? { width, height } : {});

const flagFields = ({ spoiler, selfDestruct }: MessageExtra): Fields => ({
  media_spoiler: spoiler,
  self_destruct_period_seconds: selfDestruct,
});

function otherFields(extra: MessageExtra, clock: LocalClock): Fields {
  const { contact, venue, place, game, invoice, poll, giveaway, paidStars } = extra;
  if (contact)
    return {
      contact_information: {
        first_name: cleanText(contact.firstName),
        last_name: cleanText(contact.lastName),
        phone_number: phone(contact.phone),
      },
    };
  if (venue)
    return { place_name: cleanText(venue.title), address: cleanText(venue.address), ...(place && placeFields(place)) };
  if (place) return { ...placeFields(place), live_location_period_seconds: place.livePeriod };
  if (game) return { game_title: cleanText(game.title), game_description: cleanText(game.description) };
  if (invoice)
    return {
      invoice_information: {
        title: cleanText(invoice.title),
        description: cleanText(invoice.description),
        amount: Number(invoice.amount),
        currency: invoice.currency,
        receipt_message_id: invoice.receiptId,
      },
    };
  if (poll)
    return {
      poll: {
        question: cleanText(poll.question),
        closed: poll.closed,
        total_voters: poll.totalVoters,
        answers: poll.answers.map(({ text, voters, chosen }) => ({
          text: cleanText(text),
          voters,
          chosen: chosen === true,
        })),
      },
    };
  if (giveaway) return giveawayFields(giveaway, clock);
  return { paid_stars_amount: paidStars === undefined ? undefined : Number(paidStars) };
}

const placeFields = ({ latitude, longitude }: Place): Fields => ({ location_information: { latitude, longitude } });

function giveawayFields(giveaway: Giveaway, clock: LocalClock): Fields {
  const common = {
    months: giveaway.months ?? 0,
    stars: Number(giveaway.stars ?? 0),
    additional_prize: cleanText(giveaway.prize ?? ""),
    until_date: clock.iso(new Date(giveaway.until * 1000)),
    is_only_new_subscribers: giveaway.onlyNew === true,
  };
  if (giveaway.winners === undefined)
    return {
      giveaway_information: {
        quantity: giveaway.quantity,
        channels: (giveaway.channels ?? []).map(({ id }) => bareId(id)),
        countries: giveaway.countries ?? [],
        ...common,
      },
    };
  return {
    giveaway_results: {
      channel: bareId(giveaway.channels?.[0]?.id ?? 0),
      winners: giveaway.winners.map(({ id }) => id),
      launch_message_id: giveaway.launchMessageId ?? 0,
      additional_peers_count: giveaway.others ?? 0,
      winners_count: giveaway.winnersCount ?? giveaway.winners.length,
      unclaimed_count: giveaway.unclaimed ?? 0,
      is_refunded: giveaway.refunded === true,
      ...common,
    },
  };
}

const textOf = (text: string | null | undefined): string | undefined => (text ? cleanText(text) : undefined);

/** With its plus, as people write it. */
const phone = (digits: string): string => (/^\d+$/.test(digits) ? `+${digits}` : cleanText(digits));
