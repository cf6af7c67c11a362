/** One step of a path that every file system takes: Linux, macOS, Windows, exFAT, eCryptfs. */

/**
 * Most file systems take 255 bytes of a name; encrypted folders of eCryptfs and Synology take 143, so that a folder
 * can be moved there later.
 */
export const NAME_BYTES = 143;

/** Marks that reorder or hide what stands beside them: "exe.jpg" may read as "gpj.exe". Joiners stay, emoji need them. */
const HIDDEN = /(?!\u200C|\u200D|\uFE0E|\uFE0F)\p{Default_Ignorable_Code_Point}|[\uFFF9-\uFFFB]/gu;
/** Steps that lead nowhere or up, in a name that pretends to be a path. */
const STEPS = /(^|[/\\])\.{1,2}(?=[/\\]|$)/g;
const FORBIDDEN = /[<>:"/\\|?*\u2028\u2029]/g;
const DEVICES = /^(?:con|prn|aux|nul|conin\$|conout\$|clock\$|com[0-9¹²³]|lpt[0-9¹²³])$/i;

/**
 * Any text as one name of at most `bytes`: "" where nothing is left of it. Never empty but for that, never "." or "..",
 * never hidden, no device of Windows', no separator, nothing that cannot be seen. `keepEnd` is an ending that must
 * survive the cutting, such as ".tar.gz".
 */
export function safeName(text: string, bytes = NAME_BYTES, keepEnd = ""): string {
  // No file system takes a name that long; cut roughly first, so that what follows is fast.
  const rough = text.length > 2000 ? text.slice(0, 1000) + text.slice(text.length - 40) : text;
  const clean = trimEnds(
    rough
      .replace(/\p{Surrogate}/gu, "")
      .normalize("NFC")
      .replace(/[\t\n\v\f\r]/g, " ")
      .replace(/\p{Cc}/gu, "")
      .replace(HIDDEN, "")
      .replace(STEPS, "$1")
      .replace(FORBIDDEN, "_")
      .replace(/\s+/gu, " "),
  );
  const end = keepEnd !== "" && clean.endsWith(keepEnd) ? keepEnd : "";
  const device = DEVICES.test(clean.split(".")[0]?.trim() ?? "");
  const whole = device ? `_${clean}` : clean;
  if (byteLength(whole) <= bytes) return whole;
  const stem = cutBytes(whole.slice(0, whole.length - end.length), bytes - byteLength(end));
  return trimEnds(stem.trimEnd() + end);
}

/** A name must not begin with a dot (hidden) or a minus (an option to other programs), nor end with a dot or space. */
function trimEnds(name: string): string {
  return name
    .replace(/^[\s.]+/u, "")
    .replace(/^-/, "_")
    .replace(/[\s.]+$/u, "");
}

/** How many bytes a text takes in UTF-8. */
export function byteLength(text: string): number {
  let bytes = 0;
  for (const character of text) bytes += characterBytes(character.codePointAt(0) ?? 0);
  return bytes;
}

const characterBytes = (code: number): number => (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4);

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** As much of a text as fits in so many bytes, without splitting what looks like one character. */
export function cutBytes(text: string, bytes: number): string {
  if (byteLength(text) <= bytes) return text;
  let used = 0;
  let end = 0;
  // Every character has a byte at least, so no more of the text than this can fit.
  for (const { segment } of graphemes.segment(text.slice(0, Math.max(0, bytes) + 64))) {
    const size = byteLength(segment);
    if (used + size > bytes) {
      // A letter under a heap of accents may be longer than any name: then some accents must do.
      return text.slice(0, end) + (size > OVERLONG ? cutCharacters(segment, bytes - used) : "");
    }
    used += size;
    end += segment.length;
  }
  return text.slice(0, end);
}
/** Longer than any emoji in use. */
const OVERLONG = 64;

function cutCharacters(text: string, bytes: number): string {
  let used = 0;
  let end = 0;
  for (const character of text) {
    used += byteLength(character);
    if (used > bytes) break;
    end += character.length;
  }
  return text.slice(0, end);
}
