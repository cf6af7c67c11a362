import { intOf, objectOf, type TlObject } from "../../tl/value.ts";
import type { AccountView, PtsUpdate } from "../../world/types.ts";
import { type Call, type Method, me, now, refuse } from "../rpc/call.ts";
import { shapeDialog } from "../shapes/dialogs.ts";
import { readChannel } from "../shapes/inputs.ts";
import { Mentioned } from "../shapes/mentioned.ts";
import { shapeMessage } from "../shapes/messages.ts";
import { heedUpdates } from "../updates/push.ts";
import { shapePtsUpdate } from "../updates/shape-update.ts";

export function stateOf(call: Call, view: AccountView, pts = view.pts()): TlObject {
  const unread = view.dialogs().reduce((sum, dialog) => sum + (dialog.muted ? 0 : dialog.unread), 0);
  return { _: "updates.state", pts, qts: 0, date: now(call), seq: 1, unread_count: unread };
}

/** New messages apart from what else happened, as every form of difference has them. */
function differenceFields(call: Call, view: AccountView, updates: readonly PtsUpdate[]) {
  const mentioned = new Mentioned(call.world, view);
  const messages: TlObject[] = [];
  const others: TlObject[] = [];
  for (const update of updates) {
    if (update.type === "new-message") {
      mentioned.addMessages([update.message]);
      messages.push(shapeMessage(call.world, view, update.message));
      continue;
    }
    const shaped = shapePtsUpdate(call.world, view, update, mentioned);
    if (shaped) others.push(shaped);
  }
  return { new_messages: messages, other_updates: others, ...mentioned.fields() };
}

export const updateMethods: Record<string, Method> = {
  "updates.getState": (_request, call) => {
    const view = me(call);
    call.session.wantsUpdates = true;
    heedUpdates(call.backend, call.session);
    return stateOf(call, view);
  },
  "updates.getDifference": (request, call) => {
    const view = me(call);
    const pts = intOf(request, "pts");
    if (pts < 0) refuse(400, "PERSISTENT_TIMESTAMP_INVALID");
    if (pts === 0) refuse(400, "PERSISTENT_TIMESTAMP_EMPTY");
    const difference = view.difference(pts, intOf(request, "pts_limit") || undefined);
    if (difference.kind === "too-long") return { _: "updates.differenceTooLong", pts: difference.pts };
    if (difference.kind === "empty") return { _: "updates.differenceEmpty", date: now(call), seq: 1 };
    const fields = differenceFields(call, view, difference.updates);
    const state = stateOf(call, view, difference.pts);
    return difference.final
      ? { _: "updates.difference", ...fields, state }
      : { _: "updates.differenceSlice", ...fields, intermediate_state: state };
  },
  "updates.getChannelDifference": (request, call) => {
    const view = me(call);
    const id = readChannel(view, objectOf(request, "channel"));
    view.assertReadable(id);
    const pts = intOf(request, "pts");
    if (pts < 0) refuse(400, "PERSISTENT_TIMESTAMP_INVALID");
    if (pts === 0) refuse(400, "PERSISTENT_TIMESTAMP_EMPTY");
    const difference = view.channelDifference(id, pts, Math.min(100, intOf(request, "limit") || 100));
    if (difference.kind === "empty") {
      return { _: "updates.channelDifferenceEmpty", final: true, pts: view.pts(id), timeout: 30 };
    }
    if (difference.kind === "too-long") {
      const { messages } = view.history(id, { limit: 20 });
      const dialog = view.dialog(id);
      return {
        _: "updates.channelDifferenceTooLong",
        final: true,
        timeout: 30,
        dialog: dialog ? { ...shapeDialog(dialog), pts: view.pts(id) } : refuse(400, "CHANNEL_PRIVATE"),
        messages: messages.map((message) => shapeMessage(call.world, view, message)),
        ...new Mentioned(call.world, view).add(id).addMessages(messages).fields(),
      };
    }
    return {
      _: "updates.channelDifference",
      final: difference.final,
      pts: difference.pts,
      timeout: 30,
      ...differenceFields(call, view, difference.updates),
    };
  },
};
