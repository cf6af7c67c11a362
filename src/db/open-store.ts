import { QueryTypes, type Sequelize } from "sequelize";
import { actionLogRepository } from "./action-log.ts";
import { archiveRepository } from "./archives.ts";
import { budgetRepository } from "./budget.ts";
import { chatRepository } from "./chats.ts";
import type { ClaimOptions } from "./claims.ts";
import { type ConnectOptions, connect } from "./connection.ts";
import type { Repositories } from "./db.ts";
import { deletionRepository } from "./deletions.ts";
import { downloadLogRepository } from "./download-log.ts";
import { draftRepository } from "./drafts.ts";
import { duplicateRepository } from "./duplicates.ts";
import { findFillers } from "./fillers.ts";
import { jobCardRepository } from "./job-cards.ts";
import { jobEventRepository } from "./job-events.ts";
import { jobRepository } from "./jobs.ts";
import { messageRepository } from "./messages.ts";
import { migrate, planMigration, type Step } from "./migrate.ts";
import { pictureRepository } from "./pictures.ts";
import { scheduleRepository } from "./schedules.ts";
import { searchRepository } from "./search.ts";
import { settingsRepository } from "./settings.ts";
import type { Store } from "./sql.ts";
import { statisticsRepository } from "./statistics.ts";
import { createStore } from "./store.ts";
import { topicRepository } from "./topics.ts";
import { workerRepository } from "./workers.ts";

export interface OpenStoreOptions extends ConnectOptions {
  onStep?: (step: Step) => void;
}

/** Connects, migrates, and looks at what an adopted table wants. */
export async function openStore(url: string, options: OpenStoreOptions = {}): Promise<Store> {
  const sequelize = connect(url, options);
  try {
    // Only a real migration gets a connection that waits for ever.
    if ((await planMigration(sequelize)).length > 0) await migrateDatabase(url, options.onStep);
    return createStore(sequelize, { server: await serverOf(sequelize), fillers: await findFillers(sequelize) });
  } catch (error) {
    await sequelize.close();
    throw error;
  }
}

async function migrateDatabase(url: string, onStep?: (step: Step) => void): Promise<void> {
  const sequelize = connect(url, { queryLimit: false });
  try {
    await migrate(sequelize, onStep);
  } finally {
    await sequelize.close();
  }
}

export async function serverOf(sequelize: Sequelize): Promise<Store["server"]> {
  if (sequelize.getDialect() === "sqlite") return "sqlite";
  const [row] = await sequelize.query<{ version: string }>("SELECT VERSION() AS version", { type: QueryTypes.SELECT });
  return /mariadb/i.test(row?.version ?? "") ? "mariadb" : "mysql";
}

export const repositoriesOf = (
  store: Store,
  options: ClaimOptions = { takesBystanders: () => true },
): Repositories => ({
  chats: chatRepository(store),
  messages: messageRepository(store),
  downloadLog: downloadLogRepository(store),
  actionLog: actionLogRepository(store),
  jobs: jobRepository(store, options),
  jobEvents: jobEventRepository(store),
  jobCards: jobCardRepository(store),
  settings: settingsRepository(store),
  drafts: draftRepository(store),
  workers: workerRepository(store),
  budget: budgetRepository(store),
  statistics: statisticsRepository(store),
  search: searchRepository(store),
  duplicates: duplicateRepository(store),
  pictures: pictureRepository(store),
  topics: topicRepository(store),
  deletions: deletionRepository(store),
  schedules: scheduleRepository(store),
  archives: archiveRepository(store),
});
