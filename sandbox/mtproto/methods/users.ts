import { intOf, objectOf, objectsOf, textOf } from "../../tl/value.ts";
import { isUserId } from "../../world/types.ts";
import { type Method, me, refuse } from "../rpc/call.ts";
import { shapePhoto } from "../shapes/files.ts";
import { readUser } from "../shapes/inputs.ts";
import { Mentioned } from "../shapes/mentioned.ts";
import { peerOf } from "../shapes/peers.ts";
import { shapeUser } from "../shapes/users.ts";

export const userMethods: Record<string, Method> = {
  "users.getUsers": (request, call) => {
    const view = me(call);
    return objectsOf(request, "id").flatMap((input) => {
      try {
        return [shapeUser(call.world, view, readUser(view, input))];
      } catch {
        return []; // Unknown ones are left out, as Telegram does.
      }
    });
  },
  "users.getFullUser": (request, call) => {
    const view = me(call);
    const id = readUser(view, objectOf(request, "id"));
    const user = call.world.people.get(id);
    if (!user) refuse(400, "USER_ID_INVALID");
    return {
      _: "users.userFull",
      full_user: {
        _: "userFull",
        id,
        blocked: id !== view.id && view.blocked(id).byMe,
        can_pin_message: true,
        settings: { _: "peerSettings" },
        profile_photo: user.hasPhoto ? shapePhoto(call.world, view, call.world.content.profilePhoto(id)) : undefined,
        notify_settings: { _: "peerNotifySettings" },
        bot_info: user.isBot ? { _: "botInfo", user_id: id } : undefined,
      },
      ...new Mentioned(call.world, view).add(id).fields(),
    };
  },
  "photos.getUserPhotos": (request, call) => {
    const view = me(call);
    const id = readUser(view, objectOf(request, "user_id"));
    const has = call.world.people.get(id)?.hasPhoto && intOf(request, "offset") === 0;
    return {
      _: "photos.photos",
      photos: has ? [shapePhoto(call.world, view, call.world.content.profilePhoto(id))] : [],
      users: [shapeUser(call.world, view, id)],
    };
  },
  "contacts.getContacts": (_request, call) => {
    const view = me(call);
    const contacts = call.world.people.all().filter((user) => user.contact && user.id !== view.id && !user.deleted);
    return {
      _: "contacts.contacts",
      contacts: contacts.map((user) => ({ _: "contact", user_id: user.id, mutual: true })),
      saved_count: contacts.length,
      users: contacts.map((user) => shapeUser(call.world, view, user.id)),
    };
  },
  "contacts.getContactIDs": () => [],
  "contacts.getStatuses": () => [],
  "contacts.getTopPeers": () => ({ _: "contacts.topPeersDisabled" }),
  "contacts.getBlocked": () => ({ _: "contacts.blocked", blocked: [], chats: [], users: [] }),
  "contacts.resolveUsername": (request, call) => {
    const view = me(call);
    const name = textOf(request, "username").replace(/^@/, "");
    if (!/^\w{3,32}$/.test(name)) refuse(400, "USERNAME_INVALID");
    const found = call.world.findUsername(name);
    if (!found) refuse(400, "USERNAME_NOT_OCCUPIED");
    return {
      _: "contacts.resolvedPeer",
      peer: peerOf(found.peerId),
      ...new Mentioned(call.world, view).add(found.peerId).fields(),
    };
  },
  "contacts.resolvePhone": (request, call) => {
    const view = me(call);
    const phone = textOf(request, "phone").replace(/\D/g, "");
    const found = call.world.people.all().find((user) => user.phone === phone && (user.contact || user.id === view.id));
    if (!found) refuse(400, "PHONE_NOT_OCCUPIED");
    return {
      _: "contacts.resolvedPeer",
      peer: peerOf(found.id),
      ...new Mentioned(call.world, view).add(found.id).fields(),
    };
  },
  "contacts.search": (request, call) => {
    const view = me(call);
    const wanted = textOf(request, "q").replace(/^@/, "").toLowerCase();
    if (wanted.length < 2) refuse(400, "QUERY_TOO_SHORT");
    const chats = call.world
      .chats()
      .filter((chat) => view.membership(chat.id) || chat.username)
      .filter((chat) => chat.title.toLowerCase().includes(wanted) || chat.username?.toLowerCase().includes(wanted));
    const users = call.world.people
      .all()
      .filter((user) => `${user.firstName} ${user.lastName} ${user.username ?? ""}`.toLowerCase().includes(wanted))
      .filter((user) => user.contact || user.username);
    const ids = [...users.map((user) => user.id), ...chats.map((chat) => chat.id)].slice(
      0,
      intOf(request, "limit", 50),
    );
    const mine = ids.filter((id) => view.dialog(id) !== null || (isUserId(id) && call.world.people.get(id)?.contact));
    return {
      _: "contacts.found",
      my_results: mine.map(peerOf),
      results: ids.filter((id) => !mine.includes(id)).map(peerOf),
      ...new Mentioned(call.world, view).add(...ids).fields(),
    };
  },
  "contacts.block": (request, call) => {
    const view = me(call);
    const id = objectOf(request, "id");
    view.block(readUser(view, id ? { ...id, _: id._.replace("inputPeer", "inputUser") } : undefined), true);
    return true;
  },
  "contacts.unblock": (request, call) => {
    const view = me(call);
    const id = objectOf(request, "id");
    view.block(readUser(view, id ? { ...id, _: id._.replace("inputPeer", "inputUser") } : undefined), false);
    return true;
  },
};
