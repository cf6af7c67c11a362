import { sqliteDatabase } from "../support/database.ts";
import { dbContract } from "./db/suite.ts";

dbContract("SQLite", async () => {
  const database = await sqliteDatabase();
  const db = await database.open();
  return {
    db,
    remove: async () => {
      await db.close();
      await database.remove();
    },
  };
});
