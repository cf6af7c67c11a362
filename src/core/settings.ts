/** What the owner may change in /settings, with its defaults; kept as one JSON row a name. */
export interface Settings {
  timeZone: string;
  language: string;
  milestones: "card" | "messages";
  simpleView: boolean;
  /** "23:00-07:00" in the owner's zone, or null. */
  quietHours: string | null;
  allowRestricted: boolean;
  /** Files fetched at once. */
  concurrency: number;
  /** See core/filename.ts. */
  filenameTemplate: string;
  /** How fast all machines together may ask Telegram. */
  requestPace: "gentle" | "steady";
  /** /delete does nothing before this is on. */
  deleteEnabled: boolean;
  /** Messages a day, over all chats. */
  deleteDailyCap: number;
  /** Between the owner's yes and the first call, with Undo. */
  deleteGraceSeconds: number;
  /** The same for a run of a schedule, in minutes: its notice has to be seen first. */
  deleteNoticeMinutes: number;
  /** How fast /restore posts. */
  repostsPerMinute: number;
  /** A mark at the beginning of CSV archives by which Excel knows UTF-8. */
  csvBom: boolean;
  /** Cells of CSV archives that a table program would take for a formula get an apostrophe in front. */
  csvEscapeFormulas: boolean;
  /** Colours of the pictures of /stats. */
  chartTheme: "light" | "dark";
}

export const DEFAULT_SETTINGS: Settings = {
  timeZone: "UTC",
  language: "en",
  milestones: "card",
  simpleView: false,
  quietHours: null,
  allowRestricted: false,
  concurrency: 5,
  filenameTemplate: "{chat}/{date}_{time}_{name}",
  requestPace: "steady",
  deleteEnabled: false,
  deleteDailyCap: 5_000,
  deleteGraceSeconds: 60,
  deleteNoticeMinutes: 60,
  repostsPerMinute: 60,
  csvBom: true,
  csvEscapeFormulas: true,
  chartTheme: "light",
};
