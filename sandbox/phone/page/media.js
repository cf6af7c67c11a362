import { bdi, h, icon } from "./dom.js";
import { duration, size } from "./words.js";

/** Shows what a message carries. `bare` says that it stands without a bubble. */
export function mediaView(media, show) {
  const make = VIEWS[media.kind] ?? unsupported;
  return make(media, show);
}

export const isBare = (media) => ["sticker", "dice", "round"].includes(media?.kind);

const VIEWS = {
  photo: (media, show) => picture(media, media.url, show),
  video: (media, show) => clip(media, show),
  animation: (media, show) => clip(media, show),
  round: (media, show) => clip(media, show, "round-note"),
  audio: sound,
  voice: sound,
  document: file,
  sticker,
  webpage,
  poll,
  geo: place,
  venue: place,
  contact,
  dice: (media) => h("div", { class: "dice", title: `Value ${media.value}` }, media.emoji),
};

const LARGEST = 360;

/** How wide the bubble around pictures is. */
export const frameWidth = (tiles, captioned) =>
  tiles.length > 1 ? LARGEST : Math.max(captioned ? 260 : 0, Number(sized(tiles[0])["--wide"]));

/** The size a picture takes before it is loaded, so that nothing jumps when it is. */
function sized({ width, height }) {
  const scale = Math.min(1, LARGEST / (width || LARGEST), LARGEST / (height || LARGEST));
  const wide = Math.max(140, Math.round((width || LARGEST) * scale));
  return { "--wide": String(wide), "--high": String(Math.max(80, Math.round((height || LARGEST * 0.6) * scale))) };
}

function picture(media, source, show) {
  const image = h("img", { src: source, alt: "Picture", loading: "lazy" });
  const props = { type: "button", class: `picture sized ${media.spoiler ? "veiled" : ""}`, style: sized(media) };
  const frame = h("button", { ...props, "aria-label": "Open the picture" }, image);
  frame.addEventListener("click", () => {
    if (frame.classList.contains("veiled")) frame.classList.remove("veiled");
    else show.picture(media.url);
  });
  return frame;
}

function clip(media, show, className = "sized") {
  const length = h("span", { class: "length" }, media.kind === "animation" ? "GIF" : duration(media.duration));
  const play = h("span", { class: "play" }, h("span", {}, icon("play", 26)));
  const props = { type: "button", class: `picture ${className}`, style: sized(media), "aria-label": "Play the video" };
  const frame = h("button", props, play, length);
  if (media.thumb) frame.prepend(h("img", { src: media.thumb, alt: "", loading: "lazy" }));
  frame.addEventListener("click", () => show.video(media));
  return frame;
}

function sound(media) {
  const title = media.title || media.name || (media.kind === "voice" ? "Voice message" : "Audio");
  const about = [media.performer, duration(media.duration), size(media.size)].filter(Boolean).join(" · ");
  const player = h("audio", { controls: true, preload: "none", src: media.url });
  return h("div", {}, fileRow("♪", title, about, media.url, null), player);
}

function file(media) {
  const extension = /\.([\p{L}\p{N}]{1,5})$/u.exec(media.name)?.[1] ?? "file";
  return fileRow(extension, media.name || "Unnamed file", size(media.size), media.url, media.thumb, media.name);
}

function fileRow(mark, name, about, url, thumb, saveAs) {
  const kind = h("span", { class: "kind", "aria-hidden": "true" }, thumb ? h("img", { src: thumb, alt: "" }) : mark);
  if (mark === "♪") kind.classList.add("glyph");
  const label = h("span", {}, h("b", {}, bdi(name)), h("small", {}, about));
  return h("a", { class: "file", href: url, download: saveAs || true, title: `Save ${name}` }, kind, label);
}

function sticker(media) {
  const image = h("img", { class: "sticker", src: media.url, alt: `Sticker ${media.emoji}`, loading: "lazy" });
  image.addEventListener("error", () => image.replaceWith(h("div", { class: "dice" }, media.emoji || "🙂")));
  return image;
}

function webpage(media) {
  const photo = media.photo && h("img", { src: media.photo, alt: "", loading: "lazy" });
  return h(
    "div",
    { class: "webpage", dir: "auto" },
    media.siteName && h("small", {}, media.siteName),
    media.title && h("b", {}, media.title),
    media.description,
    photo,
  );
}

function poll(media) {
  const options = media.answers.map((answer) => {
    const share = media.total > 0 ? Math.round((100 * answer.voters) / media.total) : 0;
    const bar = h("div", { class: "bar" }, h("i", { style: { "--share": String(share) } }));
    return h("div", { dir: "auto" }, `${share} %  ${answer.text}${answer.correct ? " ✓" : ""}`, bar);
  });
  const about = `${media.anonymous ? "Anonymous" : "Public"} ${media.quiz ? "quiz" : "poll"} · ${media.total} votes`;
  return h("div", { class: "poll" }, h("b", { dir: "auto" }, media.question), h("small", {}, about), options);
}

function place(media) {
  const where = `${media.latitude.toFixed(5)}, ${media.longitude.toFixed(5)}`;
  return h(
    "div",
    {},
    h("div", { class: "place", "aria-hidden": "true" }, "📍"),
    media.title ? h("div", { dir: "auto" }, h("b", {}, media.title), " ", media.address) : null,
    h("small", {}, `${media.livePeriod ? "Live location · " : ""}${where}`),
  );
}

function contact(media) {
  const name = [media.firstName, media.lastName].filter(Boolean).join(" ");
  const kind = h("span", { class: "kind glyph", "aria-hidden": "true" }, "👤");
  return h("div", { class: "file" }, kind, h("span", {}, h("b", {}, bdi(name)), h("small", {}, media.phone)));
}

function unsupported() {
  return h("em", {}, "This message is of a kind this page does not show.");
}

/** Several pictures sent as one. */
export function albumView(medias, show) {
  const className = medias.length === 2 || medias.length === 4 ? "album two" : "album";
  const tiles = medias.map((media, index) => {
    const tile = mediaView(media, show);
    if (medias.length % 3 === 2 && medias.length > 2 && index < 2) tile.classList.add("wide");
    return tile;
  });
  return h("div", { class: className }, tiles);
}

export const isTile = (media) => media?.kind === "photo" || media?.kind === "video";
