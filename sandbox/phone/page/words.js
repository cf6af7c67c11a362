const time = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const dayLong = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });
const dayYear = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "long", year: "numeric" });
const dayShort = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const weekday = new Intl.DateTimeFormat(undefined, { weekday: "short" });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "long" });
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });

const DAY = 86_400;
const dateOf = (unix) => new Date(unix * 1000);

export const clock = (unix) => time.format(dateOf(unix));
export const fullDate = (unix) => full.format(dateOf(unix));
export const dayKey = (unix) => dateOf(unix).toDateString();

export function dayName(unix) {
  const today = new Date();
  const date = dateOf(unix);
  if (date.toDateString() === today.toDateString()) return "Today";
  if (dayKey(unix + DAY) === today.toDateString()) return "Yesterday";
  return date.getFullYear() === today.getFullYear() ? dayLong.format(date) : dayYear.format(date);
}

/** The date in a list of chats: the shorter, the nearer. */
export function shortDate(unix) {
  const age = Date.now() / 1000 - unix;
  if (dayKey(unix) === new Date().toDateString()) return clock(unix);
  return age < 6 * DAY ? weekday.format(dateOf(unix)) : dayShort.format(dateOf(unix));
}

/** A date as Telegram's clients show a date_time entity: in the reader's own words and zone. */
export function formattedDate(unix, format) {
  if (format.toLowerCase() === "r") return relativeDate(unix);
  const options = {};
  if (/w/i.test(format)) options.weekday = "long";
  if (format.includes("d")) Object.assign(options, { day: "2-digit", month: "2-digit", year: "2-digit" });
  if (format.includes("D")) Object.assign(options, { day: "numeric", month: "long", year: "numeric" });
  if (/t/i.test(format)) Object.assign(options, { hour: "2-digit", minute: "2-digit" });
  if (format.includes("T")) options.second = "2-digit";
  return new Intl.DateTimeFormat(undefined, options).format(dateOf(unix));
}

function relativeDate(unix) {
  const seconds = Math.round(unix - Date.now() / 1000);
  const steps = [
    ["year", 365 * DAY],
    ["month", 30 * DAY],
    ["day", DAY],
    ["hour", 3600],
    ["minute", 60],
  ];
  for (const [unit, length] of steps) {
    if (Math.abs(seconds) >= length) return relative.format(Math.trunc(seconds / length), unit);
  }
  return relative.format(seconds, "second");
}

export function size(bytes) {
  const units = ["B", "KB", "MB", "GB"];
  let step = 0;
  let value = bytes;
  while (value >= 1024 && step < units.length - 1) {
    value /= 1024;
    step++;
  }
  const digits = step === 0 || value >= 100 ? 0 : 1;
  return `${value.toLocaleString(undefined, { maximumFractionDigits: digits, minimumFractionDigits: digits })} ${units[step]}`;
}

export function duration(seconds) {
  const rest = String(Math.floor(seconds % 60)).padStart(2, "0");
  return `${Math.floor(seconds / 60)}:${rest}`;
}

export const count = (number) => number.toLocaleString();

/** What a refusal means to the person at the phone. */
export function sorry(error) {
  const known = {
    BOT_RESPONSE_TIMEOUT: "The bot did not answer.",
    CHAT_FORWARDS_RESTRICTED: "This chat does not allow forwarding.",
    USERNAME_NOT_OCCUPIED: "There is nobody by that name here.",
    CHANNEL_PRIVATE: "This chat is private.",
    USER_IS_BLOCKED: "You have blocked this bot.",
    DATA_INVALID: "This button is no longer there.",
    "Failed to fetch": "The sandbox is not running.",
  };
  return known[error.message] ?? `That did not work: ${error.message}`;
}
