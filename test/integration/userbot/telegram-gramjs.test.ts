import { fileOf } from "../../../sandbox/world/types/media.ts";
import { POSTS, telegramContract } from "../../contract/telegram/suite.ts";
import { connected, type Fill, stage } from "./stage.ts";

const fill: Fill = (builder) => {
  builder.privateChats(5_000_001, [{ peerId: 5_000_001, series: { count: 3 } }]);
  builder.chat({
    kind: "channel",
    title: "News",
    username: "news",
    creatorId: 5_000_001,
    series: {
      count: POSTS,
      media: POSTS / 2,
      types: { document: 1 },
      others: { text: 1 },
      sizeMin: 9_000,
      sizeMax: 20_000,
    },
  });
};

telegramContract("GramJS", async () => {
  const on = await stage({ fill });
  const telegram = await connected(on);
  const view = on.world.as(on.owner.userId);
  const chatId = (await telegram.findChat("@news", on.signal))!.chatId;
  const hashes: string[] = [];
  for (let offsetId = 0; ; ) {
    const query = { offsetId, offsetDate: 0, addOffset: 0, limit: 100, maxId: 0, minId: 0 };
    const { messages } = view.history(chatId, query);
    if (messages.length === 0) break;
    for (const { media } of messages) {
      const file = fileOf(media);
      if (file) hashes.push(await on.world.content.sha256(file));
    }
    offsetId = Math.min(...messages.map(({ id }) => id));
  }
  return {
    telegram,
    selfId: on.owner.userId,
    hashes,
    remove: (messageId) => void view.delete(chatId, [messageId], true),
    expireReferences: () => on.world.content.expireReferences(),
  };
});
