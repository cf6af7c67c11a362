/** Long texts in several messages, with their formatting. */
import { safeLength } from "./text.ts";

/** A range of a text that is shown in some way, as the Bot API gives it. Offsets count UTF-16 units. */
export interface TextEntity {
  type: string;
  offset: number;
  length: number;
}
export interface FormattedText<Entity extends TextEntity> {
  text: string;
  entities: Entity[];
}

/** Telegram takes 4096; how it counts characters outside the basic plane is unsure, so this stays below. */
export const MESSAGE_UNITS = 4000;

/**
 * Cuts a text into pieces of at most `units`, at the end of a line or else of a word where there is one in the last
 * quarter, and never within a character. Entities are cut with it. A short text is one piece.
 */
export function splitText<Entity extends TextEntity>(
  { text, entities }: FormattedText<Entity>,
  units = MESSAGE_UNITS,
): FormattedText<Entity>[] {
  const pieces: FormattedText<Entity>[] = [];
  let start = 0;
  while (start < text.length) {
    const end = start + pieceLength(text.slice(start, start + units + 64), units);
    const piece = text.slice(start, end);
    if (piece.trim() !== "") pieces.push({ text: piece, entities: entitiesWithin(entities, start, end) });
    start = end;
  }
  return pieces;
}

function pieceLength(text: string, units: number): number {
  if (text.length <= units) return text.length;
  const window = text.slice(0, units);
  const earliest = Math.floor(units * 0.75);
  const line = window.lastIndexOf("\n");
  if (line >= earliest) return line + 1;
  const word = window.lastIndexOf(" ");
  if (word >= earliest) return word + 1;
  return Math.max(1, safeLength(text, units));
}

function entitiesWithin<Entity extends TextEntity>(entities: Entity[], start: number, end: number): Entity[] {
  return entities.flatMap((entity) => {
    const from = Math.max(entity.offset, start);
    const to = Math.min(entity.offset + entity.length, end);
    return from < to ? [{ ...entity, offset: from - start, length: to - from }] : [];
  });
}
