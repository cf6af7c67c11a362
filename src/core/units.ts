/** Numbers as the owner reads them: sizes 1024-based with one decimal at most, durations without needless seconds. */

const BYTE_UNITS = ["B", "KB", "MB", "GB", "TB", "PB"] as const;
const formats = new Map<string, Intl.NumberFormat>();

function numberFormat(language: string, digits: number): Intl.NumberFormat {
  const key = `${language}:${digits}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(language, { maximumFractionDigits: digits });
    formats.set(key, format);
  }
  return format;
}

/** 1224 → "1,224". */
export function formatCount(count: number, language = "en"): string {
  return numberFormat(language, 0).format(count);
}

/** 43200000 → "41.2 MB". */
export function formatBytes(bytes: number, language = "en"): string {
  let value = Math.max(0, bytes);
  let unit = 0;
  // 1023.95 KB would round to "1,024 KB", so the next unit begins a little earlier.
  while (value >= (unit === 0 ? 1024 : 1023.95) && unit < BYTE_UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${numberFormat(language, unit === 0 ? 0 : 1).format(value)} ${BYTE_UNITS[unit]}`;
}

/** "20.6 of 41.2 GB": the unit once when both share it. */
export function formatBytesOf(part: number, whole: number, language = "en"): string {
  const [partText, wholeText] = [formatBytes(part, language), formatBytes(whole, language)];
  const [partNumber, partUnit] = partText.split(" ");
  return partUnit === wholeText.split(" ")[1] ? `${partNumber} of ${wholeText}` : `${partText} of ${wholeText}`;
}

/** "6.1 MB/s". */
export function formatSpeed(bytesPerSecond: number, language = "en"): string {
  return `${formatBytes(bytesPerSecond, language)}/s`;
}

/** "45 s", "55 min", "2 h 05 min", "3 d 4 h". */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
  const hours = Math.round(minutes / 60);
  return hours % 24 === 0 ? `${hours / 24} d` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

const ETA_AFTER_MS = 10_000;
const ETA_FROM_SHARE = 0.02;

/** Milliseconds still to go at the pace so far; null while too little is known to say (under 10 s or 2 %). */
export function remainingTime(done: number, total: number, elapsedMs: number): number | null {
  if (total <= 0 || done >= total || elapsedMs < ETA_AFTER_MS || done / total < ETA_FROM_SHARE) return null;
  return (elapsedMs / done) * (total - done);
}

/** "about 55 min left", never to the second. */
export function formatRemaining(milliseconds: number): string {
  if (milliseconds < 60_000) return "less than a minute left";
  const minutes = milliseconds / 60_000;
  const step = minutes > 120 ? 15 : minutes > 30 ? 5 : 1;
  return `about ${formatDuration(Math.ceil(minutes / step) * step * 60_000)} left`;
}

/** Whole percent, rounded down: 99.9 % is not done. */
export function percent(done: number, total: number): number {
  if (total <= 0) return 0;
  return Math.max(0, Math.min(100, Math.floor((done / total) * 100)));
}
