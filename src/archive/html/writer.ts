/** Static pages: a page a month, more where a month is full, and an index of them; over several chats an index of those. */
import { formatCount } from "../../core/units.ts";
import type { ArchiveFolder } from "../folder.ts";
import { LocalClock } from "../local-time.ts";
import { chatFolder } from "../place.ts";
import { topicOf } from "../topic.ts";
import type { ArchivedChat, ArchivedMessage, ArchiveOrder, ArchiveWriter, FilePlace } from "../types.ts";
import { escapeHtml } from "./escape.ts";
import { messageHtml } from "./message.ts";
import { PAGE_FOOT, pageHead, pagesNav } from "./page.ts";

/** What a browser on a phone still scrolls well. */
const MESSAGES_A_PAGE = 2_000;

interface Page {
  /** Within the chat's folder. */
  file: string;
  /** "2024-03" or "2024-03 (2)". */
  label: string;
  month: string;
  firstId: number;
  messages: number;
}

interface DoneChat {
  folder: string;
  title: string;
  messages: number;
}

interface State {
  chat: ArchivedChat | null;
  pages: Page[];
  /** The day of the last message, for the headings between days. */
  day: string;
  done: DoneChat[];
}

export class HtmlWriter implements ArchiveWriter {
  readonly #folder: ArchiveFolder;
  readonly #order: ArchiveOrder;
  readonly #clock: LocalClock;
  readonly #state: State;

  constructor(folder: ArchiveFolder, order: ArchiveOrder, state?: unknown) {
    this.#folder = folder;
    this.#order = order;
    this.#clock = new LocalClock(order.look.timeZone);
    this.#state = (state as State | undefined) ?? { chat: null, pages: [], day: "", done: [] };
  }

  beginChat(chat: ArchivedChat): void {
    Object.assign(this.#state, { chat, pages: [], day: "" } satisfies Partial<State>);
  }

  add({ message, place }: ArchivedMessage): void {
    const at = this.#clock.iso(message.date);
    const page = this.#pageFor(at.slice(0, 7), message.messageId);
    const day = at.slice(0, 10);
    if (day !== this.#state.day) {
      this.#state.day = day;
      this.#folder.write(`<h2 class="day">${dayWords(day)}</h2>\n`);
    }
    page.messages++;
    const repliedPage = this.#pageOf(message.replyToId, message.extra?.replyToChat !== undefined);
    const topic = this.#state.chat && topicOf(this.#state.chat, message);
    this.#folder.write(messageHtml({ message, place: this.#seen(place), clock: at.slice(11), repliedPage, topic }));
  }

  endChat(): void {
    const { chat, pages } = this.#state;
    if (!chat) return;
    if (pages.length > 0) this.#folder.write(this.#foot(pages.length - 1, null));
    const messages = pages.reduce((sum, page) => sum + page.messages, 0);
    this.#folder.begin(this.#path("index.html"));
    this.#folder.write(this.#index(chat, messages));
    this.#state.done.push({ folder: chatFolder(chat.chatId), title: chat.title, messages });
    this.#state.chat = null;
  }

  finish(): void {
    if (this.#order.all) {
      this.#folder.begin("index.html");
      this.#folder.write(this.#chatList());
    }
    this.#folder.end();
  }

  state(): State {
    const { chat, pages, day, done } = this.#state;
    return { chat, pages: pages.map((page) => ({ ...page })), day, done: [...done] };
  }

  /** Messages come by their ids; a date that steps back, as imported ones may, stays on the page that is open. */
  #pageFor(month: string, messageId: number): Page {
    const { pages } = this.#state;
    const last = pages.at(-1);
    const isLater = !last || month > last.month;
    if (last && !isLater && last.messages < MESSAGES_A_PAGE) return last;
    const number = isLater ? 1 : pages.filter((page) => page.month === last.month).length + 1;
    const label = isLater ? month : last.month;
    const page: Page = {
      file: number === 1 ? `${label}.html` : `${label}-${number}.html`,
      label: number === 1 ? label : `${label} (${number})`,
      month: label,
      firstId: messageId,
      messages: 0,
    };
    if (last) this.#folder.write(this.#foot(pages.length - 1, page.file));
    pages.push(page);
    this.#state.day = "";
    this.#folder.begin(this.#path(page.file));
    this.#folder.write(this.#head(page, last?.file ?? null));
    return page;
  }

