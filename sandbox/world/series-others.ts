import type { FileKind, Kind } from "./kinds.ts";
import { hash64, mix, pick } from "./random.ts";
import type { MessageBody, ServiceAction } from "./types.ts";

const questions = ["Where shall we meet?", "Яка страва найкраща?", "哪一天?", "Which picture for the cover?"];
const places: readonly (readonly [number, number, string])[] = [
  [50.4501, 30.5234, "Київ"],
  [52.52, 13.405, "Berlin"],
  [32.0853, 34.7818, "תל אביב"],
  [35.6762, 139.6503, "東京"],
];

/** Gives a body without a file what its kind carries. */
export function seriesOther(body: MessageBody, kind: Exclude<Kind, FileKind | "text">, seed: number, n: number): void {
  const number = mix(seed, n, 40);
  const [latitude, longitude, title] = pick(places, number);
  switch (kind) {
    case "link":
      addLink(body, number);
      break;
    case "service":
      body.service = service(body.fromId, number);
      break;
    case "geo":
      body.media = { kind: "geo", latitude, longitude };
      break;
    case "venue":
      body.media = { kind: "venue", latitude, longitude, title, address: `Street ${number % 100}` };
      break;
    case "contact":
      body.media = { kind: "contact", phone: `+99966${number % 100000}`, firstName: "Robin", lastName: `No. ${n + 1}` };
      break;
    case "dice":
      body.media = { kind: "dice", emoji: pick(["🎲", "🎯", "🏀"], number), value: 1 + (number % 5) };
      break;
    case "poll":
      body.media = {
        kind: "poll",
        id: hash64("poll", seed, n),
        question: pick(questions, number),
        answers: ["Yes", "No", "Так", "也许"].map((text, i) => ({ text, voters: mix(number, i) % 40 })),
        quiz: false,
        multiple: number % 2 === 0,
        closed: number % 5 === 0,
        anonymous: number % 3 !== 0,
      };
      break;
  }
}

function addLink(body: MessageBody, number: number): void {
  const url = `https://example.org/article/${number % 100000}`;
  const offset = body.text.length === 0 ? 0 : body.text.length + 1;
  body.text = body.text.length === 0 ? url : `${body.text} ${url}`;
  body.entities = [...body.entities, { type: "url", offset, length: url.length }];
  body.media = {
    kind: "webpage",
    url,
    siteName: "Example",
    title: `Article ${number % 100000}`,
    description: "A page of the example site.",
  };
}

function service(fromId: number, number: number): ServiceAction {
  if (fromId < 0) return { type: "pin-message" };
  return number % 2 === 0 ? { type: "pin-message" } : { type: "screenshot" };
}
