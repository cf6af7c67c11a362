/** What the pages of /settings offer to choose from. */
export const ZONES = [
  "UTC",
  "Europe/London",
  "Europe/Berlin",
  "Europe/Kyiv",
  "Asia/Dubai",
  "Asia/Kolkata",
  "Asia/Tokyo",
  "America/New_York",
  "America/Los_Angeles",
];
export const QUIET = ["22:00-07:00", "23:00-07:00", "00:00-08:00"];
export const FILES = [1, 3, 5, 8, 10];
export const MOST_FILES = 20;
export const TEMPLATES = {
  chat: "{chat}/{date}_{time}_{name}",
  month: "{chat}/{year}-{month}/{date}_{time}_{name}",
  type: "{chat}/{type}/{date}_{time}_{name}",
};
