import { expect, test } from "vitest";
import { savedFolder } from "../../../src/bot/saved-folder.ts";

const chat = { chatId: 1001, title: "Family" };

test.each([
  ["/data", "{chat}/{date}_{time}_{name}", "/data/Family"],
  ["/data/", "{chat}/{year}/{name}", "/data/Family"],
  ["/data", "{date}_{name}", "/data"],
  ["/data", "{type}/{chat}/{name}", "/data"],
  ["/data", "telegram/{chat_id}/{name}", "/data/telegram/1001"],
  ["C:\\data", "{chat_id}/{name}", "C:\\data\\1001"],
])("in %s by %s it is %s", (downloads, template, folder) => {
  expect(savedFolder(downloads, template, chat)).toBe(folder);
});
