import { flagOf, intOf, objectOf, objectsOf } from "../../tl/value.ts";
import type { AccountView, Dialog, WorldMessage } from "../../world/types.ts";
import { type Call, type Method, me, now, refuse } from "../rpc/call.ts";
import { readFolder, shapeDialog, shapeFolder } from "../shapes/dialogs.ts";
import { readOffsetPeer, readPeer } from "../shapes/inputs.ts";
import { Mentioned } from "../shapes/mentioned.ts";
import { shapeMessage } from "../shapes/messages.ts";
import { stateOf } from "./updates.ts";

const MAX_PAGE = 100;

/** The dialogs, their newest messages, and whoever is named there. */
function dialogFields(call: Call, view: AccountView, dialogs: readonly Dialog[]) {
  const tops = dialogs.map((dialog) => view.topMessage(dialog.peerId));
  const messages = tops.filter((top): top is WorldMessage => top !== null);
  const mentioned = new Mentioned(call.world, view)
    .add(...dialogs.map((dialog) => dialog.peerId))
    .addMessages(messages);
  return {
    dialogs: dialogs.map(shapeDialog),
    messages: messages.map((message) => shapeMessage(call.world, view, message)),
    ...mentioned.fields(),
  };
}

/** Pages go by the date of the newest message; id and peer settle which of equal dates come after. */
function after(dialogs: readonly Dialog[], date: number, id: number, peer: number | null): Dialog[] {
  if (date === 0 && id === 0 && peer === null) return [...dialogs];
  const at = peer === null ? -1 : dialogs.findIndex((dialog) => dialog.peerId === peer);
  if (at >= 0 && (date === 0 || dialogs[at]!.topDate <= date)) return dialogs.slice(at + 1);
  return dialogs.filter(
    (dialog) => dialog.topDate < date || (dialog.topDate === date && id > 0 && dialog.topMessageId < id),
  );
}

/** The main list (0), the archive (1), or both. */
function listOf(view: AccountView, folderId: number | null): Dialog[] {
  return view
    .dialogs()
    .filter((dialog) => (folderId === null || dialog.folderId === folderId) && dialog.topMessageId > 0);
}

export const dialogMethods: Record<string, Method> = {
  "messages.getDialogs": (request, call) => {
    const view = me(call);
    const folderId = typeof request.folder_id === "number" ? request.folder_id : null;
    if (folderId !== null && folderId !== 0 && folderId !== 1) refuse(400, "FOLDER_ID_INVALID");
    const excludePinned = flagOf(request, "exclude_pinned");
    const all = listOf(view, folderId).filter((dialog) => !excludePinned || !dialog.pinned);
    const offsetPeer = readOffsetPeer(view, objectOf(request, "offset_peer"));
    const offsetDate = intOf(request, "offset_date");
    const offsetId = intOf(request, "offset_id");
    const first = offsetDate === 0 && offsetId === 0 && offsetPeer === null;
    // Pinned ones stand on the first page, whatever their date.
    const list = first ? all : all.filter((dialog) => !dialog.pinned);
    const rest = after(list, offsetDate, offsetId, offsetPeer);
    const limit = Math.min(MAX_PAGE, Math.max(1, intOf(request, "limit") || 20));
    const page = rest.slice(0, limit);
    const fields = dialogFields(call, view, page);
    if (first && page.length === all.length) return { _: "messages.dialogs", ...fields };
    return { _: "messages.dialogsSlice", count: all.length, ...fields };
  },
  "messages.getPinnedDialogs": (request, call) => {
    const view = me(call);
    const pinned = listOf(view, intOf(request, "folder_id")).filter((dialog) => dialog.pinned);
    return { _: "messages.peerDialogs", ...dialogFields(call, view, pinned), state: stateOf(call, view) };
  },
  "messages.getPeerDialogs": (request, call) => {
    const view = me(call);
    const dialogs = objectsOf(request, "peers").flatMap((input) => {
      if (input._ === "inputDialogPeerFolder") return listOf(view, intOf(input, "folder_id"));
      const dialog = view.dialog(readPeer(view, objectOf(input, "peer")));
      return dialog ? [dialog] : [];
    });
    return { _: "messages.peerDialogs", ...dialogFields(call, view, dialogs), state: stateOf(call, view) };
  },
  "messages.getDialogFilters": (_request, call) => {
    const view = me(call);
    const filters = [{ _: "dialogFilterDefault" }, ...view.folders().map((folder) => shapeFolder(view, folder))];
    return { _: "messages.dialogFilters", filters };
  },
  "messages.getSuggestedDialogFilters": () => [],
  "messages.updateDialogFilter": (request, call) => {
    const view = me(call);
    const id = intOf(request, "id");
    if (id < 2 || id > 255) refuse(400, "FILTER_ID_INVALID");
    const filter = objectOf(request, "filter");
    if (filter) view.setFolder({ ...readFolder(filter, (peer) => readPeer(view, peer)), id });
    else view.removeFolder(id);
    return true;
  },
  "messages.toggleDialogPin": (request, call) => {
    const view = me(call);
    const peer = objectOf(request, "peer");
    view.setPinnedDialog(readPeer(view, peer ? objectOf(peer, "peer") : undefined), flagOf(request, "pinned"));
    return true;
  },
  "messages.getDialogUnreadMarks": () => [],
  "messages.markDialogUnread": () => true,
  "folders.editPeerFolders": (request, call) => {
    const view = me(call);
    for (const each of objectsOf(request, "folder_peers")) {
      view.setArchived([readPeer(view, objectOf(each, "peer"))], intOf(each, "folder_id") === 1);
    }
    return { _: "updates", updates: [], users: [], chats: [], date: now(call), seq: 0 };
  },
  "messages.getPeerSettings": (request, call) => {
    const view = me(call);
    const id = readPeer(view, objectOf(request, "peer"));
    return {
      _: "messages.peerSettings",
      settings: { _: "peerSettings" },
      ...new Mentioned(call.world, view).add(id).fields(),
    };
  },
  "messages.getSavedDialogs": () => ({ _: "messages.savedDialogs", dialogs: [], messages: [], chats: [], users: [] }),
  "messages.getPinnedSavedDialogs": () => ({
    _: "messages.savedDialogs",
    dialogs: [],
    messages: [],
    chats: [],
    users: [],
  }),
};
