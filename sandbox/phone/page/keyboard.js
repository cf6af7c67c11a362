/**
 * The reply keyboard that a chat shows now: the newest of the bot's messages that sets or removes one decides.
 * One meant for a single use is folded once the owner has said something after it.
 */
export function replyKeyboard(messages) {
  let said = false;
  for (const message of messages.toReversed()) {
    if (message.out) {
      said = true;
      continue;
    }
    const markup = message.markup;
    if (markup?.remove_keyboard) return null;
    if (!markup?.keyboard) continue;
    const oneTime = markup.one_time_keyboard === true;
    return {
      messageId: message.id,
      rows: markup.keyboard,
      oneTime,
      used: oneTime && said,
      placeholder: markup.input_field_placeholder ?? "",
    };
  }
  return null;
}

/** Whether a new message asks to be replied to. */
export const wantsReply = ({ markup }) => markup?.force_reply === true;
