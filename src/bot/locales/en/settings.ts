import { type FormattedString, fmt } from "@grammyjs/parse-mode";
import { bold } from "./common.ts";

type Text = FormattedString | string;
const onOff = (on: boolean) => (on ? "on" : "off");

export const settings = {
  title: "⚙️ Settings",
  zoneAndLanguage: (zone: string, language: string) => `Time zone: ${zone} · Language: ${language}`,
  view: (milestones: string, simple: boolean) => `Milestones: ${milestones} · Simple view: ${onOff(simple)}`,
  quiet: (hours: string | null) => `Quiet hours: ${hours ?? "off"}`,
  files: (count: number) => `Files at once: ${count}`,
  names: (template: Text) => fmt`File names: ${template}`,
  storage: (directory: Text, free: string | null) =>
    free ? fmt`Storage: ${directory}, ${free} free` : fmt`Storage: ${directory}`,
  account: (who: Text) => fmt`Account: ${who}`,
  noAccount: "not connected",
  restrictedLine: (on: boolean) => `Restricted chats: ${onOff(on)}`,
  language: "English",
  buttons: {
    zone: "🌍 Time zone",
    milestones: "📊 Milestones",
    simple: "🔤 Simple view",
    quiet: "🌙 Quiet hours",
    files: "🔢 Files at once",
    names: "🏷 File names",
    restricted: "🔒 Restricted chats",
    pace: "🐢 Pace",
    account: "👤 Account",
  },
  milestones: fmt`${bold("How shall I show progress?")}\nCard: one message per job, edited at 0, 25, 50, 75 and 100 %.\nMessages: one silent message per milestone.\nThe end is always a new message.`,
  paceLine: "Pace: gentle",
  pace: fmt`${bold("How fast may I ask Telegram?")}\nAll machines share one budget.\nSteady: as fast as Telegram lets me; when it asks to wait, all machines wait.\nGentle: slowly enough that it should hardly ever have to ask.`,
  steady: "Steady",
  gentle: "Gentle",
  card: "Card",
  messages: "Messages",
  simple: (on: boolean) =>
    fmt`${bold(`🔤 Simple view: ${onOff(on)}`)}\nNo bars and fewer signs: easier to read and to listen to.`,
  zoneAsk: (zone: string, time: string) =>
    fmt`🌍 ${bold("Time zone")}: ${zone}, where it is ${time}.\nTap one, or send me your city or a zone name such as Europe/Kyiv.`,
  zonePlaceholder: "Kyiv or Europe/Kyiv",
  zoneUnknown: (typed: string) =>
    `I know no time zone or city “${typed}”. Send a large city near you, or a name such as Europe/Kyiv.`,
  zoneSeveral: (typed: string) => `Several zones fit “${typed}”. Which one?`,
  zoneSet: (zone: string, time: string) => `✅ Time zone: ${zone}. It is ${time} there.`,
  quietAsk: (hours: string | null) =>
    fmt`🌙 ${bold(`Quiet hours: ${hours ?? "off"}`)}\nIn quiet hours even the end of a job makes no sound. Tap, or send hours such as 22:30-06:45.`,
  quietPlaceholder: "23:00-07:00",
  filesAsk: (count: number) =>
    fmt`🔢 ${bold(`Files at once: ${count}`)}\nHow many files I fetch side by side. 5 is a good number; more may make Telegram slow us down.`,
  namesAsk: (template: Text) =>
    fmt`🏷 ${bold("File names")}\nNow: ${template}\nTap one, or send a template of your own. It may use {chat} {chat_id} {type} {date} {time} {year} {month} {day} {id} {name} {ext} {sender} {topic} {album}.`,
  namesPlaceholder: "{chat}/{date}_{time}_{name}",
  nameChoices: { chat: "By chat", month: "By chat and month", type: "By chat and kind" },
  restricted: (on: boolean) =>
    fmt`${bold(`🔒 Restricted chats: ${onOff(on)}`)}\nSome owners don't allow saving or forwarding from their chats. If you turn this on, I download and archive there too. Their authors did not agree to it, so you answer for how you use it.`,
  turnOn: "Turn on",
  turnOff: "Turn off",
  keepOff: "Keep off",
  keepOn: "Keep on",
  off: "Off",
  saved: "Saved.",
  ticked: (label: string) => `✅ ${label}`,
};
