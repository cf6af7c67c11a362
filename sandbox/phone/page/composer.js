import { bdi, h, icon } from "./dom.js";

/** The foot of the bot's chat: message field, menu, suggestions, reply keyboard. */
export class Composer {
  #hands;
  #commands = [];
  #replyTo = null;
  #keyboard = null;
  #keyboardOpen = false;
  #chosen = -1;
  #field;
  #send;
  #menuButton;
  #keysButton;
  #replyBar;
  #suggestions;
  #panel;
  root;

  constructor(hands) {
    this.#hands = hands;
    this.#field = h("textarea", {
      rows: "1",
      placeholder: "Message",
      "aria-label": "Message",
      "aria-controls": "suggestions",
      dir: "auto",
      autocomplete: "off",
    });
    this.#send = h(
      "button",
      { type: "button", class: "icon-button send", "aria-label": "Send", disabled: true },
      icon("send"),
    );
    this.#menuButton = h(
      "button",
      { type: "button", class: "menu-button", "aria-haspopup": "listbox", "aria-expanded": "false" },
      icon("menu", 18),
      "Menu",
    );
    this.#keysButton = h(
      "button",
      { type: "button", class: "icon-button", "aria-label": "Show or hide the bot's keyboard" },
      icon("keys"),
    );
    this.#replyBar = h("div", { class: "reply-bar", hidden: true });
    this.#suggestions = h("div", {
      class: "suggestions",
      id: "suggestions",
      role: "listbox",
      "aria-label": "Commands",
      hidden: true,
    });
    this.#panel = h("div", { class: "keyboard", role: "group", "aria-label": "Keyboard of the bot", hidden: true });
    const line = h("div", { class: "composer" }, this.#menuButton, this.#field, this.#keysButton, this.#send);
    this.root = h("div", {}, this.#suggestions, this.#replyBar, line, this.#panel);
    this.#field.addEventListener("input", () => this.#typed());
    this.#field.addEventListener("keydown", (event) => this.#key(event));
    this.#send.addEventListener("click", () => this.#submit());
    this.#menuButton.addEventListener("click", () => this.#toggleMenu());
    this.#keysButton.addEventListener("click", () => this.#setKeyboardOpen(!this.#keyboardOpen));
    document.addEventListener("pointerdown", (event) => !this.root.contains(event.target) && this.#suggest([]));
    this.setCommands([]);
    this.setKeyboard(null);
  }

  setCommands(commands) {
    this.#commands = commands;
    this.#menuButton.hidden = commands.length === 0;
  }

  /** The bot's own keyboard; a new one opens, a used one that is meant for once stays folded. */
  setKeyboard(keyboard) {
    const isSame = JSON.stringify(keyboard) === JSON.stringify(this.#keyboard);
    this.#keyboard = keyboard;
    this.#keysButton.hidden = keyboard === null;
    if (isSame) return;
    const rows = keyboard?.rows ?? [];
    this.#panel.replaceChildren(
      ...rows.map((row) =>
        h(
          "div",
          { class: "line" },
          row.map((button) => this.#boardKey(button)),
        ),
      ),
    );
    this.#setKeyboardOpen(keyboard !== null && !keyboard.used);
    if (keyboard?.placeholder) this.#field.placeholder = keyboard.placeholder;
    else if (!this.#replyTo) this.#field.placeholder = "Message";
  }

  #boardKey(button) {
    const label = typeof button === "string" ? button : button.text;
    const press = () => {
      this.#hands.pressKeyboard(button, this.#keyboard);
      if (this.#keyboard?.oneTime) this.#setKeyboardOpen(false);
    };
    return h(
      "button",
      { type: "button", class: `key ${button.style ?? ""}`, dir: "auto", on: { click: press } },
      label,
    );
  }

  #setKeyboardOpen(open) {
    this.#keyboardOpen = open;
    this.#panel.hidden = !open;
    this.#keysButton.setAttribute("aria-expanded", String(open));
    this.#hands.resized();
  }

  /** Answers to one message; null for none. */
  setReply(message, placeholder) {
    this.#replyTo = message?.id ?? null;
    this.#replyBar.hidden = message === null;
    this.#field.placeholder = placeholder || "Message";
    if (message) {
      const cancel = h(
        "button",
        {
          type: "button",
          class: "icon-button",
          "aria-label": "Do not reply",
          on: { click: () => this.setReply(null) },
        },
        icon("close", 18),
      );
      const words = message.text.split("\n")[0] || "Message";
      this.#replyBar.replaceChildren(
        h(
          "span",
          { class: "quote" },
          h("b", {}, "Reply to ", bdi(message.from.name)),
          h("span", { dir: "auto" }, words),
        ),
        cancel,
      );
      this.focus();
    }
    this.#hands.resized();
  }

  insert(text) {
    this.#field.value = text;
    this.#typed();
    this.focus();
  }

  focus() {
    this.#field.focus({ preventScroll: true });
  }

  #typed() {
    this.#grow();
    this.#send.disabled = this.#field.value.trim() === "";
    const typed = /^\/(\w*)$/.exec(this.#field.value)?.[1];
    this.#suggest(typed === undefined ? [] : this.#commands.filter(({ command }) => command.startsWith(typed)));
  }

  #grow() {
    this.#field.style.height = "auto";
    this.#field.style.height = `${Math.min(this.#field.scrollHeight, 160)}px`;
  }

  #key(event) {
    const shown = [...this.#suggestions.querySelectorAll("button")];
    if (shown.length > 0 && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.#choose((this.#chosen + step + shown.length + (this.#chosen < 0 && step < 0 ? 1 : 0)) % shown.length);
    } else if (shown.length > 0 && event.key === "Tab") shown[Math.max(0, this.#chosen)].click();
    else if (event.key === "Escape") {
      this.#suggest([]);
      if (this.#replyTo !== null) this.setReply(null);
      return;
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      if (this.#chosen >= 0 && shown[this.#chosen]) shown[this.#chosen].click();
      else this.#submit();
    } else return;
    event.preventDefault();
  }

  #submit() {
    const text = this.#field.value.trim();
    if (!text) return;
    this.#hands.send(text, this.#replyTo);
    this.#field.value = "";
    this.setReply(null);
    this.#typed();
    this.focus();
  }

  #toggleMenu() {
    this.#suggest(this.#suggestions.hidden ? this.#commands : []);
    this.focus();
  }

  #suggest(commands) {
    this.#chosen = -1;
    this.#suggestions.hidden = commands.length === 0;
    this.#menuButton.setAttribute("aria-expanded", String(commands.length > 0));
    this.#suggestions.replaceChildren(
      ...commands.map(({ command, description }) => {
        const run = () => {
          this.#field.value = "";
          this.#typed();
          this.#hands.send(`/${command}`, null);
        };
        return h(
          "button",
          { type: "button", role: "option", "aria-selected": "false", on: { click: run } },
          h("b", {}, `/${command}`),
          h("span", { dir: "auto" }, description),
        );
      }),
    );
  }

  #choose(index) {
    this.#chosen = index;
    for (const [place, option] of [...this.#suggestions.querySelectorAll("button")].entries()) {
      option.setAttribute("aria-selected", String(place === index));
      if (place === index) option.scrollIntoView({ block: "nearest" });
    }
  }
}
