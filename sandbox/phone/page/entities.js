import { h } from "./dom.js";
import { formattedDate, fullDate } from "./words.js";

/** Text with its entities as elements. `tap` says what tapping a command, a name or a link does. */
export function richText(text, entities, tap) {
  const sorted = entities
    .filter(({ offset, length }) => length > 0 && offset < text.length)
    .map((entity) => ({ ...entity, end: Math.min(entity.offset + entity.length, text.length) }))
    .sort((a, b) => a.offset - b.offset || b.end - a.end);
  return between(text, 0, text.length, sorted, tap);
}

function between(text, from, to, entities, tap) {
  const nodes = [];
  let at = from;
  let index = 0;
  while (index < entities.length) {
    const outer = entities[index];
    const inner = [];
    index++;
    if (outer.offset < at || outer.offset >= to) continue;
    const end = Math.min(outer.end, to);
    while (index < entities.length && entities[index].offset < end) inner.push(entities[index++]);
    nodes.push(text.slice(at, outer.offset));
    nodes.push(element(outer, text.slice(outer.offset, end), between(text, outer.offset, end, inner, tap), tap));
    at = end;
    if (isBlock(outer) && text[at] === "\n") at++;
  }
  nodes.push(text.slice(at, to));
  return nodes.filter((node) => node !== "");
}

const isBlock = ({ type }) => type.endsWith("blockquote") || type === "pre";
const SIMPLE = { bold: "strong", italic: "em", underline: "u", strikethrough: "s" };

function element(entity, words, children, tap) {
  const { type } = entity;
  if (SIMPLE[type]) return h(SIMPLE[type], {}, children);
  switch (type) {
    case "code":
      return h("code", { title: "Copy", on: { click: () => tap.copy(words) } }, children);
    case "pre":
      return h("pre", { data: entity.language ? { language: entity.language } : {}, dir: "ltr" }, children);
    case "blockquote":
      return h("blockquote", {}, children);
    case "expandable_blockquote":
      return folded(children);
    case "spoiler":
      return spoiler(children);
    case "date_time":
      return date(entity, words);
    case "bot_command":
      return button(children, () => tap.command(words));
    case "mention":
      return button(children, () => tap.mention(words.slice(1)));
    case "hashtag":
    case "cashtag":
      return button(children, () => tap.copy(words));
    case "text_mention":
      return h("strong", { title: `User ${entity.userId}` }, children);
    case "url":
    case "text_link":
    case "email":
      return link(entity, words, children, tap);
    default:
      return h("span", {}, children);
  }
}

const button = (children, act) => h("button", { type: "button", class: "tap", on: { click: act } }, children);

function link(entity, words, children, tap) {
  const target = entity.type === "text_link" ? entity.url : entity.type === "email" ? `mailto:${words}` : words;
  const url = safeUrl(target);
  if (!url) return h("span", {}, children);
  const ask = entity.type === "text_link";
  return h(
    "a",
    { href: url, rel: "noopener noreferrer", on: { click: (event) => open(event, url, ask, tap) } },
    children,
  );
}

function open(event, url, ask, tap) {
  event.preventDefault();
  tap.link(url, ask);
}

/** Only addresses that a browser may open without running anything. */
export function safeUrl(target) {
  const withScheme = /^[a-z][a-z0-9+.-]*:/i.test(target) ? target : `https://${target}`;
  if (!URL.canParse(withScheme)) return null;
  const url = new URL(withScheme);
  return ["http:", "https:", "mailto:", "tg:"].includes(url.protocol) ? url.href : null;
}

function folded(children) {
  const quote = h("blockquote", { class: "folded", tabindex: "0", title: "Show all" }, children);
  const toggle = () => quote.classList.toggle("folded");
  quote.addEventListener("click", toggle);
  quote.addEventListener("keydown", ({ key }) => key === "Enter" && toggle());
  return quote;
}

function spoiler(children) {
  const hidden = h("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": "Hidden text" }, children);
  const show = () => {
    hidden.classList.add("shown");
    hidden.removeAttribute("aria-label");
  };
  hidden.addEventListener("click", show);
  hidden.addEventListener("keydown", ({ key }) => key === "Enter" && show());
  return hidden;
}

function date({ unixTime, dateTimeFormat = "" }, words) {
  const shown = dateTimeFormat ? formattedDate(unixTime, dateTimeFormat) : words;
  const iso = new Date(unixTime * 1000).toISOString();
  const data = dateTimeFormat.toLowerCase() === "r" ? { relative: String(unixTime) } : {};
  return h("time", { datetime: iso, title: fullDate(unixTime), data }, shown);
}

/** Keeps "5 minutes ago" true. */
export function refreshDates(root) {
  for (const time of root.querySelectorAll("time[data-relative]")) {
    time.textContent = formattedDate(Number(time.dataset.relative), "r");
  }
}
