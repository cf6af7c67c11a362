/** The owner's phone, the only hand of an end-to-end test: types, presses, and reads what it shows. */
import { eventually } from "./eventually.ts";

export interface PhoneButton {
  text: string;
  callback_data?: string;
  copy_text?: { text: string };
  request_chat?: { request_id: number };
}

export interface PhoneMessage {
  id: number;
  from: "owner" | "bot" | "stranger";
  text: string;
  replyMarkup?: { inline_keyboard?: PhoneButton[][]; keyboard?: PhoneButton[][] } | null;
  replyTo?: number | null;
  silent?: boolean;
  deleted?: boolean;
  /** Every version it had, the first one included. */
  edits?: { text: string; at: string | number }[];
}

export type Match = RegExp | string | ((message: PhoneMessage) => boolean);

export interface WaitOptions {
  /** Only messages with a higher id. */
  after?: number;
  timeoutMs?: number;
}

export interface Phone {
  /** Types a text; answers with its message id. */
  say(text: string): Promise<number>;
  stranger: { say(text: string): Promise<number> };
  /** Everything in the chat, oldest first, without what was deleted. */
  messages(): Promise<PhoneMessage[]>;
  /** The newest message of the bot's that matches. */
  waitFor(match: Match, options?: WaitOptions): Promise<PhoneMessage>;
  /** Presses the button whose label matches, on the newest message that has it. */
  press(label: RegExp | string, options?: WaitOptions & { messageId?: number }): Promise<unknown>;
  /** Every text a message has shown, in order. */
  history(messageId: number): Promise<string[]>;
}

type Ask = <T>(path: string, body?: unknown) => Promise<T>;

export function phoneOf(ask: Ask): Phone {
  const say = async (from: "owner" | "stranger", text: string) => {
    const sent = await ask<{ id?: number; messageId?: number }>("/phone/send", { from, text });
    return sent.messageId ?? sent.id ?? 0;
  };
  const messages = async () =>
    (await ask<PhoneMessage[]>("/phone/chat?after=0")).filter(({ deleted }) => deleted !== true);
  const fromBot = async (after: number) => (await messages()).filter(({ from, id }) => from === "bot" && id > after);

  return {
    say: (text) => say("owner", text),
    stranger: { say: (text) => say("stranger", text) },
    messages,
    waitFor: (match, { after = 0, timeoutMs = 20_000 } = {}) =>
      eventually(async () => (await fromBot(after)).findLast((message) => matches(message, match)), {
        timeoutMs,
        what: async () => `a message ${match}. The chat:\n${await transcript()}`,
      }),
    async press(label, { after = 0, timeoutMs = 20_000, messageId } = {}) {
      const found = await eventually(
        async () => {
          const candidates = (await fromBot(after)).filter(({ id }) => messageId === undefined || id === messageId);
          for (const message of candidates.reverse()) {
            const button = message.replyMarkup?.inline_keyboard?.flat().find(({ text }) => fits(text, label));
            if (button) return { messageId: message.id, data: button.callback_data };
          }
          return null;
        },
        { timeoutMs, what: async () => `a button ${label}. The chat:\n${await transcript()}` },
      );
      return ask("/phone/press", { from: "owner", ...found });
    },
    async history(messageId) {
      const message = (await messages()).find(({ id }) => id === messageId);
      return (message?.edits ?? []).map(({ text }) => text);
    },
  };

  async function transcript(): Promise<string> {
    return (await messages())
      .slice(-12)
      .map(({ id, from, text }) => `  ${id} ${from}: ${text}`)
      .join("\n");
  }
}

function matches(message: PhoneMessage, match: Match): boolean {
  return typeof match === "function" ? match(message) : fits(message.text, match);
}

function fits(text: string, pattern: RegExp | string): boolean {
  return typeof pattern === "string" ? text.includes(pattern) : pattern.test(text);
}
