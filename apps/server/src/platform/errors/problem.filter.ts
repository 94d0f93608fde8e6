import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { problemOf, sendProblem } from './problem.js';

/** Answers with the problem; what failed on our side is logged in full. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = problemOf(error, request.id);
  if (problem.status >= 500) request.log.error({ err: error }, problem.title);
  return reply.sent ? reply : sendProblem(reply, problem);
}

/** Every error of an HTTP endpoint, whoever raised it, becomes a problem document. GraphQL shapes its own. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): unknown {
    if (host.getType<string>() === 'graphql') throw error;
    const http = host.switchToHttp();
    return answerError(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }
}
