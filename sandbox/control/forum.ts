import type { ChatInput, SeriesInput } from "../world/builder.ts";

/** A supergroup with topics: General, and one for each title, numbered from 2 by the messages that open them. */
export function withTopics(
  titles: readonly string[],
  about: { title: string; ownerId: number; createdAt: number; series: SeriesInput | undefined },
): Pick<ChatInput, "isForum" | "topics" | "createdAt" | "series"> {
  const { title, ownerId, createdAt, series } = about;
  const topic = { iconColor: 7322096, createdAt, creatorId: ownerId, closed: false, pinned: false, hidden: false };
  const topics = titles.map((name, n) => ({ ...topic, id: n + 2, title: name }));
  const said = { fromId: ownerId, date: createdAt, text: "", entities: [] };
  return {
    isForum: true,
    topics: [{ ...topic, id: 1, title: "General" }, ...topics],
    createdAt,
    series: {
      count: topics.length + 1,
      ...series,
      from: createdAt + 60,
      topics: [1, ...topics.map(({ id }) => id)],
      intro: [
        { ...said, service: { type: "channel-create", title } },
        ...topics.map(({ id, title: name, iconColor }) => ({
          ...said,
          service: { type: "topic-create" as const, title: name, iconColor },
          topicId: id,
        })),
      ],
    },
  };
}
