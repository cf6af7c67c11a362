import { createHash } from "node:crypto";
import bigInt from "big-integer";
import { Api, type TelegramClient } from "telegram";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { OWNER_ID } from "../../../../sandbox/seeds/cast.ts";
import type { WorldChat, WorldFile, WorldMessage } from "../../../../sandbox/world/types.ts";
import { eventually } from "../../../support/eventually.ts";
import { gramjs, login, refusal } from "../../../support/gramjs.ts";
import { type MtprotoWorld, startMtprotoWorld } from "../../../support/mtproto-world.ts";

let running: MtprotoWorld;
let client: TelegramClient;
let news: WorldChat;
let forum: WorldChat;
let channel: Api.InputPeerChannel;

function filesOf(messages: readonly WorldMessage[]): { message: WorldMessage; file: WorldFile }[] {
  return messages.flatMap((message) =>
    message.media?.kind === "document" ? [{ message, file: message.media.file }] : [],
  );
}

beforeAll(async () => {
  running = await startMtprotoWorld({
    fill(builder) {
      const anna = builder.user(6_000_001, "Anna", { username: "anna_k", contact: true }).id;
      builder.privateChats(OWNER_ID, [{ peerId: anna, series: { count: 30 } }]);
      for (let index = 0; index < 45; index++) {
        builder.chat({ kind: "group", title: `Group ${index}`, members: [OWNER_ID, anna], series: { count: 2 } });
      }
      news = builder.chat({
        kind: "channel",
        title: "News",
        username: "news",
        members: [OWNER_ID],
        series: { count: 450, media: 300, types: { document: 20, photo: 10 }, sizeMin: 3_000, sizeMax: 90_000 },
        shortPages: true,
      });
      forum = builder.chat({
        kind: "supergroup",
        title: "Forum",
        isForum: true,
        members: [OWNER_ID, anna],
        creatorId: OWNER_ID,
        topics: [1, 3].map((id) => ({
          id,
          title: `Topic ${id}`,
          iconColor: 0x6fb9f0,
          createdAt: builder.base,
          creatorId: OWNER_ID,
          closed: false,
          pinned: false,
          hidden: false,
        })),
        series: { count: 80, topics: [1, 3] },
      });
    },
  });
  client = gramjs(running);
  await client.connect();
  await login(client, running.owner);
  const found = await client.invoke(new Api.contacts.ResolveUsername({ username: "news" }));
  const chat = found.chats[0] as Api.Channel;
  channel = new Api.InputPeerChannel({ channelId: chat.id, accessHash: chat.accessHash! });
});

afterAll(async () => {
  await client.destroy();
  await running.close();
  expect(running.reports).toEqual([]);
});

function history(offsetId: number, limit = 100) {
  return client.invoke(
    new Api.messages.GetHistory({ peer: channel, offsetId, limit, addOffset: 0, maxId: 0, minId: 0 }),
  ) as Promise<Api.messages.ChannelMessages>;
}

describe("dialogs", () => {
  it("come page by page, each once, with their newest message and their peers", async () => {
    const all = await client.getDialogs({ limit: 200 });
    const ids = all.map((dialog) => String(dialog.id));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(running.world.as(OWNER_ID).dialogs().length);
    for (const dialog of all) expect(dialog.message).toBeDefined();
  });

  it("are a whole when they fit the page, and a slice with the total when not", async () => {
    const page = (limit: number) =>
      client.invoke(
        new Api.messages.GetDialogs({ offsetPeer: new Api.InputPeerEmpty(), limit, offsetDate: 0, offsetId: 0 }),
      );
    const slice = await page(10);
    expect(slice.className).toBe("messages.DialogsSlice");
    expect((slice as Api.messages.DialogsSlice).count).toBe(48);
    expect((await page(100)).className).toBe("messages.Dialogs");
  });
});

describe("histories", () => {
  it("give every message once, down to an empty page, though pages may be short", async () => {
    const seen: number[] = [];
    let offset = 0;
    for (;;) {
      const { messages, count } = await history(offset);
      expect(count).toBe(running.world.as(OWNER_ID).history(news.id, { limit: 1 }).count);
      if (messages.length === 0) break;
      seen.push(...messages.map((message) => message.id));
      offset = messages.at(-1)!.id;
    }
    const { count } = await history(0, 1);
    expect(seen).toEqual([...seen].sort((a, b) => b - a));
    expect(new Set(seen).size).toBe(count);
    expect(seen).toHaveLength(count);
  });

  it("are counted and searched by kind", async () => {
    const filters = [new Api.InputMessagesFilterDocument(), new Api.InputMessagesFilterPhotos()];
    const counters = await client.invoke(new Api.messages.GetSearchCounters({ peer: channel, filters }));
    const expected = running.world.as(OWNER_ID).counters(news.id, ["document", "photos"]);
    expect(counters.map((counter) => counter.count)).toEqual(expected);
    const found = (await client.invoke(
      new Api.messages.Search({
        peer: channel,
        q: "",
        filter: filters[1],
        minDate: 0,
        maxDate: 0,
        limit: 50,
        hash: bigInt.zero,
      }),
    )) as Api.messages.ChannelMessages;
    expect(found.count).toBe(expected[1]);
    for (const message of found.messages) {
      expect((message as Api.Message).media?.className).toBe("MessageMediaPhoto");
    }
  });

  it("give messages by id, and an empty one for each that is gone", async () => {
    const ids = [1, 2, 1_000_000];
    const answer = (await client.invoke(
      new Api.channels.GetMessages({ channel, id: ids.map((id) => new Api.InputMessageID({ id })) }),
    )) as Api.messages.ChannelMessages;
    expect(answer.messages.map((message) => message.id)).toEqual(ids);
    expect(answer.messages.at(-1)!.className).toBe("MessageEmpty");
  });

  it("are closed to those with a wrong access hash", async () => {
    const peer = new Api.InputPeerChannel({ channelId: channel.channelId, accessHash: bigInt(5) });
    expect(await refusal(client.invoke(new Api.messages.GetHistory({ peer, limit: 1 })))).toBe("CHANNEL_INVALID");
  });

  it("know the topics of a forum", async () => {
    const entity = await client.getInputEntity(forum.id);
    const answer = await client.invoke(new Api.channels.GetForumTopics({ channel: entity, limit: 100 }));
    expect(answer.topics.map((topic) => topic.id).sort()).toEqual([1, 3]);
    const replies = (await client.invoke(
      new Api.messages.GetReplies({ peer: entity, msgId: 3, limit: 100 }),
    )) as Api.messages.ChannelMessages;
    expect(replies.count).toBeGreaterThan(0);
  });
});

