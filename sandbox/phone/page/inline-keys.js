import { h } from "./dom.js";

const CORNERS = {
  url: "↗",
  copy_text: "⧉",
  switch_inline_query: "⇄",
  switch_inline_query_current_chat: "⇄",
  web_app: "▣",
};
const HINTS = { url: "opens a link", copy_text: "copies", web_app: "opens an app" };

/** The buttons under a message. */
export function inlineKeys(message, hands) {
  const rows = message.markup?.inline_keyboard;
  if (!rows) return null;
  return h(
    "div",
    { class: "keys", role: "group", "aria-label": "Buttons of this message" },
    rows.map((row, line) =>
      h(
        "div",
        { class: "line" },
        row.map((button, place) => key(message, button, `${line}:${place}`, hands)),
      ),
    ),
  );
}

function key(message, button, place, hands) {
  const name = `${message.id}:${place}`;
  const busy = hands.isBusy(name);
  const kind = Object.keys(CORNERS).find((field) => button[field] !== undefined);
  const off = button.disabled !== undefined;
  const classes = ["key", button.style, busy && "busy"].filter(Boolean).join(" ");
  const element = h(
    "button",
    {
      type: "button",
      class: classes,
      dir: "auto",
      "aria-disabled": off || busy ? "true" : null,
      "aria-busy": busy ? "true" : null,
      title: HINTS[kind] ?? null,
    },
    button.text,
    kind ? h("span", { class: "corner", "aria-hidden": "true" }, CORNERS[kind]) : null,
  );
  if (!off && !busy) element.addEventListener("click", () => hands.pressInline(message, button, name));
  return element;
}
