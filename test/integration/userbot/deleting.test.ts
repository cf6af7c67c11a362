/** Deleting against the sandbox: only what was read from the chat, by the call that the kind of chat needs, never twice. */
import { expect, it } from "vitest";
import type { Message } from "../../../src/core/media.ts";
import { DeleteForbiddenError } from "../../../src/userbot/telegram.ts";
import { connected, type Fill, stage } from "./stage.ts";

const OWNER = 5_000_001;
const fill: Fill = (builder) => {
  const pal = builder.user(6_000_051, "Pal", { username: "pal_here" }).id;
  const other = builder.user(6_000_052, "Other", { username: "other_here" }).id;
  builder.privateChats(OWNER, [
    { peerId: pal, series: { count: 8, media: 0 } },
    { peerId: other, series: { count: 8, media: 0 } },
  ]);
  const members = [OWNER, pal, other];
  builder.chat({
    kind: "supergroup",
    title: "Talk",
    username: "talk_group",
    members,
    creatorId: pal,
    series: { count: 40 },
  });
  builder.chat({
    kind: "supergroup",
    title: "Mine",
    username: "my_group",
    members,
    creatorId: OWNER,
    series: { count: 40 },
  });
};

async function ready() {
  const on = await stage({ fill });
  const telegram = await connected(on);
  const read = async (name: string) => {
    const chat = (await telegram.findChat(name, on.signal))!;
    const messages: Message[] = [];
    for await (const page of telegram.history(chat, {}, on.signal)) messages.push(...page);
    return { chat, messages: messages.filter(({ service }) => service === null) };
  };
  return { on, telegram, read };
}
const ids = (messages: readonly Message[]) => messages.map(({ messageId }) => messageId);

it("sends nothing for a number that was never read from that very chat", async () => {
  const { on, telegram, read } = await ready();
  const pal = await read("@pal_here");
  const other = await read("@other_here");
  const foreign = [ids(pal.messages)[0]!, ids(other.messages)[0]!];
  await expect(telegram.deleteMessages(pal.chat, foreign, { revoke: true }, on.signal)).rejects.toThrow(
    "1 messages to delete were never read",
  );
  const disguised = { ...pal.chat, type: "channel" as const };
  await expect(telegram.deleteMessages(disguised, ids(pal.messages), { revoke: true }, on.signal)).rejects.toThrow(
    "nothing was sent",
  );
  expect(on.calls("messages.deleteMessages")).toBe(0);
  expect(on.calls("channels.deleteMessages")).toBe(0);
});

it("deletes from a private chat what was read there, answers how many, and leaves the next chat alone", async () => {
  const { on, telegram, read } = await ready();
  const { chat, messages } = await read("@pal_here");
  const before = await read("@other_here");
  expect(await telegram.deleteMessages(chat, ids(messages.slice(0, 3)), { revoke: true }, on.signal)).toBe(3);
  expect(ids((await read("@pal_here")).messages)).toEqual(ids(messages.slice(3)));
  expect(ids((await read("@other_here")).messages)).toEqual(ids(before.messages));
});

it("is refused as a whole where one message is another's, and deletes none of the rest", async () => {
  const { on, telegram, read } = await ready();
  const { chat, messages } = await read("@talk_group");
  const rights = await telegram.rightsIn(chat, on.signal);
  expect(rights).toMatchObject({ present: true, deleteAny: false });
  const call = telegram.deleteMessages(chat, ids(messages), { revoke: true }, on.signal);
  await expect(call).rejects.toBeInstanceOf(DeleteForbiddenError);
  expect(ids((await read("@talk_group")).messages)).toEqual(ids(messages));
});

it("asks once only: a wait comes back to whoever asked, and nothing was carried out", async () => {
  const { on, telegram, read } = await ready();
  const { chat, messages } = await read("@my_group");
  expect((await telegram.rightsIn(chat, on.signal)).deleteAny).toBe(true);
  on.fault({ method: "channels.deleteMessages", kind: "flood-wait", args: { seconds: 3 }, count: 1 });
  const call = telegram.deleteMessages(chat, ids(messages), { revoke: true }, on.signal);
  await expect(call).rejects.toMatchObject({ name: "RetryLaterError", reason: "FLOOD_WAIT" });
  expect(on.calls("channels.deleteMessages")).toBe(1);
  expect(await telegram.deleteMessages(chat, ids(messages), { revoke: true }, on.signal)).toBe(messages.length);
});
