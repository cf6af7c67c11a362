/**
 * Where the bot keeps the number of its own chat with the owner, for the workers to see. What stands there is commands
 * and answers: no chat to fetch from, and a search that found its own earlier answers would be of no use.
 */
export const OWN_CHAT = "own-chat";
