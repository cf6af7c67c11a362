import { avatar, bdi, byId, h } from "./dom.js";

/** A word that passes, at the top of the phone. */
export function toast(text) {
  const note = h("div", { class: "toast" }, text);
  byId("toasts").append(note);
  setTimeout(() => note.remove(), Math.min(8000, 2500 + text.length * 40));
}

function open(dialog) {
  document.body.append(dialog);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.showModal();
  return dialog;
}

/** A message that must be read: the alert of a button's answer. */
export function alertBox(text) {
  const done = h("button", { type: "button", class: "button strong", on: { click: () => dialog.close() } }, "OK");
  const inside = h("div", { class: "inside" }, h("p", { dir: "auto" }, text), h("div", { class: "buttons" }, done));
  const dialog = open(
    h("dialog", { class: "dialog", role: "alertdialog", "aria-label": "Message from the bot" }, inside),
  );
}

/** Asks before a hidden address is opened. */
export function confirmLink(url) {
  const go = () => {
    window.open(url, "_blank", "noopener,noreferrer");
    dialog.close();
  };
  const inside = h(
    "div",
    { class: "inside" },
    h("h2", {}, "Open this link?"),
    h("p", {}, bdi(url)),
    h(
      "div",
      { class: "buttons" },
      h("button", { type: "button", class: "button", on: { click: () => dialog.close() } }, "Cancel"),
      h("button", { type: "button", class: "button strong", on: { click: go } }, "Open"),
    ),
  );
  const dialog = open(h("dialog", { class: "dialog", "aria-label": "Open this link?" }, inside));
}

export function lightbox(content) {
  open(h("dialog", { class: "lightbox", "aria-label": "Picture or video" }, content));
}

/** The phone's own list of chats or people; answers with what was chosen, or null. */
export function pickerDialog({ kind, max, choices }) {
  return new Promise((resolve) => {
    const chosen = new Set();
    let answer = null;
    const title = kind === "chat" ? "Choose a chat" : max > 1 ? `Choose up to ${max} people` : "Choose a person";
    const list = h("ul", {
      class: "choices",
      role: "listbox",
      "aria-label": title,
      "aria-multiselectable": String(max > 1),
    });
    const search = h("input", { type: "search", placeholder: "Search", "aria-label": "Search", autocomplete: "off" });
    const share = h("button", { type: "button", class: "button strong", disabled: true }, "Share");
    const finish = (ids) => {
      answer = ids;
      dialog.close();
    };
    const row = (choice) => {
      const name = h(
        "span",
        {},
        h("span", { class: "name" }, bdi(choice.name)),
        choice.username ? h("span", { class: "preview" }, `@${choice.username}`) : null,
      );
      const selected = String(chosen.has(choice.id));
      const props = { type: "button", class: "chat-row", role: "option", "aria-selected": selected };
      const button = h("button", props, avatar(choice, "middle"), name, chosen.has(choice.id) ? "✓" : "");
      button.addEventListener("click", () => {
        if (max === 1) return finish([choice.id]);
        if (chosen.has(choice.id)) chosen.delete(choice.id);
        else if (chosen.size < max) chosen.add(choice.id);
        draw();
      });
      return h("li", { role: "presentation" }, button);
    };
    const draw = () => {
      const wanted = search.value.trim().toLowerCase();
      const found = choices.filter(({ name, username }) => `${name} ${username ?? ""}`.toLowerCase().includes(wanted));
      list.replaceChildren(...found.map(row));
      if (found.length === 0) list.append(h("li", { class: "chat-section" }, "Nothing found"));
      share.disabled = chosen.size === 0;
    };
    search.addEventListener("input", draw);
    share.addEventListener("click", () => finish([...chosen]));
    const cancel = h("button", { type: "button", class: "button", on: { click: () => dialog.close() } }, "Cancel");
    const buttons = h("div", { class: "buttons" }, cancel, max > 1 ? share : null);
    const inside = h(
      "div",
      { class: "inside" },
      h("h2", {}, title),
      h("div", { class: "search" }, search),
      list,
      buttons,
    );
    draw();
    const dialog = open(h("dialog", { class: "dialog", "aria-label": title }, inside));
    dialog.addEventListener("close", () => resolve(answer));
  });
}

/** A small menu at a place on the page. */
export function popup(anchor, entries) {
  document.querySelector(".popup")?.remove();
  const menu = h("div", { class: "popup", role: "menu" });
  const close = () => {
    menu.remove();
    anchor.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", outside, true);
    document.removeEventListener("keydown", keys, true);
  };
  const outside = (event) => !menu.contains(event.target) && close();
  const keys = (event) => {
    const items = [...menu.querySelectorAll("button")];
    const at = items.indexOf(document.activeElement);
    if (event.key === "Escape") {
      close();
      anchor.focus();
    } else if (event.key === "ArrowDown") items[(at + 1) % items.length]?.focus();
    else if (event.key === "ArrowUp") items.at(at - 1)?.focus();
    else return;
    event.preventDefault();
  };
  for (const { label, act } of entries) {
    const run = () => {
      close();
      act();
    };
    menu.append(h("button", { type: "button", role: "menuitem", on: { click: run } }, label));
  }
  document.body.append(menu);
  const place = anchor.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  menu.style.left = `${Math.max(8, Math.min(place.left, innerWidth - width - 8))}px`;
  menu.style.top = `${Math.max(8, Math.min(place.bottom + 4, innerHeight - height - 8))}px`;
  anchor.setAttribute("aria-expanded", "true");
  document.addEventListener("pointerdown", outside, true);
  document.addEventListener("keydown", keys, true);
  menu.querySelector("button")?.focus();
}

export async function copy(text, said = "Copied.") {
  try {
    await navigator.clipboard.writeText(text);
    toast(said);
  } catch {
    toast(text);
  }
}
