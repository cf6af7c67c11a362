/** Pictures drawn for tests: scenes that differ, and the same scene saved anew in other ways. */
import { createCanvas, type Image, loadImage } from "@napi-rs/canvas";
import { markOf, SQUARE } from "../../src/pictures/mark.ts";

const WIDTH = 900;
const HEIGHT = 700;

/** A scene of its own for every number. */
export function scene(number: number): Promise<Buffer> {
  let state = (number * 2_654_435_761) >>> 0;
  const next = () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const canvas = createCanvas(WIDTH, HEIGHT);
  const context = canvas.getContext("2d");
  const sky = context.createLinearGradient(0, 0, WIDTH * next(), HEIGHT);
  sky.addColorStop(0, `hsl(${next() * 360} 50% 60%)`);
  sky.addColorStop(1, `hsl(${next() * 360} 50% 30%)`);
  context.fillStyle = sky;
  context.fillRect(0, 0, WIDTH, HEIGHT);
  for (let blob = 0; blob < 25; blob++) {
    context.fillStyle = `hsl(${next() * 360} ${next() * 80}% ${next() * 90}%)`;
    context.beginPath();
    context.ellipse(next() * WIDTH, next() * HEIGHT, 20 + next() * 150, 20 + next() * 150, next() * 3, 0, 7);
    context.fill();
  }
  return canvas.encode("jpeg", 85);
}

export interface Anew {
  scale?: number;
  /** Cut off at each edge, as a share. */
  crop?: number;
  quality?: number;
  form?: "jpeg" | "webp" | "png";
}

export async function savedAnew(
  picture: Buffer,
  { scale = 1, crop = 0, quality = 80, form = "jpeg" }: Anew,
): Promise<Buffer> {
  const image: Image = await loadImage(picture);
  const [width, height] = [Math.round(image.width * scale), Math.round(image.height * scale)];
  const canvas = createCanvas(width, height);
  const kept = 1 - 2 * crop;
  canvas
    .getContext("2d")
    .drawImage(
      image,
      image.width * crop,
      image.height * crop,
      image.width * kept,
      image.height * kept,
      0,
      0,
      width,
      height,
    );
  return form === "png" ? canvas.encode("png") : canvas.encode(form, quality);
}

export async function marked(picture: Buffer): Promise<string | null> {
  const context = createCanvas(SQUARE, SQUARE).getContext("2d");
  context.imageSmoothingQuality = "high";
  context.drawImage(await loadImage(picture), 0, 0, SQUARE, SQUARE);
  return markOf(context.getImageData(0, 0, SQUARE, SQUARE).data);
}
