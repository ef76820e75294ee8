/**
 * Apollo Server standalone, TypeGraphQL and TypeORM as the guides of the three show them: a resolver for each relation, which
 * finds its rows through a DataLoader; nothing switched off or on.
 */
import "reflect-metadata";
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { buildSchema, type NonEmptyArray } from "type-graphql";
import { localIssuer, tokenVerifier } from "../../../src/identity/token.actions";
import { registerIdTypes } from "../../../src/platform/ids";
import { type Context, closeContext, openContext, source } from "./context";
import * as evaluations from "./evaluation.resolvers";
import * as fields from "./field.resolvers";
import * as queries from "./query.resolvers";
import * as submissions from "./submit.resolver";

registerIdTypes({ Organization: 0x010 });
const verify = tokenVerifier([localIssuer(process.env.BENCH_TOKEN_SECRET!)]);

async function contextOf(authorization = ""): Promise<Context> {
  const { org, email } = await verify(authorization.slice("Bearer ".length));
  return openContext({ organizationId: org!, email });
}

async function start(): Promise<void> {
  await source.initialize();
  const resolvers = [queries, fields, evaluations, submissions].flatMap((module) => Object.values(module));
  const schema = await buildSchema({ resolvers: resolvers as unknown as NonEmptyArray<() => void>, validate: false });
  const server = new ApolloServer<Context>({
    schema,
    plugins: [
      {
        requestDidStart: async () => ({
          willSendResponse: async ({ contextValue, errors }) => closeContext(contextValue, Boolean(errors)),
        }),
      },
    ],
  });
  const { url } = await startStandaloneServer(server, {
    listen: { port: 0, host: "127.0.0.1" },
    context: ({ req }) => contextOf(req.headers.authorization),
  });
  process.stdout.write(`listening on ${url}graphql\n`);
}

void start();
