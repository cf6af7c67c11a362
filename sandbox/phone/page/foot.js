import { byId, h } from "./dom.js";

/** The foot of any other chat, which the sandbox shows for reading and forwarding. */
export function elsewhereFoot(chat, hands) {
  const address = chat.username ? `https://t.me/${chat.username}` : null;
  return h(
    "div",
    { class: "elsewhere" },
    h("p", {}, "Forward a message from here to the bot, or hand it the chat’s link."),
    address
      ? h("button", { type: "button", class: "button", on: { click: () => hands.copy(address) } }, "Copy link")
      : null,
    address
      ? h(
          "button",
          { type: "button", class: "button", on: { click: () => hands.paste(address) } },
          "Send link to the bot",
        )
      : null,
    h("button", { type: "button", class: "button strong", on: { click: () => hands.openBot() } }, "Back to the bot"),
  );
}

export function startFoot(start) {
  return h("button", { type: "button", class: "start", on: { click: start } }, "START");
}

export function showFoot(element) {
  const foot = byId("foot");
  if (foot.firstChild !== element || foot.childNodes.length !== 1) foot.replaceChildren(element);
}
