/** What is carried that is no file: polls, places, contacts, previews; and what is said of a file beside its bytes. */
import { Api } from "telegram/tl/index.js";
import type { Giveaway, LinkPreview, MessageExtra, Place, Poll } from "../../core/message-extra.ts";
import type { NamePerson } from "./convert-action.ts";
import { channelChatId, chatIdOf } from "./peers.ts";

type Part = Partial<MessageExtra>;

export function convertOtherMedia(media: Api.TypeMessageMedia | undefined, name: NamePerson): Part {
  if (media instanceof Api.MessageMediaPhoto) return flagsOf(media);
  if (media instanceof Api.MessageMediaDocument) return { ...flagsOf(media), ...attributesOf(media.document) };
  if (media instanceof Api.MessageMediaWebPage) return previewOf(media.webpage);
  if (media instanceof Api.MessageMediaPoll) return { poll: pollOf(media.poll, media.results) };
  if (media instanceof Api.MessageMediaGeo) return placeOf(media.geo);
  if (media instanceof Api.MessageMediaGeoLive) return placeOf(media.geo, media.period);
  if (media instanceof Api.MessageMediaVenue)
    return { ...placeOf(media.geo), venue: { title: media.title, address: media.address } };
  if (media instanceof Api.MessageMediaContact) return { contact: contactOf(media) };
  if (media instanceof Api.MessageMediaDice) return { dice: { emoji: media.emoticon, value: media.value } };
  if (media instanceof Api.MessageMediaGame) {
    const { title, description, shortName } = media.game;
    return { game: { title, description, shortName } };
  }
  if (media instanceof Api.MessageMediaInvoice) return { invoice: invoiceOf(media) };
  if (media instanceof Api.MessageMediaStory)
    return { story: { from: name(chatIdOf(media.peer) ?? 0), storyId: media.id } };
  if (media instanceof Api.MessageMediaGiveaway) return { giveaway: giveawayOf(media, name) };
  if (media instanceof Api.MessageMediaGiveawayResults) return { giveaway: resultsOf(media, name) };
  if (media instanceof Api.MessageMediaPaidMedia) return { paidStars: media.starsAmount.toString() };
  return {};
}

function flagsOf(media: Api.MessageMediaPhoto | Api.MessageMediaDocument): Part {
  return {
    ...(media.spoiler && { spoiler: true as const }),
    ...(media.ttlSeconds && { selfDestruct: media.ttlSeconds }),
  };
}

function attributesOf(document: Api.TypeDocument | undefined): Part {
  const part: Part = {};
  if (!(document instanceof Api.Document)) return part;
  for (const attribute of document.attributes) {
    if (attribute instanceof Api.DocumentAttributeAudio) {
      if (attribute.performer) part.performer = attribute.performer;
      if (attribute.title) part.trackTitle = attribute.title;
    }
    if (attribute instanceof Api.DocumentAttributeSticker || attribute instanceof Api.DocumentAttributeCustomEmoji)
      if (attribute.alt) part.stickerEmoji = attribute.alt;
  }
  return part;
}

function previewOf(page: Api.TypeWebPage): Part {
  if (!(page instanceof Api.WebPage)) return {};
  const linkPreview: LinkPreview = { url: page.url };
  if (page.siteName) linkPreview.siteName = page.siteName;
  if (page.title) linkPreview.title = page.title;
  if (page.description) linkPreview.description = page.description;
  return { linkPreview };
}

/** Answers and their votes come in two lists, told together by a key of a few bytes. */
function pollOf(poll: Api.Poll, { results, totalVoters }: Api.PollResults): Poll {
  const tallies = new Map((results ?? []).map((tally) => [keyOf(tally.option), tally]));
  return {
    question: poll.question.text,
    answers: poll.answers.map(({ text, option }) => {
      const tally = tallies.get(keyOf(option));
      return {
        text: text.text,
        voters: tally?.voters ?? 0,
        ...(tally?.chosen && { chosen: true as const }),
        ...(tally?.correct && { correct: true as const }),
      };
    }),
    totalVoters: totalVoters ?? 0,
    closed: poll.closed === true,
    quiz: poll.quiz === true,
    multiple: poll.multipleChoice === true,
    anonymous: poll.publicVoters !== true,
  };
}
const keyOf = (option: Uint8Array) => Buffer.from(option).toString("hex");

function placeOf(point: Api.TypeGeoPoint, livePeriod?: number): Part {
  if (!(point instanceof Api.GeoPoint)) return {};
  const place: Place = { latitude: point.lat, longitude: point.long };
  if (livePeriod) place.livePeriod = livePeriod;
  return { place };
}

function contactOf(media: Api.MessageMediaContact): NonNullable<MessageExtra["contact"]> {
  const userId = media.userId.toJSNumber();
  return {
    phone: media.phoneNumber,
    firstName: media.firstName,
    lastName: media.lastName,
    ...(userId !== 0 && { userId }),
    ...(media.vcard && { vcard: media.vcard }),
  };
}

function invoiceOf(media: Api.MessageMediaInvoice): NonNullable<MessageExtra["invoice"]> {
  const { title, description, currency, receiptMsgId } = media;
  const amount = media.totalAmount.toString();
  return { title, description, amount, currency, ...(receiptMsgId && { receiptId: receiptMsgId }) };
}

function giveawayOf(media: Api.MessageMediaGiveaway, name: NamePerson): Giveaway {
  return {
    quantity: media.quantity,
    until: media.untilDate,
    channels: media.channels.map((id) => name(channelChatId(id))),
    ...prizeOf(media),
    ...(media.countriesIso2?.length && { countries: media.countriesIso2 }),
  };
}

function resultsOf(media: Api.MessageMediaGiveawayResults, name: NamePerson): Giveaway {
  return {
    quantity: media.winnersCount + media.unclaimedCount,
    until: media.untilDate,
    channels: [name(channelChatId(media.channelId))],
    ...prizeOf(media),
    winners: media.winners.map((id) => name(id.toJSNumber())),
    winnersCount: media.winnersCount,
    unclaimed: media.unclaimedCount,
    others: media.additionalPeersCount ?? 0,
    launchMessageId: media.launchMsgId,
    ...(media.refunded && { refunded: true as const }),
  };
}

function prizeOf(media: Api.MessageMediaGiveaway | Api.MessageMediaGiveawayResults): Partial<Giveaway> {
  return {
    ...(media.months && { months: media.months }),
    ...(media.stars && { stars: media.stars.toString() }),
    ...(media.prizeDescription && { prize: media.prizeDescription }),
    ...(media.onlyNewSubscribers && { onlyNew: true as const }),
  };
}