describe("files", () => {
  it("come from both data centres, byte for byte", async () => {
    const { messages } = running.world.as(OWNER_ID).history(news.id, { limit: 100 });
    const files = filesOf(messages);
    for (const dcId of [1, 2]) {
      const { message, file } = files.find((each) => each.file.dcId === dcId)!;
      const [fetched] = await client.getMessages(channel, { ids: [message.id] });
      const bytes = (await client.downloadMedia(fetched!, {})) as Buffer;
      expect(createHash("sha256").update(bytes).digest("hex")).toBe(await running.world.content.sha256(file));
    }
  });

  it("are refused with a stale reference, a wrong one, and at a wrong range", async () => {
    const { messages } = running.world.as(OWNER_ID).history(news.id, { limit: 100 });
    const { message } = filesOf(messages).find((each) => each.file.dcId === 2)!;
    const [fetched] = await client.getMessages(channel, { ids: [message.id] });
    const document = fetched!.document as Api.Document;
    const get = (change: { fileReference?: Buffer; offset?: number; limit?: number; id?: number }) =>
      refusal(
        client.invoke(
          new Api.upload.GetFile({
            location: new Api.InputDocumentFileLocation({
              id: change.id === undefined ? document.id : bigInt(change.id),
              accessHash: document.accessHash,
              fileReference: change.fileReference ?? document.fileReference,
              thumbSize: "",
            }),
            offset: bigInt(change.offset ?? 0),
            limit: change.limit ?? 4096,
          }),
        ),
      );
    expect(await get({})).toBe("nothing was refused");
    expect(await get({ limit: 5000 })).toBe("LIMIT_INVALID");
    expect(await get({ offset: 3 })).toBe("OFFSET_INVALID");
    expect(await get({ id: 12345 })).toBe("FILE_ID_INVALID");
    expect(await get({ fileReference: Buffer.alloc(0) })).toBe("FILE_REFERENCE_EMPTY");
    running.world.content.expireReferences();
    expect(await get({})).toBe("FILE_REFERENCE_EXPIRED");
  });

  it("can be sent, and fetched again as they were", async () => {
    const bytes = Buffer.from("a file that was sent\n".repeat(500));
    const file = Object.assign(bytes, { name: "sent.txt" });
    const sent = await client.sendFile("me", { file, forceDocument: true, caption: "mine" });
    const back = (await client.downloadMedia(sent, {})) as Buffer;
    expect(back.equals(bytes)).toBe(true);
    expect(sent.message).toBe("mine");
  });
});

describe("updates", () => {
  it("reach a client that is connected: new, edited and deleted messages with rising pts", async () => {
    const heard: Api.TypeUpdate[] = [];
    client.addEventHandler((update: Api.TypeUpdate) => void heard.push(update));
    await client.invoke(new Api.updates.GetState());
    const view = running.world.as(OWNER_ID);
    const message = view.send(forum.id, { text: "hello" });
    view.edit(forum.id, message.id, { text: "hello again" });
    view.delete(forum.id, [message.id], true);
    const kinds = ["UpdateNewChannelMessage", "UpdateEditChannelMessage", "UpdateDeleteChannelMessages"];
    await eventually(() => kinds.every((kind) => heard.some((update) => update.className === kind)));
    const pts = heard
      .filter((update) => kinds.includes(update.className))
      .map((update) => Number("pts" in update ? update.pts : 0));
    expect(pts).toEqual([...pts].sort((a, b) => a - b));
  });

  it("that were missed are told by the difference", async () => {
    const view = running.world.as(OWNER_ID);
    const before = view.pts();
    view.send(OWNER_ID, { text: "a note" });
    const answer = (await client.invoke(
      new Api.updates.GetDifference({ pts: before, date: 0, qts: 0 }),
    )) as Api.updates.Difference;
    expect(answer.newMessages.map((message) => (message as Api.Message).message)).toEqual(["a note"]);
    expect(answer.state.pts).toBe(view.pts());
  });

  it("tell the sender in the answer, once", async () => {
    const sent = await client.sendMessage("me", { message: "to myself" });
    expect(sent.id).toBe(running.world.as(OWNER_ID).topMessage(OWNER_ID)!.id);
    const { pts, ptsCount } = await client.invoke(new Api.messages.DeleteMessages({ id: [sent.id], revoke: true }));
    expect(ptsCount).toBe(1);
    expect(pts).toBe(running.world.as(OWNER_ID).pts());
  });
});
