/**
 * PostGraphile 5 as its documentation sets up a server: the Amber preset on the database as it is, computed columns and
 * mutations as functions in it, and for each request settings of PostgreSQL that the wall reads.
 */
import { createServer } from "node:http";
import { postgraphile } from "postgraphile";
import { makePgService } from "postgraphile/adaptors/pg";
import { grafserv } from "postgraphile/grafserv/node";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";
import { addPgTableOrderBy, orderByAscDesc } from "postgraphile/utils";
import { DATABASE_URL, listening, POOL_SIZE, signedIn } from "./door.mjs";

/** No index orders standings by their score, so the preset does not offer it. */
const scoreOrder = addPgTableOrderBy({ schemaName: "public", tableName: "standings" }, () =>
  orderByAscDesc("SCORE", "score", { nulls: "last" }),
);

const preset = {
  extends: [PostGraphileAmberPreset],
  plugins: [scoreOrder],
  pgServices: [
    makePgService({
      connectionString: DATABASE_URL,
      schemas: ["public"],
      pubsub: false,
      poolConfig: { max: POOL_SIZE },
    }),
  ],
  grafserv: { graphqlPath: "/graphql", graphiql: false, watch: false },
  grafast: {
    explain: false,
    context: async ({ node }) => {
      const { organizationId, email } = await signedIn(node.req.headers.authorization);
      return { pgSettings: { "app.organization": organizationId, "app.email": email } };
    },
  },
};

const library = postgraphile(preset);
const server = createServer();
await library.createServ(grafserv).addTo(server);
await library.getSchema();
server.listen(0, "127.0.0.1", () => listening(server.address().port));
