/** Sends in the account's name: every message has a number derived from its key, so that it is sent once. */
import type bigInt from "big-integer";
import { Api } from "telegram/tl/index.js";
import type { Chat } from "../../core/media.ts";
import { ALBUM_SIZE, type OutgoingFile, type OutgoingText, type SendOptions, type SentIds } from "../outgoing.ts";
import { faultOf } from "./errors.ts";
import type { HistorySource } from "./history.ts";
import { inputEntities } from "./input-entities.ts";
import { inputMedia } from "./input-media.ts";
import { randomId } from "./random-id.ts";
import { findSent } from "./sent-before.ts";
import { type Upload, uploadFile } from "./upload.ts";

const REPAIRS = 5;
/** Telegram looks at a large file before it answers. */
const DEADLINE_MS = 90_000;

export async function sendText(
  source: HistorySource,
  chat: Chat,
  { text, entities }: OutgoingText,
  options: SendOptions,
  signal: AbortSignal,
): Promise<SentIds> {
  const { caller, peers } = source;
  const ids = [randomId(options.key)];
  return once(source, chat, ids, [{ text }], signal, () =>
    caller.call(
      new Api.messages.SendMessage({
        peer: peers.inputPeer(chat),
        message: text,
        entities: inputEntities(entities, peers),
        noWebpage: true,
        randomId: ids[0]!,
        ...placeOf(options),
      }),
      { signal },
    ),
  );
}

export async function sendFiles(
  source: HistorySource & { premium: boolean },
  chat: Chat,
  files: readonly OutgoingFile[],
  options: SendOptions,
  signal: AbortSignal,
): Promise<SentIds> {
  if (files.length === 0 || files.length > ALBUM_SIZE) throw new RangeError(`An album has 1 to ${ALBUM_SIZE} files.`);
  const { caller, peers, premium } = source;
  const uploads: Upload[] = [];
  let sent = 0;
  const onBytes = (count: number) => {
    sent += count;
    options.onBytes?.(sent);
  };
  for (const [index, { path, fileName }] of files.entries()) {
    const key = `${options.key}:${index}`;
    uploads.push(await uploadFile(caller, { key, path, fileName, premium, signal, onBytes }));
  }
  const media = files.map((file, index) => inputMedia(file, uploads[index]!.file, uploads[index]!.size));
  const expected = files.map((file) => ({ text: file.caption?.text ?? "" }));
  const peer = peers.inputPeer(chat);
  if (files.length === 1) {
    const { caption } = files[0]!;
    const ids = [randomId(options.key)];
    const request = new Api.messages.SendMedia({
      peer,
      media: media[0]!,
      message: caption?.text ?? "",
      entities: inputEntities(caption?.entities, peers),
      randomId: ids[0]!,
      ...placeOf(options),
    });
    return once(source, chat, ids, expected, signal, () =>
      repairing(uploads[0]!, () => caller.call(request, { signal, deadlineMs: DEADLINE_MS })),
    );
  }
  const items: Api.InputSingleMedia[] = [];
  const ids = files.map((_, index) => randomId(`${options.key}:${index}`));
  for (const [index, { caption }] of files.entries()) {
    const request = new Api.messages.UploadMedia({ peer, media: media[index]! });
    const kept = await repairing(uploads[index]!, () => caller.call(request, { signal, deadlineMs: DEADLINE_MS }));
    items.push(
      new Api.InputSingleMedia({
        media: again(kept),
        message: caption?.text ?? "",
        entities: inputEntities(caption?.entities, peers),
        randomId: ids[index]!,
      }),
    );
  }
  const album = new Api.messages.SendMultiMedia({ peer, multiMedia: items, ...placeOf(options) });
  return once(source, chat, ids, expected, signal, () => caller.call(album, { signal, deadlineMs: DEADLINE_MS }));
}

export async function forward(
  source: HistorySource,
  from: Chat,
  messageIds: readonly number[],
  to: Chat,
  options: SendOptions,
  signal: AbortSignal,
): Promise<SentIds> {
  const { caller, peers } = source;
  const ids = messageIds.map((id) => randomId(`${options.key}:${id}`));
  return once(source, to, ids, null, signal, () =>
    caller.call(
      new Api.messages.ForwardMessages({
        fromPeer: peers.inputPeer(from),
        id: [...messageIds],
        toPeer: peers.inputPeer(to),
        randomId: ids,
        silent: options.silent === true,
        topMsgId: options.topicId ?? undefined,
      }),
      { signal },
    ),
  );
}

/** Answers with the ids the updates name; where Telegram has had these numbers before, with those in the chat. */
async function once(
  source: HistorySource,
  chat: Chat,
  numbers: bigInt.BigInteger[],
  expected: readonly { text: string }[] | null,
  signal: AbortSignal,
  send: () => Promise<Api.TypeUpdates>,
): Promise<SentIds> {
  try {
    const answer = await send();
    if (answer instanceof Api.UpdateShortSentMessage) return [answer.id];
    if (!("updates" in answer)) return numbers.map(() => null);
    source.peers.learn(answer);
    const idOf = new Map<string, number>();
    for (const update of answer.updates)
      if (update instanceof Api.UpdateMessageID) idOf.set(String(update.randomId), update.id);
    return numbers.map((number) => idOf.get(number.toString()) ?? null);
  } catch (error) {
    if (faultOf(error)?.text !== "RANDOM_ID_DUPLICATE") throw error;
    return findSent(source, chat, expected, numbers.length, signal);
  }
}

/** Telegram forgets parts now and then: it names the part, and wants that one again. */
async function repairing<T>(upload: Upload, send: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await send();
    } catch (error) {
      const text = faultOf(error)?.text ?? "";
      const [, part] = /^FILE_PART_(\d+)_MISSING$/.exec(text) ?? [];
      const lost = part !== undefined || text === "FILE_PARTS_INVALID" || text === "MD5_CHECKSUM_INVALID";
      if (!lost || tries >= REPAIRS) throw error;
      await upload.repair(part === undefined ? null : Number(part));
    }
  }
}

function placeOf({ replyToId, topicId, silent }: SendOptions): { replyTo?: Api.InputReplyToMessage; silent: boolean } {
  const replyToMsgId = replyToId ?? topicId;
  if (!replyToMsgId) return { silent: silent === true };
  return {
    silent: silent === true,
    replyTo: new Api.InputReplyToMessage({ replyToMsgId, topMsgId: topicId ?? undefined }),
  };
}

/** What uploadMedia has kept, as an album names it. */
function again(kept: Api.TypeMessageMedia): Api.TypeInputMedia {
  if (kept instanceof Api.MessageMediaPhoto && kept.photo instanceof Api.Photo)
    return new Api.InputMediaPhoto({ id: new Api.InputPhoto(kept.photo) });
  if (kept instanceof Api.MessageMediaDocument && kept.document instanceof Api.Document)
    return new Api.InputMediaDocument({ id: new Api.InputDocument(kept.document) });
  throw new Error("Telegram kept the file as something that no album can hold.");
}
