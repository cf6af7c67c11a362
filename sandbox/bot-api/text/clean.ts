import { badRequest } from "../refusal.ts";
import { type BotEntity, endOf, type FormattedText, sortEntities } from "./entity.ts";
import { fixEntities } from "./fix-entities.ts";

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;

/**
 * Text as the server keeps it: control characters turn into spaces, carriage returns and marks that
 * turn the writing direction go, blank edges are trimmed, and every entity follows its words.
 */
export function cleanText(text: string, entities: readonly BotEntity[]): FormattedText {
  if (/\p{Surrogate}/u.test(text)) throw badRequest("strings must be encoded in UTF-8");
  const sorted = sortEntities(entities.filter((entity) => entity.length !== 0).map((entity) => ({ ...entity })));
  for (const entity of sorted) checkBounds(entity, text);
  const { cleaned, places } = withoutControls(text);
  const moved = sorted.map((entity) => {
    const offset = places[entity.offset]!;
    return { ...entity, offset, length: places[endOf(entity)]! - offset };
  });
  return trimmed(cleaned, fixEntities(moved.filter((entity) => hasInk(cleaned, entity))));
}

function checkBounds(entity: BotEntity, text: string): void {
  if (entity.offset < 0 || entity.offset > 1_000_000) {
    throw badRequest(`receive an entity with incorrect offset ${entity.offset}`);
  }
  if (entity.length < 0 || entity.length > 1_000_000) {
    throw badRequest(`receive an entity with incorrect length ${entity.length}`);
  }
  if (entity.offset > text.length) {
    throw badRequest(`entity begins after the end of the text at UTF-16 offset ${entity.offset}`);
  }
  if (endOf(entity) > text.length) {
    throw badRequest(
      `entity beginning at UTF-16 offset ${entity.offset} ends after the end of the text at UTF-16 offset ${endOf(entity)}`,
    );
  }
  if (splitsPair(text, entity.offset)) {
    throw badRequest(
      `entity begins in a middle of a UTF-16 symbol at byte offset ${byteLength(text, entity.offset + 1)}`,
    );
  }
  if (splitsPair(text, endOf(entity))) {
    const at = byteLength(text, endOf(entity) + 1);
    throw badRequest(
      `entity beginning at UTF-16 offset ${entity.offset} ends in a middle of a UTF-16 symbol at byte offset ${at}`,
    );
  }
}

const splitsPair = (text: string, at: number): boolean =>
  at > 0 && at < text.length && isHigh(text.charCodeAt(at - 1)) && isLow(text.charCodeAt(at));

const byteLength = (text: string, end: number): number => Buffer.byteLength(text.slice(0, end));

/** The text without what the server removes, and for each old place the new one. */
function withoutControls(text: string): { cleaned: string; places: Int32Array } {
  const places = new Int32Array(text.length + 1);
  let cleaned = "";
  for (let index = 0; index < text.length; index++) {
    places[index] = cleaned.length;
    const unit = text.charCodeAt(index);
    if (isRemoved(unit)) continue;
    cleaned += unit < 33 && unit !== 10 ? " " : text[index];
  }
  places[text.length] = cleaned.length;
  return { cleaned, places };
}

/** Carriage return, line and paragraph separators, direction marks, and three combining vertical lines. */
function isRemoved(unit: number): boolean {
  return unit === 13 || (unit >= 0x2028 && unit <= 0x202e) || unit === 0x333 || unit === 0x33f || unit === 0x30a;
}

const hasInk = (text: string, entity: BotEntity): boolean => /[^ \n]/.test(text.slice(entity.offset, endOf(entity)));

function trimmed(text: string, entities: BotEntity[]): FormattedText {
  const end = text.replace(/[ \n]+$/, "").length;
  const firstEntity = entities[0]?.offset ?? text.length;
  const blank = /^[ \n]*/.exec(text)?.[0].length ?? 0;
  const start = Math.min(blank, firstEntity, end);
  return {
    text: text.slice(start, end),
    entities: entities
      .filter((entity) => entity.offset < end)
      .map((entity) => ({
        ...entity,
        offset: entity.offset - start,
        length: Math.min(endOf(entity), end) - entity.offset,
      })),
  };
}
