import { castWorld, OWNER_ID } from "../../sandbox/seeds/cast.ts";

export const BASE = 1_790_000_000;

/** A world with the usual people and no chats. */
export function emptyWorld(seed = 1) {
  const { world, builder } = castWorld({ seed, base: BASE, password: null, keyFile: null });
  const anna = builder.user(6_000_001, "Anna").id;
  return { world, builder, anna, owner: world.as(OWNER_ID), ownerId: OWNER_ID };
}
