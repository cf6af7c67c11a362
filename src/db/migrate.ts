import { QueryTypes, type Sequelize } from "sequelize";
import { SequelizeStorage, Umzug } from "umzug";
import { MIGRATIONS } from "../../migrations/index.ts";
import { Schema } from "../../migrations/schema.ts";
import { FatalError, UserError } from "../core/errors.ts";

/** A database may hold other programs' tables as well, so the name says whose list it is. */
const DONE_TABLE = "telegram_utilities_migrations";
/** How long a machine waits while another one migrates. */
const LOCK_SECONDS = 600;

export interface Step {
  name: string;
  /** What it changes, as SQL; none where an adopted database has everything already. */
  statements: string[];
}

/** Brings a database to the schema that this program knows, one machine at a time; answers with what it did. */
export function migrate(sequelize: Sequelize, onStep?: (step: Step) => void): Promise<Step[]> {
  return oneAtATime(sequelize, async () => {
    const steps: Step[] = [];
    const umzug = umzugOf(sequelize, (step) => {
      steps.push(step);
      onStep?.(step);
    });
    refuseNewer(await executed(sequelize));
    await umzug.up();
    return steps;
  });
}

/** What `migrate` would do, without doing it. Steps that build on earlier ones are shown as if those were done. */
export async function planMigration(sequelize: Sequelize): Promise<Step[]> {
  // Asking umzug would make its table at once.
  const done = (await new Schema(sequelize, { planning: true }).hasTable(DONE_TABLE)) ? await executed(sequelize) : [];
  refuseNewer(done);
  const steps: Step[] = [];
  for (const migration of MIGRATIONS.filter(({ name }) => !done.includes(name))) {
    const schema = new Schema(sequelize, { planning: true });
    await migration.up(schema);
    steps.push({ name: migration.name, statements: schema.statements });
  }
  return steps;
}

function umzugOf(sequelize: Sequelize, done: (step: Step) => void): Umzug<object> {
  return new Umzug({
    migrations: MIGRATIONS.map(({ name, up }) => ({
      name,
      up: async () => {
        const schema = new Schema(sequelize, { planning: false });
        await up(schema);
        done({ name, statements: schema.statements });
      },
    })),
    context: {},
    storage: storageOf(sequelize),
    logger: undefined,
  });
}

const storageOf = (sequelize: Sequelize): SequelizeStorage =>
  new SequelizeStorage({ sequelize, modelName: DONE_TABLE, tableName: DONE_TABLE });

/** Also those that this program does not know, of which umzug itself says nothing. */
const executed = (sequelize: Sequelize): Promise<string[]> => storageOf(sequelize).executed();

/** A program that does not know a column could take away what a newer one wrote there. */
function refuseNewer(done: readonly string[]): void {
  const known = new Set(MIGRATIONS.map(({ name }) => name));
  const unknown = done.filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  throw new NewerSchemaError(
    `The database was made by a newer version of this program (it has ${unknown.join(", ")}). Update this machine, then start it again.`,
  );
}

export class NewerSchemaError extends FatalError {
  override name = "NewerSchemaError";
  constructor(message: string) {
    super(message, "CONFIG");
  }
}

async function oneAtATime<T>(sequelize: Sequelize, work: () => Promise<T>): Promise<T> {
  // A file has one program; there is nobody to wait for.
  if (sequelize.getDialect() !== "mysql") return work();
  // The lock belongs to a connection, so one transaction holds it while the work goes over others.
  return sequelize.transaction(async (transaction) => {
    // A lock's name has 64 characters at the most, as many as a database's.
    const database = "CONCAT('migrate ', LEFT(SHA2(DATABASE(), 256), 40))";
    const [row] = await sequelize.query<{ locked: number | null }>(
      `SELECT GET_LOCK(${database}, ${LOCK_SECONDS}) AS locked`,
      { type: QueryTypes.SELECT, transaction },
    );
    if (Number(row?.locked) !== 1) {
      throw new UserError(
        "Another machine has been changing the database for ten minutes. Start again when it is done.",
      );
    }
    try {
      return await work();
    } finally {
      await sequelize.query(`SELECT RELEASE_LOCK(${database})`, { type: QueryTypes.SELECT, transaction });
    }
  });
}
