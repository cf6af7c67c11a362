/** What may be tried when nothing was found: one filter less, or words that only begin so. */
import type { SearchDraft } from "./draft.ts";

export const PARTS = ["ext", "type", "name", "from", "when", "size", "not", "chat"] as const;
export type Part = (typeof PARTS)[number];

const FIELDS: Record<Exclude<Part, "chat">, readonly (keyof SearchDraft["filter"])[]> = {
  ext: ["extensions", "notExtensions"],
  type: ["types", "notTypes"],
  name: ["name", "notName"],
  from: ["from", "notFrom"],
  when: ["after", "before"],
  size: ["minSize", "maxSize"],
  not: ["notText"],
};

/** The parts that a search has, and could do without. */
export function partsOf({ filter, chatId }: SearchDraft): Part[] {
  return PARTS.filter((part) =>
    part === "chat" ? chatId !== null : FIELDS[part].some((field) => filter[field] !== undefined),
  );
}

export function without({ filter, chatId }: SearchDraft, part: Part): SearchDraft {
  if (part === "chat") return { filter, chatId: null };
  const kept = Object.entries(filter).filter(([field]) => !(FIELDS[part] as readonly string[]).includes(field));
  return { filter: Object.fromEntries(kept), chatId };
}

/** Every word may go on, and long ones end otherwise: "invoices" → "invoic*". Null where that was tried already. */
export function looser({ filter, chatId }: SearchDraft): SearchDraft | null {
  const texts = (filter.text ?? []).flatMap((text) => text.split(/\s+/)).filter((word) => word !== "");
  if (texts.length === 0 || texts.every((word) => word.endsWith("*"))) return null;
  const cut = texts.map((word) => {
    const plain = [...word.replace(/\*+$/, "")];
    const less = plain.length > 6 ? 2 : plain.length > 4 ? 1 : 0;
    return `${plain.slice(0, plain.length - less).join("")}*`;
  });
  return { filter: { ...filter, text: cut }, chatId };
}
