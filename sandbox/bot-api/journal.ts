import type { Socket } from "node:net";
import type { World } from "../world/types.ts";
import type { Bot } from "./bot.ts";
import type { Params } from "./params.ts";
import { toRefusal } from "./translate.ts";

const connections = new WeakMap<Socket, number>();
let lastConnection = 0;

function connectionOf(socket: Socket): number {
  let number = connections.get(socket);
  if (number === undefined) {
    number = ++lastConnection;
    connections.set(socket, number);
  }
  return number;
}

/** Runs a call and writes it into the world's journal, whatever comes of it. */
export async function recorded(
  world: World,
  bot: Bot,
  method: string,
  params: Params,
  socket: Socket,
  run: () => Promise<void>,
): Promise<void> {
  const at = world.clock.nowMs();
  const began = performance.now();
  const connection = connectionOf(socket);
  let error: string | null = null;
  try {
    await run();
  } catch (cause) {
    const refusal = toRefusal(cause);
    error = `${refusal.code} ${refusal.message}`;
    if (refusal.code === 500) console.error(cause);
    throw refusal;
  } finally {
    world.journal.add({
      at,
      door: "bot-api",
      method,
      params: params.summary(),
      session: String(bot.id),
      connection,
      dcId: null,
      accountId: bot.id,
      ok: error === null,
      error,
      ms: Math.round(performance.now() - began),
      bytes: 0,
    });
  }
}
