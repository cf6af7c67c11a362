import type { TlObject } from "../../tl/value.ts";
import type { AccountView, WorldUpdate } from "../../world/types.ts";
import { type Call, now } from "../rpc/call.ts";
import { Mentioned } from "../shapes/mentioned.ts";
import { shapeUpdate } from "./shape-update.ts";

/** Does something that changes the world, and answers with the updates it made, as Updates of the wire. */
export function collectUpdates(
  call: Call,
  view: AccountView,
  act: () => void,
  before: (updates: readonly WorldUpdate[]) => TlObject[] = () => [],
): TlObject {
  const heard = hear(call, view, act);
  const mentioned = new Mentioned(call.world, view);
  const shaped = heard
    .map((update) => shapeUpdate(call.world, view, update, mentioned))
    .filter((each) => each !== null);
  return { _: "updates", updates: [...before(heard), ...shaped], ...mentioned.fields(), date: now(call), seq: 0 };
}

/** Does something that changes the world, without pushing to the caller what the answer tells. */
export function hear(call: Call, view: AccountView, act: () => void): WorldUpdate[] {
  const heard: WorldUpdate[] = [];
  const stop = view.subscribe((update) => heard.push(update));
  call.session.quiet = true;
  try {
    act();
  } finally {
    call.session.quiet = false;
    stop();
  }
  return heard;
}
