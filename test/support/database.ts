/** A database that is there for one test file, of the kind the file asks for. */
import mysql from "mysql2/promise";
import type { Db } from "../../src/db/db.ts";
import { openDatabase } from "../../src/db/index.ts";
import { makeTempFolder, removeFolder } from "./temp.ts";

export interface TestDatabase {
  /** `sqlite:<path>` or mysql://… */
  url: string;
  folder: string;
  /** As one more machine of the owner's. */
  open(hostname?: string): Promise<Db>;
  remove(): Promise<void>;
}

export const SILENT = { info() {}, warn() {}, error() {} };

export async function sqliteDatabase(): Promise<TestDatabase> {
  const folder = makeTempFolder();
  return {
    url: `sqlite:${folder}/database.sqlite`,
    folder,
    open: (hostname = "here") => openDatabase({ databaseUrl: null, dataDir: folder, hostname, log: SILENT }),
    remove: async () => removeFolder(folder),
  };
}

/** A database of its own on the server of TEST_DATABASE_URL. */
export async function mysqlDatabase(options: { charset?: string } = {}): Promise<TestDatabase> {
  const server = process.env.TEST_DATABASE_URL;
  if (!server) {
    throw new Error("These tests need a server: run them by “npm run test:mysql”, or set TEST_DATABASE_URL.");
  }
  const name = `test_${process.pid}_${Math.random().toString(36).slice(2, 10)}`;
  const url = new URL(server);
  await onServer(server, `CREATE DATABASE ${name} CHARACTER SET ${options.charset ?? "utf8mb4"}`);
  url.pathname = `/${name}`;
  const folders: string[] = [];
  return {
    url: url.href,
    folder: makeTempFolder(),
    open(hostname = "here") {
      const dataDir = makeTempFolder();
      folders.push(dataDir);
      return openDatabase({ databaseUrl: url.href, dataDir, hostname, log: SILENT });
    },
    async remove() {
      await onServer(server, `DROP DATABASE ${name}`);
      for (const folder of folders) removeFolder(folder);
    },
  };
}

/** A statement of the test's own, past everything the program does. */
export async function onServer<Row>(url: string, sql: string, values: unknown[] = []): Promise<Row[]> {
  const connection = await mysql.createConnection({ uri: url, charset: "utf8mb4", timezone: "Z", dateStrings: true });
  try {
    const [rows] = await connection.query(sql, values);
    return rows as Row[];
  } finally {
    await connection.end();
  }
}
