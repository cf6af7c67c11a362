/** /search as the owner meets it, from the words to the file in the chat. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { awaitEnd } from "../support/downloads.ts";
import { eventually } from "../support/eventually.ts";
import { buttonsOf } from "../support/phone.ts";
import { type Program, startProgram } from "../support/program.ts";
import { type Sandbox, startSandbox } from "../support/sandbox.ts";

let sandbox: Sandbox;
let program: Program;
beforeAll(async () => {
  sandbox = await startSandbox();
  const { control } = sandbox;
  const chatId = await control.world.addChat({ kind: "channel", title: "Office", username: "office_news" });
  const texts = [
    "Lunch at noon",
    "发票在这里：北京办公室",
    "חשבונית מצורפת",
    "Счёт за май, оплатите",
    "an invoice without a file",
  ];
  const files = Array.from({ length: 6 }, (_, index) => ({
    text: index === 0 ? "please pay this" : "",
    media: {
      type: "document" as const,
      name: `Invoice_0${index + 1}.pdf`,
      size: 5_000 + index,
      mimeType: "application/pdf",
    },
  }));
  await control.world.addMessages(chatId, [...texts.map((text) => ({ text })), ...files]);
  const closed = await control.world.addChat({
    kind: "channel",
    title: "Closed",
    username: "closed_one",
    noforwards: true,
  });
  await control.world.addMessages(closed, [{ text: "a secret invoice" }]);
  program = await startProgram({ sandbox });
  for (const handle of ["office_news", "closed_one"]) {
    const asked = await sandbox.phone.say(`/scan @${handle}`);
    await awaitEnd(sandbox, asked);
  }
}, 120_000);
afterAll(async () => {
  await program?.remove();
  await sandbox?.stop();
});

const answerTo = async (text: string) => {
  const asked = await sandbox.phone.say(text);
  return sandbox.phone.waitFor(() => true, { after: asked });
};
const plain = (text: string) => text.replace(/[\u2066-\u2069]/g, "");

describe("/search", () => {
  it("lists what it found as the design says, with marks, links and pages", async () => {
    const found = await answerTo("/search invoice ext:pdf");
    const lines = plain(found.text).split("\n");
    expect(lines[0]).toBe("🔎 6 results for “invoice” · PDF");
    expect(lines[1]).toMatch(/^1\. Office · \d{1,2} \w+ \d{4} · Invoice_06\.pdf \(4\.9 KB\)$/);
    expect(lines).toHaveLength(6);
    expect(buttonsOf(found.replyMarkup).map(({ text }) => text)).toEqual([
      "1",
      "2",
      "3",
      "4",
      "5",
      "‹",
      "1/2",
      "›",
      "📥 All 6",
      "Change",
    ]);
    const entities = found.entities ?? [];
    const marked = entities
      .filter(({ type }) => type === "bold")
      .map(({ offset, length }) => found.text.substr(offset, length));
    expect(marked).toEqual(Array.from({ length: 5 }, () => "Invoice"));
    expect(entities.find(({ type }) => type === "text_link")?.url).toMatch(/^https:\/\/t\.me\/office_news\/\d+$/);

    await sandbox.phone.press("›", { after: found.id - 1 });
    const turned = await sandbox.phone.waitFor(
      (message) => message.id === found.id && plain(message.text).includes("6. Office"),
    );
    expect(plain(turned.text)).toContain("Invoice_01.pdf (4.9 KB)");
  });

  it("finds every script, phrases, beginnings, and leaves out what is unwanted", async () => {
    const total = async (words: string) => plain((await answerTo(`/search ${words}`)).text).split("\n")[0];
    expect(await total("北京")).toBe("🔎 1 result for “北京”");
    expect(await total("חשבונית")).toBe("🔎 1 result for “חשבונית”");
    expect(await total("счет")).toBe("🔎 1 result for “счет”");
    expect(await total('"pay this"')).toBe("🔎 1 result for “pay this”");
    expect(await total("invo*")).toBe("🔎 8 results for “invo*”");
    expect(await total('invo* -secret -"invoice 02"')).toBe("🔎 6 results for “invo*” without “secret” “invoice 02”");
    expect(await total("chat:@closed_one invoice")).toBe("🔎 1 result for “invoice” · in Closed");
  });

  it("suggests the next step where nothing was found", async () => {
    const empty = await answerTo("/search invoices ext:zip");
    expect(plain(empty.text)).toMatch(/^No results\. Searched 2 chats, all time\./);
    expect(buttonsOf(empty.replyMarkup).map(({ text }) => text)).toEqual(["Without ext", "Other spelling?", "Change"]);
    await sandbox.phone.press("Without ext", { after: empty.id - 1 });
    await sandbox.phone.waitFor((message) => message.id === empty.id && !message.text.includes("ZIP"), {});
    await sandbox.phone.press("Other spelling?", { after: empty.id - 1 });
    await sandbox.phone.waitFor((message) => message.id === empty.id && plain(message.text).startsWith("🔎 8 results"));
  });

  it("offers a search for plain words", async () => {
    const offer = await answerTo("lunch");
    expect(plain(offer.text)).toBe("Search your chats for “lunch”?");
    expect(buttonsOf(offer.replyMarkup).map(({ text }) => text)).toEqual(["🔎 Search", "✖ Close"]);
    await sandbox.phone.press("🔎 Search", { after: offer.id - 1 });
    await sandbox.phone.waitFor(
      (message) => message.id === offer.id && plain(message.text).includes("1 result for “lunch”"),
    );
  });

  it("says in a sentence what it cannot look for", async () => {
    expect((await answerTo('/search "…"')).text).toContain("I look for words and numbers");
  });

  it("brings a result into the chat: forwarded by the account, and by the bot once it is on the disk", async () => {
    const found = await answerTo('/search "invoice 03"');
    await sandbox.phone.press(/^1$/, { after: found.id - 1 });
    await sandbox.phone.waitFor((message) => message.id === found.id && plain(message.text).includes("Invoice_03.pdf"));
    await sandbox.phone.press("📨 Send me this", { after: found.id - 1 });
    const chat = async () => (await sandbox.phone.messages()).filter(({ id }) => id > found.id);
    const forwarded = await eventuallyOne(async () =>
      (await chat()).find(({ from, media }) => from !== "bot" && media),
    );
    expect(forwarded.media).toMatchObject({ name: "Invoice_03.pdf" });

    await sandbox.phone.press("📥 Download", { after: found.id - 1 });
    await sandbox.phone.waitFor(/^✅/u, { after: forwarded.id });
    await sandbox.phone.press("📨 Send me this", { after: found.id - 1 });
    const sent = await eventuallyOne(async () =>
      (await chat()).find(({ from, media, id }) => from === "bot" && media && id > forwarded.id),
    );
    expect(sent.media).toMatchObject({ name: "Invoice_03.pdf" });
    // What the account brought was not taken for a wish.
    expect((await chat()).filter(({ from, text }) => from === "bot" && /from Office|hides/.test(text))).toEqual([]);
  });

  it("leaves a protected chat alone", async () => {
    const found = await answerTo("/search secret");
    await sandbox.phone.press(/^1$/, { after: found.id - 1 });
    await sandbox.phone.waitFor(
      (message) => message.id === found.id && plain(message.text).includes("a secret invoice"),
    );
    const { text } = await sandbox.phone.press("📨 Send me this", { after: found.id - 1 });
    expect(text).toContain("do not allow");
  });

  it("downloads all hits", async () => {
    const found = await answerTo("/search invoice ext:pdf");
    await sandbox.phone.press("📥 All 6", { after: found.id - 1 });
    const end = await sandbox.phone.waitFor(/^✅/u, { after: found.id });
    expect(end.text).toMatch(/\b[56] files/);
  });
});

async function eventuallyOne<T>(look: () => Promise<T | undefined>): Promise<T> {
  return eventually(look, { timeoutMs: 30_000, what: async () => "a message in the chat" });
}
