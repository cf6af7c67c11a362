import type { InlineKeyboardButton } from "grammy/types";
import { button } from "../view.ts";
import type { Voice } from "../voice.ts";

/** ‹ 2/9 ›, turning round at both ends; nothing for a single page. */
export function pager(
  { t }: Voice,
  { page, pages }: { page: number; pages: number },
  data: (page: number) => (string | number)[],
): InlineKeyboardButton[][] {
  if (pages <= 1) return [];
  return [
    [
      button(t.common.previous, data(page > 1 ? page - 1 : pages)),
      button(t.common.page(page, pages), data(page)),
      button(t.common.next, data(page < pages ? page + 1 : 1)),
    ],
  ];
}

/** The page asked for, kept within what there is, and how many there are. */
export function pageOf(asked: string | number | undefined, total: number, perPage: number) {
  const pages = Math.max(1, Math.ceil(total / perPage));
  const wanted = Number(asked);
  const page = Number.isInteger(wanted) ? Math.min(Math.max(1, wanted), pages) : 1;
  return { page, pages, offset: (page - 1) * perPage, limit: perPage };
}
