import "reflect-metadata";
import { DataSource, type DataSourceOptions } from "typeorm";
import { TablesCreate1795219200000 } from "./migrations/1795219200000-tables-create";
import { WallRaise1795219300000 } from "./migrations/1795219300000-wall-raise";
import { QuestionVersionsPublish1795228951085 } from "./migrations/1795228951085-question-versions-publish";
import { QuestionSearchCreate1795229736152 } from "./migrations/1795229736152-question-search-create";
import { BookingsCreate1795241132966 } from "./migrations/1795241132966-bookings-create";
import { ApiKeysCreate1795250833728 } from "./migrations/1795250833728-api-keys-create";
import { MembersComeAndLeave1795251382483 } from "./migrations/1795251382483-members-come-and-leave";
import { IntegrationCreate1795261560018 } from "./migrations/1795261560018-integration-create";
import { ReadableNames } from "./src/platform/db/naming";
import { poolOptions } from "./src/platform/db/pool";
import { JournalCursor, JournalPosition } from "./src/platform/journal/journal.entity";
import { entitiesOf } from "./src/platform/slice";
import { slices } from "./src/slices";

/** In the order of their stamps. `npm run migration:new` writes the file; its class is listed here. */
const migrations = [
  TablesCreate1795219200000,
  WallRaise1795219300000,
  QuestionVersionsPublish1795228951085,
  QuestionSearchCreate1795229736152,
  BookingsCreate1795241132966,
  ApiKeysCreate1795250833728,
  MembersComeAndLeave1795251382483,
  IntegrationCreate1795261560018,
];

interface Options {
  poolSize?: number;
  statementNames?: boolean;
}

/** A data source on the database of the URL, not yet connected. */
export function dataSource(url: string, { poolSize = 10, statementNames = true }: Options = {}): DataSource {
  return new DataSource({
    type: "postgres",
    url,
    entities: [JournalPosition, JournalCursor, ...entitiesOf(slices)],
    migrations,
    namingStrategy: new ReadableNames(),
    installExtensions: false,
    migrationsTransactionMode: "each",
    extra: poolOptions(poolSize, statementNames),
  } as DataSourceOptions);
}
