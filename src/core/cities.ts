/** Finding a time zone by what people call it: its name, a city, or an offset from UTC. */
import { didYouMean } from "./did-you-mean.ts";
import { isTimeZone } from "./zone.ts";

/** Names that ICU still lists under an older spelling. */
const RENAMED: Record<string, string> = {
  "Africa/Asmera": "Africa/Asmara",
  "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
  "America/Godthab": "America/Nuuk",
  "Asia/Calcutta": "Asia/Kolkata",
  "Asia/Katmandu": "Asia/Kathmandu",
  "Asia/Rangoon": "Asia/Yangon",
  "Asia/Saigon": "Asia/Ho_Chi_Minh",
  "Atlantic/Faeroe": "Atlantic/Faroe",
  "Europe/Kiev": "Europe/Kyiv",
  "Pacific/Enderbury": "Pacific/Kanton",
};

/** Large cities after which no zone is named. */
const CITIES: Record<string, string> = {
  abuja: "Africa/Lagos",
  ankara: "Europe/Istanbul",
  atlanta: "America/New_York",
  austin: "America/Chicago",
  bangalore: "Asia/Kolkata",
  barcelona: "Europe/Madrid",
  beijing: "Asia/Shanghai",
  boston: "America/New_York",
  calcutta: "Asia/Kolkata",
  chennai: "Asia/Kolkata",
  cologne: "Europe/Berlin",
  dallas: "America/Chicago",
  delhi: "Asia/Kolkata",
  dnipro: "Europe/Kyiv",
  edinburgh: "Europe/London",
  frankfurt: "Europe/Berlin",
  geneva: "Europe/Zurich",
  hamburg: "Europe/Berlin",
  hanoi: "Asia/Bangkok",
  houston: "America/Chicago",
  kazan: "Europe/Moscow",
  kharkiv: "Europe/Kyiv",
  kiev: "Europe/Kyiv",
  krakow: "Europe/Warsaw",
  lviv: "Europe/Kyiv",
  manchester: "Europe/London",
  marseille: "Europe/Paris",
  miami: "America/New_York",
  milan: "Europe/Rome",
  montreal: "America/Toronto",
  mumbai: "Asia/Kolkata",
  munich: "Europe/Berlin",
  naples: "Europe/Rome",
  odesa: "Europe/Kyiv",
  osaka: "Asia/Tokyo",
  ottawa: "America/Toronto",
  philadelphia: "America/New_York",
  porto: "Europe/Lisbon",
  "rio de janeiro": "America/Sao_Paulo",
  "saint petersburg": "Europe/Moscow",
  "san diego": "America/Los_Angeles",
  "san francisco": "America/Los_Angeles",
  seattle: "America/Los_Angeles",
  "st petersburg": "Europe/Moscow",
  "tel aviv": "Asia/Jerusalem",
  valencia: "Europe/Madrid",
  washington: "America/New_York",
};

let known: string[] | null = null;

/** Every zone of this machine under its present name, UTC first. */
export function timeZones(): string[] {
  known ??= ["UTC", ...Intl.supportedValuesOf("timeZone").map((zone) => RENAMED[zone] ?? zone)].filter(
    (zone, index, all) => isTimeZone(zone) && all.indexOf(zone) === index,
  );
  return known;
}

const plain = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[\s_\-.,]+/g, " ")
    .trim();

/** The city in a zone's name: "New York" for America/New_York. */
export function cityOf(zone: string): string {
  return (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");
}

/** Zones that fit what was typed ("kyiv", "New York", "Europe/Rome", "UTC+3"), best first; empty if none does. */
export function findTimeZones(text: string, limit = 8): string[] {
  const wanted = plain(text.slice(0, 80));
  if (!wanted) return [];
  const offset = zoneOfOffset(text);
  if (offset) return [offset];
  const exact = timeZones().filter((zone) => plain(zone) === wanted || plain(cityOf(zone)) === wanted);
  const named = CITIES[wanted];
  if (exact.length > 0 || named) return [...new Set([...exact, ...(named ? [named] : [])])].slice(0, limit);
  const begins = timeZones().filter((zone) => plain(cityOf(zone)).startsWith(wanted));
  const cities = Object.keys(CITIES).filter((city) => city.startsWith(wanted));
  const holds = wanted.length >= 3 ? timeZones().filter((zone) => plain(zone).includes(wanted)) : [];
  const found = [...begins, ...cities.map((city) => CITIES[city] ?? ""), ...holds];
  if (found.length > 0) return [...new Set(found)].slice(0, limit);
  const cityNames = new Map(timeZones().map((zone) => [plain(cityOf(zone)), zone]));
  const guess = didYouMean(wanted, [...cityNames.keys(), ...Object.keys(CITIES)]);
  const zone = guess === null ? undefined : (cityNames.get(guess) ?? CITIES[guess]);
  return zone ? [zone] : [];
}

/** "UTC+3" and "GMT-05:00" as the zone of that fixed offset; its name has the sign turned round. */
function zoneOfOffset(text: string): string | null {
  const match = /^(?:utc|gmt)?\s*([+\-\u2212\u2013])\s*(\d{1,2})(?::?00)?$/i.exec(text.trim());
  const hours = Number(match?.[2] ?? Number.NaN);
  if (!match || hours > 14) return null;
  const zone = hours === 0 ? "UTC" : `Etc/GMT${match[1] === "+" ? "-" : "+"}${hours}`;
  return isTimeZone(zone) ? zone : null;
}
