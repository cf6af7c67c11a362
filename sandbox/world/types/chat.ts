/** People and chats. Ids are marked as in the Bot API: user n, basic group -n, channel and supergroup -100n. */

export interface WorldUser {
  id: number;
  firstName: string;
  lastName: string;
  username: string | null;
  /** Digits, no plus. */
  phone: string | null;
  isBot: boolean;
  deleted: boolean;
  premium: boolean;
  /** In the owner's contacts. */
  contact: boolean;
  verified: boolean;
  languageCode: string;
  /** Has a picture: content of seed `id`. */
  hasPhoto: boolean;
}

/** A user who can log in (over MTProto or, a bot, over the Bot API) and so has a message box of its own. */
export interface WorldAccount {
  userId: number;
  /** People. */
  phone: string | null;
  /** The login code Telegram "sends". */
  code: string;
  /** Second factor; null if not set. */
  password: string | null;
  passwordHint: string;
  homeDc: 1 | 2;
  /** Bots. */
  token: string | null;
  /** Set by /setprivacy and friends of BotFather. */
  bot: { canJoinGroups: boolean; readsAllGroupMessages: boolean; supportsInline: boolean } | null;
}

export type ChatKind = "group" | "supergroup" | "channel";
export type MemberStatus = "creator" | "admin" | "member" | "restricted" | "left" | "banned";

export interface AdminRights {
  changeInfo: boolean;
  postMessages: boolean;
  editMessages: boolean;
  deleteMessages: boolean;
  banUsers: boolean;
  inviteUsers: boolean;
  pinMessages: boolean;
  addAdmins: boolean;
  anonymous: boolean;
  manageCall: boolean;
  manageTopics: boolean;
}

export interface Member {
  userId: number;
  status: MemberStatus;
  /** Of creator and admins. */
  rights: AdminRights | null;
  rank: string;
  joinedAt: number;
  inviterId: number | null;
}

export interface ForumTopic {
  /** Message id of its first message; 1 = General. */
  id: number;
  title: string;
  iconColor: number;
  createdAt: number;
  creatorId: number;
  closed: boolean;
  pinned: boolean;
  hidden: boolean;
}

export interface WorldChat {
  id: number;
  kind: ChatKind;
  title: string;
  about: string;
  username: string | null;
  /** The part behind t.me/+ . */
  inviteHash: string | null;
  createdAt: number;
  isForum: boolean;
  topics: ForumTopic[];
  noforwards: boolean;
  signatures: boolean;
  verified: boolean;
  /** Discussion group of a channel, or channel of a discussion group. */
  linkedChatId: number | null;
  migratedTo: number | null;
  migratedFrom: number | null;
  /** Accounts and people known by name. */
  members: Map<number, Member>;
  /** As shown; may be more than the members listed. */
  memberCount: number;
  slowModeSeconds: number;
  hasPhoto: boolean;
  /** Deactivated, as a basic group is once it has migrated. */
  deactivated: boolean;
}

/** A row of the chat list of one account. */
export interface Dialog {
  peerId: number;
  topMessageId: number;
  topDate: number;
  unread: number;
  unreadMentions: number;
  readInboxMaxId: number;
  readOutboxMaxId: number;
  pinned: boolean;
  /** 0 main list, 1 archive. */
  folderId: 0 | 1;
  muted: boolean;
  /** Channels and supergroups only. */
  pts: number | null;
}

/** A folder ("dialog filter") of one account. */
export interface ChatFolder {
  id: number;
  title: string;
  emoticon: string | null;
  includeIds: number[];
  pinnedIds: number[];
  excludeIds: number[];
  contacts: boolean;
  nonContacts: boolean;
  groups: boolean;
  broadcasts: boolean;
  bots: boolean;
  excludeMuted: boolean;
  excludeRead: boolean;
  excludeArchived: boolean;
}

const CHANNEL_BASE = 1_000_000_000_000;

/** -100n: channels and supergroups. */
export const channelId = (bare: number): number => -(CHANNEL_BASE + bare);
/** -n: basic groups. */
export const groupId = (bare: number): number => -bare;
export const isUserId = (id: number): boolean => id > 0;
export const isChannelId = (id: number): boolean => id < -CHANNEL_BASE;
export const isGroupId = (id: number): boolean => id < 0 && !isChannelId(id);
/** The number that stands on the MTProto wire. */
export function bareId(id: number): number {
  if (isUserId(id)) return id;
  return isChannelId(id) ? -id - CHANNEL_BASE : -id;
}
