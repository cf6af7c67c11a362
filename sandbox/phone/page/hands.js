import { act, ask } from "./api.js";
import { alertBox, confirmLink, copy, lightbox, pickerDialog, popup, toast } from "./dialogs.js";
import { h } from "./dom.js";
import { deepLink, isBotOpen, rooms, state } from "./state.js";
import { sorry } from "./words.js";

/** Everything the owner's finger can do. `go` moves the page: openChat, older, draw, flash, insert, reply, toEnd, stick. */
export function makeHands(go) {
  const failed = (error) => toast(sorry(error));

  async function send(text, replyTo = null) {
    if (!isBotOpen()) await go.openChat(state.me.bot.id);
    try {
      await act("send", { text, ...(replyTo !== null && { replyTo }) });
      go.toEnd();
    } catch (error) {
      failed(error);
      go.insert(text);
    }
  }

  async function openName(name) {
    if (name.toLowerCase() === state.me.bot.username?.toLowerCase()) return go.openChat(state.me.bot.id);
    try {
      await go.openChat((await ask("resolve", { name })).chatId);
    } catch (error) {
      failed(error);
    }
  }

  /** Links into Telegram stay on this phone; others are opened in a tab, after a question where the text hid them. */
  function follow(url, asked) {
    const inside = /^https?:\/\/(?:t|telegram)\.me\/([A-Za-z]\w{3,31})(?:\/(\d+))?\/?(?:\?start=([\w-]{1,64}))?$/.exec(
      url,
    );
    if (!inside) return asked ? confirmLink(url) : window.open(url, "_blank", "noopener,noreferrer");
    const [, name, post, start] = inside;
    if (start && name.toLowerCase() === state.me.bot.username?.toLowerCase()) return send(`/start ${start}`);
    return openName(name).then(() => post && go.flash(post));
  }

  async function pressInline(message, button, name) {
    if (button.url) return follow(button.url, true);
    if (button.copy_text) return copy(button.copy_text.text);
    if (button.web_app) return toast("Apps cannot be opened in the sandbox.");
    const query = button.switch_inline_query_current_chat ?? button.switch_inline_query;
    if (query !== undefined) return go.insert(`@${state.me.bot.username} ${query}`);
    if (button.callback_data === undefined) return;
    state.busy.add(name);
    go.draw();
    try {
      const answer = await act("press", { messageId: message.id, data: button.callback_data });
      if (answer?.url) follow(answer.url, false);
      if (answer?.text && answer.alert) alertBox(answer.text);
      else if (answer?.text) toast(answer.text);
    } catch (error) {
      failed(error);
    } finally {
      state.busy.delete(name);
      go.draw();
    }
  }

  async function pressKeyboard(button, keyboard) {
    const request = button.request_chat ?? button.request_users;
    if (!request) return send(typeof button === "string" ? button : button.text);
    try {
      const fields = { messageId: keyboard.messageId, requestId: request.request_id };
      const peerIds = await pickerDialog(await ask("picker", { message: fields.messageId, request: fields.requestId }));
      if (peerIds) await act("share", { ...fields, peerIds });
    } catch (error) {
      failed(error);
    }
  }

  function more(message, anchor) {
    const entries = [];
    if (isBotOpen()) entries.push({ label: "↩ Reply", act: () => go.reply(message) });
    if (message.text) entries.push({ label: "⧉ Copy text", act: () => copy(message.text) });
    if (message.link) entries.push({ label: "🔗 Copy link", act: () => copy(message.link, "Link copied.") });
    if (message.link) entries.push({ label: "✉ Send link to the bot", act: () => send(message.link) });
    if (!message.protected) entries.push({ label: "➡ Forward to the bot", act: () => forward(message) });
    if (entries.length > 0) popup(anchor, entries);
  }

  async function forward(message) {
    const { groupedId, chatId, id } = message;
    const all = rooms.get(state.open).messages();
    const album = groupedId ? all.filter((one) => one.groupedId === groupedId).map((one) => one.id) : [id];
    await go.openChat(state.me.bot.id);
    await act("forward", { chatId, messageIds: album }).catch(failed);
  }

  return {
    tap: { command: (text) => send(text), mention: openName, link: follow, copy: (text) => copy(text) },
    show: { picture: (url) => lightbox(h("img", { src: url, alt: "Picture" })), video: showVideo },
    isBusy: (name) => state.busy.has(name),
    busyOf: (id) => [...state.busy].filter((name) => name.startsWith(`${id}:`)).join(),
    jumpTo: (id) => go.flash(id) || toast("That message is further up."),
    start: () => {
      state.deepLinkUsed = true;
      return send(deepLink ? `/start ${deepLink}` : "/start");
    },
    openChat: go.openChat,
    openBot: () => go.openChat(state.me.bot.id),
    older: () => go.older().catch(failed),
    resized: () => go.stick(),
    copy: (text) => copy(text),
    paste: (text) => send(text),
    more,
    pressInline,
    pressKeyboard,
    send,
  };
}

function showVideo(media) {
  const video = h("video", { controls: true, autoplay: true, src: media.url });
  video.addEventListener("error", () => {
    video.closest("dialog")?.close();
    toast("The sandbox makes up the bytes of its videos, so there is nothing to play.");
  });
  lightbox(video);
}
