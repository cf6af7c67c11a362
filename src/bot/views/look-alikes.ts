import type { Family } from "../../core/job.ts";
import type { LookAlikeReport, RemovalOrder, SeenPicture } from "../../core/look-alikes.ts";
import type { Chat } from "../../core/media.ts";
import { cutText } from "../../core/text.ts";
import { button, inRows, lines, rows, type View } from "../view.ts";
import { day, path, plainName, type Voice } from "../voice.ts";
import { titleOf } from "./chats.ts";

const SHOWN = 8;
const PER_ROW = 4;

export function alikeReportView({ t }: Voice, jobId: string, report: LookAlikeReport): View {
  const { lookAlikes: words, common } = t;
  const { totalGroups, groups, pictures, looked, unclear, missing } = report;
  const notes = [
    unclear > 0 && words.unclear(unclear),
    missing > 0 && t.duplicates.missing(missing),
    totalGroups > groups.length && words.more(groups.length),
  ];
  if (totalGroups === 0)
    return { text: lines(words.none(looked), ...notes), buttons: rows([button(common.close, ["close"])]) };
  return {
    text: lines(words.found(totalGroups, pictures, looked), words.notTheSame, ...notes),
    buttons: rows([button(words.review(groups.length), ["la-one", jobId, 0], "primary")]),
  };
}

export function alikeGroupView(
  voice: Voice,
  jobId: string,
  report: LookAlikeReport,
  index: number,
  there: readonly SeenPicture[],
  chats: ReadonlyMap<number, Chat>,
): View {
  const { duplicates: common, lookAlikes: words } = voice.t;
  const group = report.groups[index];
  if (!group) return { text: lines(common.done), buttons: rows([button(common.back, ["la", jobId])]) };
  const shown = group.pictures
    .map((picture, at) => ({ picture: there.find(({ content }) => content === picture.content), at }))
    .flatMap(({ picture, at }) => (picture ? [{ picture, at }] : []))
    .slice(0, SHOWN);
  const facts = ({ chatId, date, width, height, bytes }: SeenPicture) => {
    const chat = chats.get(chatId);
    return words.facts(
      plainName(chat ? titleOf(voice, chat) : String(chatId), 30),
      day(voice, new Date(date)),
      width,
      height,
      bytes,
    );
  };
  return {
    text: lines(
      words.group(index + 1, report.groups.length, shown.length),
      ...shown.map(({ picture, at }) =>
        common.copy(at + 1, facts(picture), path(cutText(picture.paths[0] ?? "", 160))),
      ),
      shown.length < 2 && words.oneLeft,
    ),
    buttons: [
      ...inRows(
        shown.map(({ at }) => button(words.send(at + 1), ["la-send", jobId, index, at])),
        PER_ROW,
      ),
      // With one left there is nothing to choose.
      ...inRows(
        shown.length < 2 ? [] : shown.map(({ at }) => button(words.remove(at + 1), ["la-remove", jobId, index, at])),
        PER_ROW,
      ),
      ...rows([button(common.back, ["la", jobId]), button(common.skip, ["la-one", jobId, index + 1])]),
    ],
  };
}

/** One picture, named, before anything happens. */
export function removalView(
  { t }: Voice,
  draftId: string,
  jobId: string,
  index: number,
  { remove, stay }: RemovalOrder,
): View {
  const words = t.lookAlikes;
  return {
    text: lines(
      words.confirm(remove.bytes),
      path(cutText(remove.paths[0] ?? "", 160)),
      remove.paths.length > 1 && words.otherPlaces(remove.paths.length - 1),
      words.whatIsLost(stay.length),
    ),
    buttons: rows(
      [button(words.removeThis, ["la-go", draftId], "danger")],
      [button(t.duplicates.keepAll, ["la-one", jobId, index])],
    ),
  };
}

export function removedView({ t }: Voice, { root }: Family, number: number): View | null {
  if (root.task !== "remove-look-alike" || !root.result) return null;
  const words = t.lookAlikes;
  const { path: place, bytes, reason } = root.result;
  const where = path(cutText(place, 160));
  return {
    text: lines(
      reason === null ? words.removed(number, bytes) : words.notRemoved(number, words.reasons[reason]),
      where,
    ),
  };
}
