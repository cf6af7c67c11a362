import { bubbleRow } from "./bubble.js";
import { byId, h } from "./dom.js";
import { dayKey, dayName } from "./words.js";

const GROUP_SECONDS = 300;

/** What stands in the log, top to bottom: days, service lines, messages with their neighbours in mind. */
export function logRows(messages, inGroup) {
  const rows = [];
  let day = "";
  for (const message of messages) {
    const key = dayKey(message.date);
    if (key !== day) rows.push({ type: "day", key: `day ${key}`, text: dayName(message.date) });
    day = key;
    const before = rows.at(-1);
    if (message.service) rows.push({ type: "service", key: `m${message.id}`, text: message.service });
    else if (message.groupedId && before?.messages?.[0].groupedId === message.groupedId) before.messages.push(message);
    else {
      const first = !isNeighbour(before, message);
      if (!first) before.last = false;
      rows.push({
        type: "bubble",
        key: `m${message.id}`,
        messages: [message],
        out: message.out,
        first,
        last: true,
        inGroup,
      });
    }
  }
  return rows;
}

function isNeighbour(before, message) {
  const previous = before?.messages?.at(-1);
  return (
    previous !== undefined &&
    previous.from.id === message.from.id &&
    message.date - previous.date < GROUP_SECONDS &&
    !previous.markup?.inline_keyboard
  );
}

/** Draws rows into the log, keeping every element whose row is as it was. */
export class Log {
  #root = byId("log");
  #drawn = new Map();

  draw(rows, hands, extra) {
    const next = new Map();
    const elements = rows.map((row) => {
      const version = versionOf(row, hands);
      const known = this.#drawn.get(row.key);
      const element = known?.version === version ? known.element : this.#make(row, hands, known !== undefined);
      next.set(row.key, { version, element });
      return element;
    });
    this.#drawn = next;
    this.#place([...extra.before, ...elements, ...extra.after]);
  }

  /** Moves as little as possible, so that focus, selection and players live on. */
  #place(elements) {
    let at = this.#root.firstChild;
    for (const element of elements) {
      if (element === at) at = at.nextSibling;
      else this.#root.insertBefore(element, at);
    }
    while (at) {
      const gone = at;
      at = at.nextSibling;
      gone.remove();
    }
  }

  #make(row, hands, isKnown) {
    if (row.type !== "bubble") return h("div", { class: row.type, dir: "auto" }, row.text);
    return bubbleRow({ ...row, isNew: row.messages[0].fresh === true && !isKnown }, hands);
  }

  reset() {
    this.#drawn.clear();
    this.#root.replaceChildren();
  }

  flash(id) {
    const row = this.#root.querySelector(`[data-id="${id}"]`);
    if (!row) return false;
    row.scrollIntoView({ block: "center" });
    row.classList.remove("flash");
    requestAnimationFrame(() => row.classList.add("flash"));
    return true;
  }
}

function versionOf(row, hands) {
  if (row.type !== "bubble") return row.text;
  const busy = row.messages.map(({ id }) => hands.busyOf(id)).join();
  return JSON.stringify([row.messages, row.first, row.last, row.inGroup, busy]);
}
