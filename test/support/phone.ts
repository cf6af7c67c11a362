/** The owner's phone, the only hand of an end-to-end test: types, presses, and reads what it shows. */
import type { ControlClient, Hand, PhoneMessage } from "../../sandbox/control/client.ts";
import { eventually } from "./eventually.ts";

export type { PhoneMessage } from "../../sandbox/control/client.ts";

export type Match = RegExp | string | ((message: PhoneMessage) => boolean);

export interface WaitOptions {
  /** Only messages with a higher id. */
  after?: number;
  timeoutMs?: number;
}

export interface Phone {
  /** Types a text; answers with its message id. */
  say(text: string): Promise<number>;
  /** Everything in the chat, oldest first, without what was deleted. */
  messages(): Promise<PhoneMessage[]>;
  /** What the bot has written after a message. */
  answers(after: number): Promise<PhoneMessage[]>;
  /** The newest message of the bot's that matches. */
  waitFor(match: Match, options?: WaitOptions): Promise<PhoneMessage>;
  /** Presses the inline button whose label matches, on the newest message that has it; answers with the toast. */
  press(label: RegExp | string, options?: WaitOptions): Promise<{ text?: string }>;
  /** Every text a message has shown, in order. */
  versions(messageId: number): Promise<string[]>;
}

export function phoneOf(control: ControlClient, hand: Hand = "owner"): Phone {
  const messages = async () => (await control.phone.chat(0, hand)).filter(({ deleted }) => !deleted);
  const answers = async (after: number) => (await messages()).filter(({ from, id }) => from === "bot" && id > after);
  const transcript = async () =>
    (await messages())
      .slice(-12)
      .map(({ id, from, text }) => `  ${id} ${from}: ${text}`)
      .join("\n");

  return {
    async say(text) {
      const { messageIds } = await control.phone.send(text, { from: hand });
      return messageIds[0] ?? 0;
    },
    messages,
    answers,
    waitFor: (match, { after = 0, timeoutMs = 20_000 } = {}) =>
      eventually(async () => (await answers(after)).findLast((message) => matches(message, match)), {
        timeoutMs,
        what: async () => `a message ${match}. The chat:\n${await transcript()}`,
      }),
    async press(label, { after = 0, timeoutMs = 20_000 } = {}) {
      const found = await eventually(
        async () => {
          for (const { id, replyMarkup } of (await answers(after)).reverse()) {
            const button = buttonsOf(replyMarkup).find(({ text }) => fits(text, label));
            if (button?.callback_data) return { messageId: id, data: button.callback_data };
          }
          return null;
        },
        { timeoutMs, what: async () => `a button ${label}. The chat:\n${await transcript()}` },
      );
      return control.phone.press(found.messageId, { data: found.data }, hand);
    },
    async versions(messageId) {
      const message = (await messages()).find(({ id }) => id === messageId);
      return (message?.edits ?? []).map(({ text }) => text);
    },
  };
}

export function buttonsOf(markup: PhoneMessage["replyMarkup"]): { text: string; callback_data?: string }[] {
  const rows = (markup?.inline_keyboard ?? []) as { text: string; callback_data?: string }[][];
  return rows.flat();
}

function matches(message: PhoneMessage, match: Match): boolean {
  return typeof match === "function" ? match(message) : fits(message.text, match);
}

function fits(text: string, pattern: RegExp | string): boolean {
  return typeof pattern === "string" ? text.includes(pattern) : pattern.test(text);
}
