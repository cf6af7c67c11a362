/** The topics of a forum have names, in the folders of a download and in archives. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { strictCsv } from "../../support/strict-csv.ts";
import { connected, type Fill, stage } from "./stage.ts";
import { workshop } from "./workshop.ts";

const OWNER = 5_000_001;
const TITLES = ["General", "Fotos / Bilder", "שלום", "..", "Rezepte"];

/** A forum with so many topics, whose first ones hold files. */
const forum =
  (titles: readonly string[], files = 0): NonNullable<Fill> =>
  (builder) => {
    const more = { iconColor: 0x6fb9f0, createdAt: builder.base, creatorId: OWNER };
    builder.chat({
      kind: "supergroup",
      title: "Forum",
      username: "forum",
      isForum: true,
      members: [OWNER],
      creatorId: OWNER,
      topics: titles.map((title, n) => ({ ...more, id: n + 1, title, closed: false, pinned: false, hidden: false })),
      series: {
        count: files,
        media: files,
        types: { document: 1 },
        sizeMin: 500,
        sizeMax: 900,
        topics: [1, 2, 3, 4, 5].slice(0, titles.length),
        gapEvery: 0,
      },
    });
  };

it("reads all topics of a forum, however many there are, and none of a chat that is no forum", async () => {
  const titles = ["General", ...Array.from({ length: 251 }, (_, n) => `Topic “${n}” 家`)];
  const on = await stage({ fill: forum(titles, 10) });
  const telegram = await connected(on);
  const chat = (await telegram.findChat("@forum", on.signal))!;
  const topics = await telegram.topics(chat, on.signal);
  expect(topics.sort((a, b) => a.id - b.id)).toEqual(titles.map((title, n) => ({ id: n + 1, title })));
}, 120_000);

it("puts files into folders named after their topics, and tells them in archives", async () => {
  const on = await workshop(forum(TITLES, 20));
  await on.db.settings.set("filenameTemplate", "{chat}/{topic}/{name}");
  await on.start();
  const chatId = await on.chatId("forum");
  expect((await on.download(chatId)).progress).toMatchObject({ saved: 20, failed: 0 });
  const folders = readdirSync(join(on.downloads, "Forum")).sort();
  expect(folders).toHaveLength(TITLES.length);
  for (const name of ["General", "Rezepte", "שלום"]) expect(folders).toContain(name);
  // A title is a name, never a way: not up, and not one folder deeper.
  expect(folders.every((name) => !name.includes("/") && name !== "..")).toBe(true);
  expect(folders.some((name) => /^Fotos.*Bilder$/.test(name))).toBe(true);
  const rows = (await on.db.archives.after(chatId, 0, 100)).filter(({ localFilePath }) => localFilePath);
  expect(rows).toHaveLength(20);
  for (const { localFilePath, topicId } of rows) {
    const title = TITLES[(topicId ?? 1) - 1]!;
    // Signs that no disk takes are others there.
    if (/^\p{L}+$/u.test(title)) expect(localFilePath).toContain(join("Forum", title));
  }

  for (const format of ["csv", "html"] as const) {
    const { root } = await on.over(
      await on.add({ task: "archive", payload: { chatId, filter: {}, format, media: false, zip: false } }),
    );
    const { folder } = root.result as { folder: string };
    if (format === "csv") {
      const [head = [], ...rows] = strictCsv(readFileSync(join(folder, "messages.csv"), "utf8").replace(/^\uFEFF/, ""));
      const topics = rows.map((row) => row[head.indexOf("topic")]);
      expect(new Set(topics)).toEqual(new Set(TITLES));
    } else {
      const pages = readdirSync(folder).filter((name) => /^\d{4}-\d\d/.test(name));
      const text = pages.map((page) => readFileSync(join(folder, page), "utf8")).join("");
      expect(text).toContain("# <bdi>Fotos / Bilder</bdi>");
    }
  }
}, 180_000);

it("downloads all the same where the names of the topics cannot be had", async () => {
  const on = await workshop(forum(TITLES, 5));
  await on.db.settings.set("filenameTemplate", "{topic}/{name}");
  on.fault({
    method: "channels.getForumTopics",
    kind: "error",
    count: null,
    args: { code: 400, message: "CHANNEL_PRIVATE" },
  });
  await on.start();
  const chatId = await on.chatId("forum");
  expect((await on.download(chatId)).progress).toMatchObject({ saved: 5, failed: 0 });
  expect(readdirSync(on.downloads).every((name) => /^(topic_\d|no topic)$/.test(name))).toBe(true);
}, 120_000);
