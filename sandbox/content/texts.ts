import { mix, pick } from "../world/random.ts";

/** Words for messages and text files, in several scripts. */

export const LANGUAGES = ["en", "uk", "ru", "de", "he", "ar", "zh", "ja"] as const;
export type Language = (typeof LANGUAGES)[number];

export const isLanguage = (value: unknown): value is Language => LANGUAGES.some((one) => one === value);

/** A message is an opener and an ending. Two short lists, so that a search over a million messages looks at the lists. */
interface Phrases {
  openers: readonly string[];
  endings: readonly string[];
  names: readonly string[];
}

const phrases: Record<Language, Phrases> = {
  en: {
    openers: [
      "Good morning, everyone",
      "Did you see the report",
      "The invoice for May is here",
      "Dinner at our place on Sunday",
      "Here are the pictures from the lake",
      "Our train is late again",
      "Please read the minutes of the meeting",
      "The new kitchen is almost finished",
      "Happy birthday, dear Anna",
      "We found the old photo album",
      "The weather will be fine tomorrow",
      "Breaking: the bridge is open",
      "Grandma asks for the recipe",
      "The contract has been signed",
      "I left the keys at the office",
      "Look what the cat did",
    ],
    endings: [
      "and the children loved it.",
      "– tell me what you think.",
      "so bring something to drink 🍋",
      "but nobody answered the phone.",
      "as we agreed last week.",
      "and it costs less than we thought.",
      "see you at the station!",
      "thank you all so much ❤️",
      "the rest follows tomorrow.",
      "it was a long way home.",
      "please keep it to yourself.",
      "with best regards from the garden 🌻",
    ],
    names: ["holiday", "invoice", "Report final", "scan", "meeting-notes", "lake", "IMG", "presentation v2"],
  },
  uk: {
    openers: [
      "Доброго ранку всім",
      "Надсилаю фото з моря",
      "Рахунок за травень готовий",
      "Потяг знову запізнюється",
      "Бабуся питає рецепт борщу",
      "Завтра буде гарна погода",
      "Їжак прийшов у сад",
      "Зустріч перенесли на вівторок",
    ],
    endings: [
      "і всі дуже раді 🌻",
      "але телефон мовчить.",
      "побачимось на вокзалі!",
      "решту надішлю завтра.",
      "дякую за допомогу ❤️",
      "як домовлялися минулого тижня.",
    ],
    names: ["відпустка", "рахунок", "фото", "звіт"],
  },
  ru: {
    openers: [
      "Доброе утро",
      "Отправляю фотографии с дачи",
      "Счёт за май готов",
      "Поезд опять опаздывает",
      "Завтра обещают дождь",
      "Новая версия документа",
      "Кот опять уронил ёлку",
      "Совещание перенесли на среду",
    ],
    endings: [
      "и все довольны.",
      "но никто не отвечает.",
      "увидимся на вокзале!",
      "остальное пришлю завтра.",
      "спасибо за помощь ❤️",
      "как договаривались.",
    ],
    names: ["отпуск", "счёт", "документ", "отчёт за год"],
  },
  de: {
    openers: [
      "Guten Morgen zusammen",
      "Die Rechnung für Mai ist da",
      "Schöne Grüße aus Köln",
      "Der Zug hat wieder Verspätung",
      "Das Protokoll hängt an",
      "Oma fragt nach dem Rezept",
    ],
    endings: [
      "und alle haben sich gefreut.",
      "aber niemand geht ans Telefon.",
      "bis morgen am Bahnhof!",
      "vielen Dank für die Mühe ❤️",
      "wie letzte Woche besprochen.",
    ],
    names: ["Urlaub", "Rechnung", "Übersicht", "Protokoll"],
  },
  he: {
    openers: ["בוקר טוב לכולם", "התמונות מהחוף כאן", "החשבונית למאי מוכנה", "הרכבת שוב מאחרת", "סבתא שואלת על המתכון"],
    endings: ["וכולם שמחו מאוד 🌻", "אבל אף אחד לא עונה.", "נתראה בתחנה!", "תודה רבה לכולם ❤️", "השאר מחר."],
    names: ["חופשה", "חשבונית", "תמונה"],
  },
  ar: {
    openers: [
      "صباح الخير جميعا",
      "هذه صور البحر",
      "فاتورة مايو جاهزة",
      "القطار متأخر مرة أخرى",
      "الجدة تسأل عن الوصفة",
    ],
    endings: ["والجميع سعداء 🌻", "لكن لا أحد يجيب.", "نلتقي في المحطة!", "شكرا جزيلا ❤️", "والباقي غدا."],
    names: ["عطلة", "فاتورة", "صورة"],
  },
  zh: {
    openers: ["大家早上好", "这是湖边的照片", "五月的发票到了", "火车又晚点了", "奶奶想要那个菜谱", "明天天气很好"],
    endings: ["大家都很高兴 🌻", "但是没有人接电话。", "车站见!", "非常感谢 ❤️", "其余的明天发。"],
    names: ["假期", "发票", "照片"],
  },
  ja: {
    openers: [
      "おはようございます",
      "湖の写真です",
      "五月の請求書が届きました",
      "電車がまた遅れています",
      "おばあちゃんがレシピを聞いています",
    ],
    endings: [
      "みんな喜んでいます 🌻",
      "でも誰も電話に出ません。",
      "駅で会いましょう!",
      "ありがとうございます ❤️",
      "続きは明日送ります。",
    ],
    names: ["休暇", "請求書", "写真"],
  },
};

type Span = readonly [first: number, count: number];

/** All parts a generated text or name may be made of, and which of them are of one language. */
export interface Pools extends Phrases {
  /** For each language, where its parts stand in the lists above. */
  spans: readonly Record<keyof Phrases, Span>[];
}

export function poolsOf(languages: readonly Language[]): Pools {
  const openers: string[] = [];
  const endings: string[] = [];
  const names: string[] = [];
  const lists = { openers, endings, names };
  const add = (part: keyof Phrases, more: readonly string[]): Span => {
    const first = lists[part].length;
    lists[part].push(...more);
    return [first, more.length];
  };
  const spans = languages.map((language) => {
    const own = phrases[language];
    return {
      openers: add("openers", own.openers),
      endings: add("endings", own.endings),
      names: add("names", own.names),
    };
  });
  return { ...lists, spans };
}

/** The index of one part of a language, chosen by a number. */
export const partOf = ([first, count]: Span, number: number): number => first + (number % count);

const english = poolsOf(["en"]);

/** About a kilobyte of sentences. */
export function textBlock(seed: number, index: number): string {
  let text = "";
  for (let n = 0; text.length < 900; n++) {
    text += `${pick(english.openers, mix(seed, index, n))}, ${pick(english.endings, mix(seed, n, index))}\n`;
  }
  return text;
}
