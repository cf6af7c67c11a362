/** How many messages each chat has: one of every tenth message, one small enough to be looked at whole, and many between. */

export const CHATS = 200;
export const chatOf = (n: number): number => -1_000_000_000_001 - (n % CHATS);
export const LARGEST_CHAT = chatOf(0);
/** Compared row by row with what the program would have written. */
export const SAMPLE_CHAT = CHATS - 1;
const SAMPLE_MESSAGES = 2_000;

export function chatSizes(messages: number): number[] {
  const largest = Math.floor(messages / 10);
  const sample = Math.min(SAMPLE_MESSAGES, Math.ceil(messages / CHATS));
  const rest = messages - largest - sample;
  const each = Math.floor(rest / (CHATS - 2));
  return Array.from({ length: CHATS }, (_, chat) => {
    if (chat === 0) return largest + (rest - each * (CHATS - 2));
    return chat === SAMPLE_CHAT ? sample : each;
  });
}
