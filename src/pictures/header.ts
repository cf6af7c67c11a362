/** What a picture's first bytes say of its kind and size, so that a bomb is known before anything is decoded. */

export interface PictureHeader {
  kind: "jpeg" | "png" | "webp";
  width: number;
  height: number;
  /** False where the file ends before the picture does, as far as that can be told. */
  whole: boolean;
}

/** Null for anything but JPEG, PNG and WebP: other formats are none of ours, drawings with instructions least of all. */
export function headerOf(bytes: Buffer): PictureHeader | null {
  if (bytes.length < 30) return null;
  if (bytes.readUInt16BE(0) === 0xffd8) return jpegHeader(bytes);
  if (bytes.readUInt32BE(0) === 0x89504e47 && bytes.readUInt32BE(4) === 0x0d0a1a0a) return pngHeader(bytes);
  if (bytes.toString("latin1", 0, 4) === "RIFF" && bytes.toString("latin1", 8, 12) === "WEBP") return webpHeader(bytes);
  return null;
}

/** From marker to marker: a preview inside has markers of its own, which are stepped over with what holds them. */
function jpegHeader(bytes: Buffer): PictureHeader | null {
  let size: { width: number; height: number } | null = null;
  for (let at = 2; at + 9 < bytes.length; ) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1]!;
    if (marker === 0xff) {
      at++;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    // A second frame is how one size is announced and another one decoded.
    if (isFrame && size) return null;
    if (isFrame) size = { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    if (marker === 0xda)
      return size && { kind: "jpeg", ...size, whole: bytes.indexOf(Buffer.from([0xff, 0xd9]), at) > 0 };
    const length = bytes.readUInt16BE(at + 2);
    if (length < 2) return null;
    at += 2 + length;
  }
  return null;
}

function pngHeader(bytes: Buffer): PictureHeader | null {
  if (bytes.toString("latin1", 12, 16) !== "IHDR") return null;
  const whole = bytes.indexOf("IEND", 16, "latin1") > 0;
  return { kind: "png", width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20), whole };
}

function webpHeader(bytes: Buffer): PictureHeader | null {
  const whole = bytes.length >= bytes.readUInt32LE(4) + 8;
  const form = bytes.toString("latin1", 12, 16);
  if (form === "VP8X")
    return { kind: "webp", width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1, whole };
  if (form === "VP8 ")
    return { kind: "webp", width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff, whole };
  if (form !== "VP8L") return null;
  const bits = bytes.readUInt32LE(21);
  return { kind: "webp", width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1, whole };
}
