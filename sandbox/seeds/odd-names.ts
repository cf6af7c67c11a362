import type { Builder } from "../world/builder.ts";
import { type MediaInput, makeMedia } from "../world/make-media.ts";
import type { Draft, Entity } from "../world/types.ts";
import { OWNER_ID } from "./cast.ts";

/** A chat whose people send what breaks careless programs. */

const names: readonly (string | null)[] = [
  "../../etc/passwd",
  "..\\..\\windows\\system32\\drivers\\etc\\hosts",
  "/etc/shadow",
  "C:\\autoexec.bat",
  "CON",
  "nul.txt",
  "COM1.txt",
  "LPT9.tar.gz",
  "😀".repeat(300),
  "photo\u202Egpj.exe",
  "",
  null,
  "   ",
  "...",
  "trailing dots...",
  "trailing space .txt ",
  "zero\u0000byte.txt",
  "line\nbreak\r\n.txt",
  "tab\there.txt",
  'all<>:"/\\|?*.txt',
  `${"Очень длинное название документа ".repeat(12)}.pdf`,
  "a".repeat(260),
  `.${"hidden".repeat(50)}`,
  ".htaccess",
  "-rf",
  "$(reboot).sh",
  "`id`.txt",
  "%2e%2e%2fpasswd",
  "e\u0301te\u0301.txt",
  "\u00e9t\u00e9.txt",
  "lone\ud800surrogate.txt",
  "\u200b\u200c\u200d\ufeff.txt",
  "=cmd|'/c calc'!A1.csv",
  "README.TXT",
  "readme.txt",
  "file.part",
  "Thumbs.db",
  "name.with.many.dots.tar.gz",
];

const html = `<script>alert(1)</script><img src=x onerror=alert(2)> </b>&amp; _*[x](javascript:alert(3)) \u202Edesrever\u202C \`code\``;

function longText(): { text: string; entities: Entity[] } {
  let text = "";
  const entities: Entity[] = [];
  const types = ["bold", "italic", "code", "spoiler", "underline", "strikethrough"] as const;
  for (let n = 0; text.length < 4080; n++) {
    const word = n % 7 === 0 ? "їжачок🦔" : `word${n}`;
    const type = types[n % types.length];
    if (n % 5 === 0 && type && entities.length < 100) entities.push({ type, offset: text.length, length: word.length });
    text += `${word} `;
  }
  return { text: text.padEnd(4096, "."), entities };
}

export function oddNames(builder: Builder, members: readonly number[]): void {
  const chat = builder.chat({ kind: "supergroup", title: "Odd names", members, creatorId: OWNER_ID });
  const start = builder.base - 40 * 86_400;
  let minutes = 0;
  const sender = members.find((id) => id !== OWNER_ID) ?? OWNER_ID;
  const add = (draft: Draft, date = start + 60 * minutes++) =>
    builder.message(OWNER_ID, chat.id, { ...draft, date }, sender);
  const media = (input: MediaInput, date: number) =>
    makeMedia(builder.world, { key: `odd:${minutes}`, ...input }, date);
  names.forEach((name, index) => {
    const date = start + 60 * minutes;
    add({ media: media({ type: "document", name, size: 1500 + index * 37, mimeType: "text/plain" }, date) });
  });
  const twice = start + 60 * minutes++;
  for (const key of ["one", "two", "three"]) {
    add(
      { media: media({ type: "document", name: "same.txt", size: 2000, mimeType: "text/plain", key }, twice) },
      twice,
    );
  }
  for (const key of ["p1", "p2"]) add({ media: media({ type: "photo", size: 9000, key }, twice) }, twice);
  add({ media: media({ type: "document", name: "empty.bin", size: 1 }, start) });
  add({ text: html });
  add({ text: html, media: media({ type: "photo", size: 12_000 }, start) });
  add(longText());
  add({ text: '=HYPERLINK("http://example.org","click")\n@SUM(1+1)\n-2+3' });
}
