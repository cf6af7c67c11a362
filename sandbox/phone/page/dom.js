/**
 * Makes an element. Text always becomes a text node, so nothing that comes from the world is ever read as markup.
 * Props: `class`, `data`, `style` (custom properties), `on` (listeners), and attributes; null and false are left out.
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") element.className = value;
    else if (name === "data") Object.assign(element.dataset, value);
    else if (name === "style") for (const [key, one] of Object.entries(value)) element.style.setProperty(key, one);
    else if (name === "on")
      for (const [type, listener] of Object.entries(value)) element.addEventListener(type, listener);
    else if (name in element && typeof value === "boolean") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const byId = (id) => document.getElementById(id);

/** A name or path of unknown direction, kept from turning its neighbours around. */
export const bdi = (text) => h("bdi", {}, text);

const PATHS = {
  menu: "M4 7h16M4 12h16M4 17h16",
  back: "M15 5l-7 7 7 7",
  close: "M6 6l12 12M18 6L6 18",
  send: "M5 12l15-7-5 15-3.5-5.5L5 12zm6.5 2.5L20 5",
  down: "M12 5v13m-6-6l6 6 6-6",
  keys: "M4 6h16v12H4zM8 10h.01M12 10h.01M16 10h.01M8 14h8",
  play: "M8 5l11 7-11 7z",
  more: "M12 6h.01M12 12h.01M12 18h.01",
};

const SVG = "http://www.w3.org/2000/svg";

/** A small drawing; the button around it has the words. */
export function icon(name, size = 22) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  const attributes = { viewBox: "0 0 24 24", width: size, height: size, fill: "none", "aria-hidden": "true" };
  for (const [key, value] of Object.entries(attributes)) svg.setAttribute(key, value);
  const strokes = { d: PATHS[name], stroke: "currentColor", "stroke-width": name === "more" ? 3 : 2 };
  for (const [key, value] of Object.entries(strokes)) path.setAttribute(key, value);
  path.setAttribute("stroke-linecap", "round");
  path.setAttribute("stroke-linejoin", "round");
  svg.append(path);
  return svg;
}

const hue = (id) => String(Math.abs(id * 47) % 360);

/** The picture of a person or chat, or its initials on a colour of its own. */
export function avatar({ id, name, hasPhoto, kind }, size = "") {
  const letters = kind === "saved" ? "🔖" : initials(name);
  const face = h("span", { class: `avatar ${size}`, style: { "--hue": hue(id) }, "aria-hidden": "true" }, letters);
  if (hasPhoto && kind !== "saved") {
    const image = h("img", { src: `/pictures/${id}`, alt: "", loading: "lazy" });
    image.addEventListener("load", () => face.replaceChildren(image));
    image.loading = "eager";
  }
  return face;
}

export const hueOf = hue;

function initials(name) {
  const words = name
    .replace(/[^\p{L}\p{N}\s]/gu, "")
    .trim()
    .split(/\s+/);
  const letters = words.slice(0, 2).map((word) => [...word][0] ?? "");
  return letters.join("").toUpperCase() || [...name][0] || "?";
}
