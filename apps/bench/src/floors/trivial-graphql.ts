import 'reflect-metadata';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { GraphQLISODateTime, GraphQLModule } from '@nestjs/graphql';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { answer } from '../child-program.js';

/** What the floor serves: the schema, and the value of each root field. */
export interface TrivialCommand {
  readonly port: number;
  readonly schema: string;
  readonly values: Readonly<Record<string, unknown>>;
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Instants are Dates, as in our server, so that writing them costs the same. */
function revived(values: unknown): Record<string, unknown> {
  return JSON.parse(JSON.stringify(values), (_, value: unknown) => (typeof value === 'string' && INSTANT.test(value) ? new Date(value) : value)) as Record<string, unknown>;
}

@Module({})
class Trivial {
  static with({ schema, values }: TrivialCommand): DynamicModule {
    const known = revived(values);
    return {
      module: Trivial,
      imports: [
        GraphQLModule.forRoot<ApolloDriverConfig>({
          driver: ApolloDriver, path: '/graphql', typeDefs: schema, graphiql: false, introspection: false, csrfPrevention: true, allowBatchedHttpRequests: false, persistedQueries: false,
          plugins: [ApolloServerPluginCacheControlDisabled()],
          resolverValidationOptions: { requireResolversToMatchSchema: 'ignore' },
          resolvers: { DateTime: GraphQLISODateTime, Query: Object.fromEntries(Object.entries(known).map(([field, value]) => [field, () => value])) },
        }),
      ],
    };
  }
}

/** The same stack as our server (NestJS, Apollo, Fastify), the same schema, and nothing behind it: rows from memory, no caller to know. Cache hints are off as in ours. */
answer(async (command: TrivialCommand) => {
  const app = await NestFactory.create<NestFastifyApplication>(Trivial.with(command), new FastifyAdapter(), { logger: false });
  await app.listen(command.port, '127.0.0.1');
});