  #head(page: Page, previous: string | null): string {
    const title = this.#state.chat?.title ?? "";
    const under = `<p>${page.label} · <a href="index.html">all months</a></p>`;
    const head = pageHead({ title: `${title} · ${page.label}`, heading: title, under, search: true });
    return head + pagesNav(previous, null).replace("</nav>", '<a href="#end">To the end</a></nav>');
  }

  #foot(index: number, next: string | null): string {
    const previous = this.#state.pages[index - 1]?.file ?? null;
    return `<div id="end"></div>\n${pagesNav(previous, next)}${PAGE_FOOT}`;
  }

  /** Where a message of this chat stands, by the first id of each page; answers go back, so the page is known. */
  #pageOf(messageId: number | null, elsewhere: boolean): string | null {
    if (messageId === null || elsewhere) return null;
    const { pages } = this.#state;
    let from = 0;
    let to = pages.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      if (pages[middle]!.firstId <= messageId) from = middle + 1;
      else to = middle;
    }
    return pages[from - 1]?.file ?? null;
  }

  #path(file: string): string {
    const { chat } = this.#state;
    return this.#order.all && chat ? `${chatFolder(chat.chatId)}/${file}` : file;
  }

  #seen(place: FilePlace): FilePlace {
    const { chat } = this.#state;
    if (!place || "absent" in place || !this.#order.all || !chat) return place;
    return { path: place.path.slice(chatFolder(chat.chatId).length + 1) };
  }

  #index(chat: ArchivedChat, messages: number): string {
    const { pages } = this.#state;
    const heading = chat.isSelf ? "Saved Messages" : chat.title;
    const back = this.#order.all ? '<p><a href="../../index.html">‹ All chats</a></p>' : "";
    const items = pages.map(
      ({ file, label, messages: count }) =>
        `<li><a href="${escapeHtml(file)}">${escapeHtml(label)}</a><span class="soft">${formatCount(count)}</span></li>`,
    );
    return this.#listPage(heading, back, messages, items);
  }

  #chatList(): string {
    const { done } = this.#state;
    const items = done.map(
      ({ folder, title, messages }) =>
        `<li><a href="${escapeHtml(folder)}/index.html"><bdi>${escapeHtml(title)}</bdi></a><span class="soft">${formatCount(messages)}</span></li>`,
    );
    const total = done.reduce((sum, { messages }) => sum + messages, 0);
    return this.#listPage("Archive", "", total, items);
  }

  #listPage(heading: string, back: string, messages: number, items: readonly string[]): string {
    const { filter, createdAt, look } = this.#order;
    const facts = `<p class="note">${formatCount(messages)} messages${filter ? ` · ${escapeHtml(filter)}` : ""} · archived ${escapeHtml(dayWords(this.#clock.iso(new Date(createdAt)).slice(0, 10)))} · times in ${escapeHtml(look.timeZone)}</p>`;
    const list = items.length > 0 ? `<ul class="list">\n${items.join("\n")}\n</ul>` : "<p>Nothing here.</p>";
    return `${pageHead({ title: heading, heading, under: back, search: false })}${facts}\n${list}\n${PAGE_FOOT}`;
  }
}

const MONTHS = "January February March April May June July August September October November December".split(" ");

/** "2024-03-05" as "5 March 2024". */
const dayWords = (day: string): string =>
  `${Number(day.slice(8))} ${MONTHS[Number(day.slice(5, 7)) - 1] ?? ""} ${day.slice(0, 4)}`;
