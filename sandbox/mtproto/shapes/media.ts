import type { TlObject } from "../../tl/value.ts";
import type { AccountView, World, WorldMedia } from "../../world/types.ts";
import { shapeDocument, shapePhoto } from "./files.ts";

type PollMedia = Extract<WorldMedia, { kind: "poll" }>;
type WebPageMedia = Extract<WorldMedia, { kind: "webpage" }>;

export function shapeMedia(world: World, view: AccountView, media: WorldMedia): TlObject {
  switch (media.kind) {
    case "photo":
      return { _: "messageMediaPhoto", spoiler: media.spoiler, photo: shapePhoto(world, view, media.file) };
    case "document":
      return {
        _: "messageMediaDocument",
        spoiler: media.spoiler,
        video: media.as === "video" || media.as === "round",
        round: media.as === "round",
        voice: media.as === "voice",
        document: shapeDocument(world, view, media),
      };
    case "webpage":
      return shapeWebPage(world, view, media);
    case "geo": {
      const geo = shapePoint(media);
      if (media.livePeriod === undefined) return { _: "messageMediaGeo", geo };
      return { _: "messageMediaGeoLive", geo, period: media.livePeriod };
    }
    case "venue":
      return { _: "messageMediaVenue", geo: shapePoint(media), title: media.title, address: media.address };
    case "contact":
      return {
        _: "messageMediaContact",
        phone_number: media.phone,
        first_name: media.firstName,
        last_name: media.lastName,
        user_id: media.userId ?? 0,
      };
    case "poll":
      return shapePoll(media);
    case "dice":
      return { _: "messageMediaDice", value: media.value, emoticon: media.emoji };
    case "unsupported":
      return { _: "messageMediaUnsupported" };
  }
}

function shapePoint(point: { latitude: number; longitude: number }): TlObject {
  return { _: "geoPoint", long: point.longitude, lat: point.latitude };
}

function shapeWebPage(world: World, view: AccountView, media: WebPageMedia): TlObject {
  return {
    _: "messageMediaWebPage",
    webpage: {
      _: "webPage",
      id: idOfText(media.url),
      url: media.url,
      display_url: media.url.replace(/^https?:\/\//, ""),
      type: "article",
      site_name: media.siteName,
      title: media.title,
      description: media.description,
      photo: media.photo ? shapePhoto(world, view, media.photo) : undefined,
    },
  };
}

/** A stable number for a page. */
function idOfText(text: string): bigint {
  let id = 7n;
  for (const character of text) id = BigInt.asUintN(62, id * 131n + BigInt(character.codePointAt(0)!));
  return id;
}

function text(value: string): TlObject {
  return { _: "textWithEntities", text: value };
}

function shapePoll(media: PollMedia): TlObject {
  const options = media.answers.map((_answer, index) => Buffer.from([0x30 + index]));
  return {
    _: "messageMediaPoll",
    poll: {
      _: "poll",
      id: media.id,
      closed: media.closed,
      public_voters: !media.anonymous,
      multiple_choice: media.multiple,
      quiz: media.quiz,
      question: text(media.question),
      answers: media.answers.map((answer, index) => ({
        _: "pollAnswer",
        text: text(answer.text),
        option: options[index],
      })),
    },
    results: {
      _: "pollResults",
      results: media.answers.map((answer, index) => ({
        _: "pollAnswerVoters",
        option: options[index],
        voters: answer.voters,
        correct: answer.correct,
      })),
      total_voters: media.answers.reduce((sum, answer) => sum + answer.voters, 0),
    },
  };
}
