import { mysqlDatabase } from "../support/database.ts";
import { dbContract } from "./db/suite.ts";

dbContract("the server", async () => {
  const database = await mysqlDatabase();
  const db = await database.open();
  return {
    db,
    remove: async () => {
      await db.close();
      await database.remove();
    },
  };
});
