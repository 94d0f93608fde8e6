import type { ApolloServerPlugin } from '@apollo/server';
import { isBadValue, isDatabaseAway } from '@orderwatch/db';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { GraphqlContext } from '../auth/allow.js';
import { Refusal } from '../errors/refusals.js';
import type { Logger } from '../telemetry/logger.js';

/** Mistakes of the caller that Apollo names itself, before anything of ours ran. */
const CALLERS = new Set(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT', 'BAD_REQUEST', 'PERSISTED_QUERY_NOT_SUPPORTED', 'OPERATION_RESOLUTION_FAILURE']);

function originalOf(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError ? originalOf(error.originalError) : error;
}

function isCallers(error: GraphQLError): boolean {
  return originalOf(error) instanceof Refusal || CALLERS.has(String(error.extensions['code']));
}

/** What failed here is logged and told as an id only; what was refused says why. */
export function masked(error: GraphQLError, requestId: string): GraphQLFormattedError {
  const where = { ...(error.path ? { path: error.path } : {}), ...(error.locations ? { locations: error.locations } : {}) };
  if (isCallers(error)) return { message: error.message, ...where, extensions: { code: error.extensions['code'] ?? 'BAD_REQUEST', requestId } };
  if (isBadValue(originalOf(error))) return { message: 'A value of the request cannot be used.', ...where, extensions: { code: 'BAD_USER_INPUT', requestId } };
  const isAway = isDatabaseAway(originalOf(error));
  const message = isAway ? 'The database cannot be reached right now; try again in a moment.' : 'Something failed on our side.';
  return { message, ...(error.path ? { path: error.path } : {}), extensions: { code: isAway ? 'UNAVAILABLE' : 'INTERNAL_SERVER_ERROR', requestId } };
}

export function errorPlugin(logger: Logger): ApolloServerPlugin<GraphqlContext> {
  return {
    requestDidStart: async () => ({
      willSendResponse: async ({ response, errors, contextValue, operationName }) => {
        response.http.headers.set('cache-control', 'no-store');
        if (!errors?.length || response.body.kind !== 'single') return;
        const { id, log } = contextValue.request;
        for (const error of errors) {
          if (isCallers(error)) continue;
          const err = originalOf(error);
          // Most often the caller's; should it be ours after all, this line tells.
          if (isBadValue(err)) (log ?? logger).warn({ err, requestId: id, operationName }, 'a value that the database does not take');
          else (log ?? logger).error({ err, requestId: id, operationName }, 'a GraphQL field failed');
        }
        response.body.singleResult.errors = errors.map((error) => masked(error, id));
        if (errors.some((error) => error.extensions['code'] === 'UNAUTHENTICATED')) response.http.status = 401;
      },
    }),
  };
}
