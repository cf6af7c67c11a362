import { avatar, bdi, h, hueOf, icon } from "./dom.js";
import { richText } from "./entities.js";
import { inlineKeys } from "./inline-keys.js";
import { albumView, frameWidth, isBare, isTile, mediaView } from "./media.js";
import { clock, count, fullDate } from "./words.js";

/** One row of the log: a message, or an album of several. */
export function bubbleRow(row, hands) {
  const { messages, out, first, last, inGroup } = row;
  const head = messages[0];
  const captioned = messages.find(({ text }) => text) ?? head;
  const media = messages.map((message) => message.media).filter(Boolean);
  const tiles = media.filter(isTile);
  const bare = media.length === 1 && isBare(media[0]) && !captioned.text;
  const onlyMedia = !captioned.text && tiles.length > 0;
  const stamp = meta(messages.at(-1), captioned, onlyMedia);
  const bubble = h(
    "div",
    { class: bubbleClass(bare, onlyMedia) },
    inGroup && first && !out && !bare
      ? h("div", { class: "author", style: { "--hue": hueOf(head.from.id) } }, bdi(head.from.name))
      : null,
    head.forward ? forwarded(head.forward, hands) : null,
    head.reply ? quote(head.reply, hands) : null,
    media.length > 1 && tiles.length === media.length
      ? albumView(tiles, hands.show)
      : media.filter(({ kind }) => kind !== "webpage").map((one) => mediaView(one, hands.show)),
    textOf(captioned, hands, onlyMedia || bare ? null : stamp),
    captioned.text && !bare ? null : stamp,
    media.filter(({ kind }) => kind === "webpage").map((one) => mediaView(one, hands.show)),
    head.reactions ? reactions(head.reactions) : null,
  );
  const keys = inlineKeys(captioned, hands);
  const stack = h("div", stackProps(tiles, !onlyMedia, keys !== null), bubble, keys);
  const slot = inGroup && !out ? h("div", { class: "avatar-slot" }, last ? avatar(head.from, "small") : null) : null;
  const classes = ["row", out ? "out" : "in", first && "first", last && "last", row.isNew && "new"]
    .filter(Boolean)
    .join(" ");
  const label = `${out ? "You" : head.from.name}, ${clock(head.date)}`;
  const more = h(
    "button",
    { type: "button", class: "more", "aria-label": "More for this message", "aria-haspopup": "menu" },
    icon("more", 18),
  );
  more.addEventListener("click", () => hands.more(captioned, more));
  const element = h(
    "div",
    { class: classes, role: "article", "aria-label": label, data: { id: String(head.id) } },
    slot,
    stack,
    more,
  );
  element.addEventListener("contextmenu", (event) => {
    if (event.target.closest("a, button, img, code")) return;
    event.preventDefault();
    hands.more(captioned, more);
  });
  return element;
}

function bubbleClass(bare, onlyMedia) {
  return ["bubble", bare && "bare", onlyMedia && "only-media"].filter(Boolean).join(" ");
}

/** Around pictures everything is as wide as they are. */
function stackProps(tiles, captioned, keys) {
  const classes = ["stack", keys && "keyed", tiles.length > 0 && "framed"].filter(Boolean).join(" ");
  return { class: classes, style: tiles.length > 0 ? { "--frame": String(frameWidth(tiles, captioned || keys)) } : {} };
}

/** The words, with the time in their last line where there is room. */
function textOf({ text, entities, media }, hands, stamp) {
  if (!text) return null;
  const isHuge = !media && entities.length === 0 && /^(?:\p{RGI_Emoji}\s?){1,3}$/v.test(text);
  return h("div", { class: `text ${isHuge ? "huge" : ""}`, dir: "auto" }, richText(text, entities, hands.tap), stamp);
}

function meta(message, captioned, over) {
  const parts = [
    message.pinned && h("span", { title: "Pinned" }, "📌"),
    message.views !== undefined && h("span", { title: "Views" }, `👁 ${count(message.views)}`),
    message.signature && bdi(message.signature),
    captioned.editDate && h("span", { title: `Edited ${fullDate(captioned.editDate)}` }, "edited"),
    message.silent && h("span", { title: "Sent without sound" }, "🔕"),
    message.rings && h("span", { class: "bell", title: "With sound" }, "🔔"),
    h(
      "time",
      { datetime: new Date(message.date * 1000).toISOString(), title: fullDate(message.date) },
      clock(message.date),
    ),
  ];
  return h("span", { class: `meta ${over ? "over" : ""}` }, parts);
}

function forwarded(forward, hands) {
  const name = bdi(forward.name);
  const target = forward.chatId
    ? h("button", { type: "button", on: { click: () => hands.openChat(forward.chatId) } }, name)
    : h("b", {}, name);
  return h("div", { class: "forwarded" }, "Forwarded from ", target);
}

function quote(reply, hands) {
  const jump = () => reply.messageId && hands.jumpTo(reply.messageId);
  return h(
    "button",
    { type: "button", class: "quote", on: { click: jump } },
    h("b", {}, bdi(reply.name)),
    h("span", { dir: "auto" }, reply.text),
  );
}

const reactions = (list) =>
  h(
    "div",
    { class: "reactions" },
    list.map(({ emoji, count: times }) => h("span", {}, `${emoji}${times > 1 ? ` ${times}` : ""}`)),
  );
