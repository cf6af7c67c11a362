import { type BotEntity, endOf, isBlockquote, MONOSPACE, SPLITTABLE, sortEntities } from "./entity.ts";

/**
 * Makes entities nest as Telegram wants them: equal formatting is joined, nothing overlaps code,
 * and of two that cross, the formatting one is split or the other one dropped.
 */
export function fixEntities(entities: readonly BotEntity[]): BotEntity[] {
  const given = entities.filter((entity) => entity.length > 0);
  const solid = keepNested(sortEntities(given.filter((entity) => !SPLITTABLE.has(entity.type))));
  const code = solid.filter((entity) => MONOSPACE.has(entity.type));
  const edges = solid.flatMap((entity) => [entity.offset, endOf(entity)]);
  const soft = [...SPLITTABLE].flatMap((type) =>
    joined(given.filter((entity) => entity.type === type)).flatMap((entity) =>
      splitAt(entity, edges).filter((part) => !code.some((block) => overlaps(part, block))),
    ),
  );
  return sortEntities([...solid, ...keepNested(sortEntities(crossFree(soft)))]);
}

const overlaps = (a: BotEntity, b: BotEntity): boolean => a.offset < endOf(b) && b.offset < endOf(a);

const contains = (outer: BotEntity, inner: BotEntity): boolean =>
  outer.offset <= inner.offset && endOf(inner) <= endOf(outer);

/** Drops what crosses, or stands inside, something it must not. */
function keepNested(sorted: BotEntity[]): BotEntity[] {
  const kept: BotEntity[] = [];
  for (const entity of sorted) {
    const clash = kept.some((other) => {
      if (!overlaps(other, entity)) return false;
      if (SPLITTABLE.has(other.type)) return other.type === entity.type;
      if (!contains(other, entity)) return true;
      return !isBlockquote(other.type) || isBlockquote(entity.type);
    });
    if (!clash) kept.push(entity);
  }
  return kept;
}

/** One entity for each run of touching or overlapping ones. */
function joined(same: BotEntity[]): BotEntity[] {
  const runs: BotEntity[] = [];
  for (const entity of sortEntities(same.map((one) => ({ ...one })))) {
    const last = runs.at(-1);
    if (last && entity.offset <= endOf(last)) last.length = Math.max(endOf(last), endOf(entity)) - last.offset;
    else runs.push(entity);
  }
  return runs;
}

function splitAt(entity: BotEntity, edges: readonly number[]): BotEntity[] {
  const inside = edges.filter((edge) => edge > entity.offset && edge < endOf(entity));
  const cuts = [...new Set([entity.offset, ...inside, endOf(entity)])].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((start, index) => ({ ...entity, offset: start, length: cuts[index + 1]! - start }));
}

/** Splits formatting where other formatting ends in the middle of it. */
function crossFree(soft: BotEntity[]): BotEntity[] {
  const result: BotEntity[] = [];
  for (const entity of soft) {
    const edges = soft
      .filter((other) => other !== entity && overlaps(other, entity))
      .filter((other) => !contains(other, entity) && !contains(entity, other))
      .flatMap((other) => [other.offset, endOf(other)]);
    result.push(...(edges.length === 0 ? [entity] : splitAt(entity, edges)));
  }
  return result;
}
