/** An empty database for a test: none of its own (the embedded SQLite), or a new one on the server of TEST_DATABASE_URL. */
import { randomBytes } from "node:crypto";
import { createConnection } from "mysql2/promise";

export interface EmptyDatabase {
  /** For DATABASE_URL; null means the embedded one. */
  url: string | null;
  drop(): Promise<void>;
}

export async function embeddedDatabase(): Promise<EmptyDatabase> {
  return { url: null, drop: async () => {} };
}

export async function serverDatabase(): Promise<EmptyDatabase> {
  const server = process.env.TEST_DATABASE_URL;
  if (!server)
    throw new Error("TEST_DATABASE_URL is not set: run npm run test:mysql, which starts a MariaDB of its own.");
  const name = `e2e_${randomBytes(6).toString("hex")}`;
  const url = new URL(server);
  const ask = async (sql: string) => {
    const connection = await createConnection(server);
    await connection.query(sql);
    await connection.end();
  };
  await ask(`CREATE DATABASE ${name}`);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => ask(`DROP DATABASE IF EXISTS ${name}`) };
}
