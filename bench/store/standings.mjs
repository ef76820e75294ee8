import { dataSource } from "../../dist/ormconfig.js";
import { refreshStandings } from "../../dist/src/evaluations/standing.actions.js";
import { workerContext } from "../../dist/src/platform/context.js";
import { openDatabase } from "../../dist/src/platform/db/database.js";
import { nounsOf } from "../../dist/src/platform/slice.js";
import { slices } from "../../dist/src/slices.js";
import { RANKED_JOBS } from "./sizes.mjs";

/** Writes the standings of the first jobs' applications, by our own rules. */
export async function keepStandings(serverUrl, { jobs }, organizationId) {
  const source = await dataSource(serverUrl).initialize();
  const database = openDatabase(source, { statementNames: true, nouns: nounsOf(slices) });
  const { db } = workerContext(database, organizationId, "bench");
  for (let nth = 0; nth < Math.min(RANKED_JOBS, jobs); nth++) {
    const [job] = await db.all("select id from jobs order by id offset $1 limit 1", [nth]);
    const applications = await db.all("select id from applications where job_id = $1", [job.id]);
    await db.transaction((tx) =>
      refreshStandings(
        tx,
        applications.map(({ id }) => id),
      ),
    );
  }
  await database.close();
}
