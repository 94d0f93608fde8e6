import { HttpException } from '@nestjs/common';
import { isDatabaseAway } from '@orderwatch/db';
import type { FastifyReply } from 'fastify';
import { Refusal } from './refusals.js';

/** RFC 9457. `requestId` is also in the log. */
export interface Problem {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly requestId: string;
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad request', 401: 'Not signed in', 403: 'Not allowed', 404: 'Not found', 405: 'Method not allowed', 408: 'Too slow', 409: 'Conflict', 413: 'Too large', 414: 'Address too long',
  415: 'Content type not understood', 429: 'Too many attempts', 431: 'Headers too large', 500: 'Something failed', 503: 'Not available now',
};

/** What the caller did wrong is told; what failed here is not, only under which id to find it. */
function statusAndDetail(error: unknown): { status: number; detail: string } {
  if (error instanceof Refusal) return { status: error.status, detail: error.message };
  if (error instanceof HttpException) return { status: error.getStatus(), detail: error.message };
  if (isDatabaseAway(error)) return { status: 503, detail: 'The database cannot be reached right now; try again in a moment.' };
  if (error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number' && error.statusCode >= 400 && error.statusCode < 500) {
    return { status: error.statusCode, detail: error.message };
  }
  return { status: 500, detail: 'Something failed on our side. The request id finds it in the log.' };
}

export function problemOf(error: unknown, requestId: string): Problem {
  const { status, detail } = statusAndDetail(error);
  return { type: 'about:blank', title: TITLES[status] ?? (status < 500 ? 'Refused' : 'Something failed'), status, detail, requestId };
}

/** Headers of a problem document. */
export function problemHeaders(status: number): Record<string, string> {
  return { ...(status === 503 || status === 429 ? { 'retry-after': '2' } : {}), 'content-type': 'application/problem+json; charset=utf-8', 'cache-control': 'no-store' };
}

export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply.code(problem.status).headers(problemHeaders(problem.status)).send(JSON.stringify(problem));
}
