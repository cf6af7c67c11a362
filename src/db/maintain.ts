/** What is done to a database from outside, by the commands of the toolbox. */
import { join } from "node:path";
import { FatalError } from "../core/errors.ts";
import { connect } from "./connection.ts";
import { asStartFault, isAway, refusalOf } from "./faults.ts";
import { migrate, planMigration, type Step } from "./migrate.ts";

/** The file that is the database where no server is named. */
export const fileUrl = (dataDir: string): string => `sqlite:${join(dataDir, "database.sqlite")}`;

/** For a person to read: without user and password. */
export function describeAddress(url: string): string {
  if (url.startsWith("sqlite:")) return `The file ${url.slice("sqlite:".length)}`;
  const { host, pathname } = new URL(url);
  return `The database ${decodeURIComponent(pathname.slice(1))} on ${host}`;
}

/** The steps that a database lacks, with their SQL; nothing is changed. */
export async function previewMigrations(url: string): Promise<Step[]> {
  const sequelize = connect(url, { queryLimit: false });
  try {
    return await planMigration(sequelize);
  } catch (error) {
    throw explained(error, url);
  } finally {
    await sequelize.close();
  }
}

/** Takes those steps. */
export async function applyMigrations(url: string, onStep?: (step: Step) => void): Promise<Step[]> {
  const sequelize = connect(url, { queryLimit: false });
  try {
    return await migrate(sequelize, onStep);
  } catch (error) {
    throw explained(error, url);
  } finally {
    await sequelize.close();
  }
}

function explained(error: unknown, url: string): unknown {
  if (refusalOf(error) !== null || !isAway(error)) return asStartFault(error);
  const cure = "Start it, or correct its address in DATABASE_URL.";
  return new FatalError(`${describeAddress(url)} does not answer. ${cure}`, "CONFIG", { cause: error });
}
