import {
  bytesFreedBy,
  bytesFreedByOrders,
  type DuplicateReport,
  type FreeOrder,
  isOneDisk,
} from "../../core/duplicates.ts";
import type { Family } from "../../core/job.ts";
import type { Chat } from "../../core/media.ts";
import { cutText } from "../../core/text.ts";
import { button, inRows, lines, rows, type View } from "../view.ts";
import { day, path, plainName, type Voice } from "../voice.ts";
import { titleOf } from "./chats.ts";

const COPIES_SHOWN = 8;
const KEPT_SHOWN = 5;

export function reportView({ t }: Voice, jobId: string, report: DuplicateReport): View {
  const { duplicates: words, common } = t;
  const { totalGroups, files, bytes, missing, elsewhere, groups } = report;
  if (totalGroups === 0)
    return {
      text: lines(words.none, missing > 0 && words.missing(missing)),
      buttons: rows([button(t.lookAlikes.look, ["la-look", jobId]), button(common.close, ["close"])]),
    };
  return {
    text: lines(
      words.found(totalGroups, files, bytes),
      totalGroups > groups.length && words.more(groups.length),
      missing > 0 && words.missing(missing),
      elsewhere > 0 && words.elsewhere(elsewhere),
    ),
    buttons: rows(
      [button(words.review(groups.length), ["du-one", jobId, 0], "primary"), button(words.rule, ["du-rule", jobId])],
      [button(t.lookAlikes.look, ["la-look", jobId])],
    ),
  };
}

export function groupView(
  voice: Voice,
  jobId: string,
  report: DuplicateReport,
  index: number,
  chats: ReadonlyMap<number, Chat>,
): View {
  const { t } = voice;
  const words = t.duplicates;
  const group = report.groups[index];
  if (!group) return { text: lines(words.done), buttons: rows([button(words.back, ["du", jobId])]) };
  const shown = group.copies.slice(0, COPIES_SHOWN);
  const facts = ({ chatIds, date, paths }: (typeof shown)[number]) =>
    [
      chatIds
        .slice(0, 2)
        .map((id) => plainName(chats.has(id) ? titleOf(voice, chats.get(id)!) : String(id), 30))
        .join(", "),
      day(voice, new Date(date)),
      paths.length > 1 && words.names(paths.length),
    ]
      .filter((fact) => typeof fact === "string")
      .join(" · ");
  return {
    text: lines(
      words.group(index + 1, report.groups.length, group.copies.length, group.size),
      ...shown.map((copy, at) => words.copy(at + 1, facts(copy), path(cutText(copy.paths[0] ?? "", 160)))),
    ),
    buttons: [
      ...inRows(
        shown.map((_, at) => button(words.keep(at + 1), ["du-keep", jobId, index, at])),
        3,
      ),
      ...rows([button(words.back, ["du", jobId]), button(words.skip, ["du-one", jobId, index + 1])]),
    ],
  };
}

export function ruleView(voice: Voice, jobId: string, report: DuplicateReport, chats: readonly Chat[]): View {
  const words = voice.t.duplicates;
  const copies = report.groups.reduce((sum, group) => sum + group.copies.length - 1, 0);
  const bytes = report.groups.reduce((sum, group) => sum + bytesFreedBy(group), 0);
  return {
    text: lines(words.askRule(report.groups.length, copies, bytes)),
    buttons: [
      ...rows([
        button(words.newest, ["du-by", jobId, "newest"], "primary"),
        button(words.oldest, ["du-by", jobId, "oldest"]),
      ]),
      ...inRows(
        chats.map((chat) =>
          button(words.inChat(plainName(titleOf(voice, chat), 20)), ["du-by", jobId, "chat", chat.chatId]),
        ),
        2,
      ),
      ...rows([button(words.back, ["du", jobId])]),
    ],
  };
}

/** The exact number, before anything happens. */
export function confirmView(
  { t }: Voice,
  draftId: string,
  jobId: string,
  report: DuplicateReport,
  orders: readonly FreeOrder[],
): View {
  const words = t.duplicates;
  const count = orders.reduce((sum, { drop }) => sum + drop.length, 0);
  const chosen = new Set(orders.map(({ key }) => key));
  const groups = report.groups.filter(({ key }) => chosen.has(key));
  const bytes = bytesFreedByOrders(groups, orders);
  const canLink = groups.every(isOneDisk);
  const [only] = orders.length === 1 ? orders : [];
  return {
    text: lines(
      words.confirm(count, bytes, orders.length),
      only && words.staying(path(cutText(only.keep, 160))),
      words.how,
      !canLink && words.notOneDisk,
    ),
    buttons: rows(
      [
        canLink && button(words.link(count), ["du-go", draftId, "link"], "primary"),
        button(words.remove(count), ["du-go", draftId, "remove"], "danger"),
      ],
      [button(words.keepAll, ["du", jobId])],
    ),
  };
}

export function freedView({ t }: Voice, { root }: Family, number: number): View | null {
  if (root.task !== "free-duplicates" || !root.result) return null;
  const words = t.duplicates;
  const { freed, bytes, kept } = root.result;
  return {
    text: lines(
      freed > 0 ? words.freed(number, freed, bytes) : words.nothingFreed(number),
      kept.length > 0 && words.left(kept.length),
      ...kept
        .slice(0, KEPT_SHOWN)
        .map((one) => words.leftOne(path(cutText(one.path, 120)), words.reasons[one.reason] ?? one.reason)),
    ),
  };
}
