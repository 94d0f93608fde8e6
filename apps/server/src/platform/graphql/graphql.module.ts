import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { GraphQLModule } from '@nestjs/graphql';
import type { FastifyRequest } from 'fastify';
import type { Config } from '../../config.js';
import type { Logger } from '../telemetry/logger.js';
import { CONFIG, LOGGER } from '../tokens.js';
import { errorPlugin } from './error-plugin.js';
import { plainExecution } from './plain-execution.js';
import { limitsRule, MOST_TOKENS } from './limits.js';

/** Settings with which the schema is built, wherever it is. */
export const SCHEMA_OPTIONS = { dateScalarMode: 'isoDate', numberScalarMode: 'float' } as const;

/**
 * GraphQL over HTTP at /graphql: code first, no batching, no introspection in production, bounded requests, masked failures.
 * Apollo's cache hints are off: nothing here may be cached, and they would wrap the resolver of every field of every row.
 */
export const graphqlModule = GraphQLModule.forRootAsync<ApolloDriverConfig>({
  driver: ApolloDriver,
  inject: [CONFIG, LOGGER],
  useFactory: (config: Config, logger: Logger): Omit<ApolloDriverConfig, 'driver'> => ({
    path: '/graphql', autoSchemaFile: true, sortSchema: true, buildSchemaOptions: SCHEMA_OPTIONS, graphiql: false, introspection: !config.isProduction, csrfPrevention: true,
    allowBatchedHttpRequests: false, includeStacktraceInErrorResponses: false, preserveHttpStatusForExecutionErrors: false, autoTransformHttpErrors: false,
    validationRules: [limitsRule], parseOptions: { maxTokens: MOST_TOKENS }, persistedQueries: false, plugins: [ApolloServerPluginCacheControlDisabled(), plainExecution(), errorPlugin(logger)], logger,
    context: (request: FastifyRequest) => ({ request }),
  }),
});
