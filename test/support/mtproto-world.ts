/** A small world with two data centres in front of it, for tests that bring a client of their own. */

import { ServerKey } from "../../sandbox/mtproto/crypto/rsa.ts";
import { type Mtproto, type MtprotoOptions, startMtproto } from "../../sandbox/mtproto/server.ts";
import { castWorld, OWNER_ID } from "../../sandbox/seeds/cast.ts";
import type { Builder } from "../../sandbox/world/builder.ts";
import type { WorldAccount } from "../../sandbox/world/types.ts";
import type { LocalWorld } from "../../sandbox/world/world.ts";

export interface MtprotoWorld {
  world: LocalWorld;
  builder: Builder;
  server: Mtproto;
  owner: WorldAccount;
  /** What the sandbox itself failed at; must stay empty. */
  reports: string[];
  close(): Promise<void>;
}

/** Slow to make; one for all worlds of a test file. */
let serverKey: string | null = null;

export async function startMtprotoWorld(
  options: MtprotoOptions & { password?: string; fill?: (builder: Builder) => void } = {},
): Promise<MtprotoWorld> {
  const base = Math.floor(Date.now() / 1000);
  const { world, builder } = castWorld({ seed: 11, base, password: options.password ?? null, keyFile: null });
  world.keys.serverKey(() => (serverKey ??= ServerKey.generate().privatePem()));
  options.fill?.(builder);
  const reports: string[] = [];
  const server = await startMtproto(world, {
    report: (what, error) =>
      reports.push(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : error}`),
    ...options,
  });
  return { world, builder, server, owner: world.account(OWNER_ID)!, reports, close: () => server.close() };
}
