import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { problemOf, sendProblem } from './problem.js';

/** Every error of an HTTP endpoint, whoever raised it, becomes a problem document. GraphQL shapes its own. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): unknown {
    if (host.getType<string>() === 'graphql') throw error;
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const problem = problemOf(error, request.id);
    if (problem.status >= 500) request.log.error({ err: error, requestId: request.id }, problem.title);
    if (reply.sent) return reply;
    return sendProblem(reply, problem);
  }
}
