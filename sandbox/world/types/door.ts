/** The two ways in: the data centres, and the Bot API server. */
export type Door = "mtproto" | "bot-api";
