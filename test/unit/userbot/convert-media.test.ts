import bigInt from "big-integer";
import { Api } from "telegram/tl/index.js";
import { describe, expect, it } from "vitest";
import { convertMedia } from "../../../src/userbot/gramjs/convert-media.ts";

const id = bigInt("5368324170671202286");
const document = (attributes: Api.TypeDocumentAttribute[], mimeType = "application/octet-stream") =>
  new Api.MessageMediaDocument({
    document: new Api.Document({
      id,
      accessHash: bigInt("-7"),
      fileReference: Buffer.from([1, 2, 3]),
      date: 0,
      mimeType,
      size: bigInt("4294967296"),
      dcId: 4,
      attributes,
    }),
  });
const video = (more: object = {}) =>
  new Api.DocumentAttributeVideo({ duration: 12.5, w: 640, h: 360, ...more } as never);
const audio = (voice: boolean) => new Api.DocumentAttributeAudio({ duration: 7, voice });
const sticker = new Api.DocumentAttributeSticker({ alt: "🙂", stickerset: new Api.InputStickerSetEmpty() });

describe("what a message carries", () => {
  it.each([
    ["a document", document([]), { type: "document", round: false }],
    ["a video", document([video()], "video/mp4"), { type: "video", duration: 12.5, width: 640, height: 360 }],
    ["a round video", document([video({ roundMessage: true })]), { type: "video", round: true }],
    [
      "a GIF, which is a silent video",
      document([video(), new Api.DocumentAttributeAnimated()]),
      { type: "animation", round: false },
    ],
    ["a moving sticker, which is a video too", document([video(), sticker], "video/webm"), { type: "sticker" }],
    ["music", document([audio(false)]), { type: "audio", duration: 7 }],
    ["a voice message", document([audio(true)]), { type: "voice", duration: 7 }],
  ])("knows %s", (_name, media, expected) => {
    const { media: plain, file } = convertMedia(media, false);
    expect(plain).toMatchObject({
      ...expected,
      size: 4294967296,
      dcId: 4,
      fileKey: `document:${id}`,
      restricted: false,
    });
    expect(file).toMatchObject({ kind: "document", id: id.toString(), accessHash: "-7", thumbSize: "" });
    expect([...(file?.fileReference ?? [])]).toEqual([1, 2, 3]);
  });

  it("keeps a file name as it was sent, however hostile", () => {
    const fileName = "../../etc/passwd\u202Egpj.exe";
    const { media } = convertMedia(document([new Api.DocumentAttributeFilename({ fileName })]), false);
    expect(media.fileName).toBe(fileName);
  });

  it("takes the largest size of a photo, progressive ones included", () => {
    const photo = new Api.Photo({
      id,
      accessHash: bigInt(9),
      fileReference: Buffer.alloc(0),
      date: 0,
      dcId: 2,
      sizes: [
        new Api.PhotoStrippedSize({ type: "i", bytes: Buffer.alloc(30) }),
        new Api.PhotoSize({ type: "m", w: 320, h: 200, size: 10_000 }),
        new Api.PhotoSizeProgressive({ type: "y", w: 1280, h: 800, sizes: [5_000, 60_000, 190_000] }),
        new Api.PhotoSize({ type: "x", w: 800, h: 500, size: 80_000 }),
      ],
    });
    const { media, file } = convertMedia(new Api.MessageMediaPhoto({ photo }), true);
    expect(media).toMatchObject({
      type: "photo",
      size: 190_000,
      width: 1280,
      fileKey: `photo:${id}`,
      restricted: true,
    });
    expect(file).toMatchObject({ kind: "photo", thumbSize: "y", dcId: 2 });
  });

  it("knows a photo that has destroyed itself as a photo without a file", () => {
    const { media, file } = convertMedia(new Api.MessageMediaPhoto({ ttlSeconds: 10 }), false);
    expect([media.type, media.fileKey, file]).toEqual(["photo", null, null]);
  });

  it.each([
    ["poll", new Api.MessageMediaPoll({ poll: undefined as never, results: undefined as never }), "poll"],
    ["place", new Api.MessageMediaGeo({ geo: new Api.GeoPointEmpty() }), "geo"],
    ["die", new Api.MessageMediaDice({ value: 6, emoticon: "🎲" }), "dice"],
    ["thing of a newer layer", new Api.MessageMediaUnsupported(), "unsupported"],
  ])("calls a %s other, by its own word", (_name, media, otherKind) => {
    expect(convertMedia(media, false).media).toMatchObject({ type: "other", otherKind, fileKey: null });
  });

  it("does not take a link's preview for something the author sent", () => {
    const webpage = new Api.MessageMediaWebPage({ webpage: new Api.WebPageEmpty({ id }) });
    expect(convertMedia(webpage, false).media.type).toBe("none");
    expect(convertMedia(undefined, false).media.type).toBe("none");
  });
});
