import type { FastifyInstance } from 'fastify';
import type { HandsSaid, SessionLeft } from '@orderwatch/contract';
import type { SessionStore, Transactions } from '@orderwatch/db';
import { writeAudit } from '@orderwatch/db';
import { z } from 'zod';
import { badInput, forbidden, tooMany, unauthenticated } from '../errors/refusals.js';
import type { Authenticator } from './authenticator.js';
import { Busy } from './password.js';
import type { SignIn } from './sign-in.js';

/** Wrong passwords in a row after which the session is over: whoever sits there is not who signed in. */
const MOST_MISSES = 5;

const confirmSchema = z.object({ password: z.string().min(1).max(1_024) });

/** Eleven days at most: more than any session lasts, less than a span can be. */
const handsSchema: z.ZodType<HandsSaid> = z.object({ restedMs: z.number().min(0).max(1e9).nullable() });

export interface SessionRoutesOptions {
  readonly signIn: Pick<SignIn, 'check'>;
  readonly authenticator: Authenticator;
  readonly sessions: SessionStore;
  readonly transactions: Transactions;
  readonly now: () => number;
}

/**
 * POST /api/v1/session/confirm: who is signed in gives their password again; the session goes on, freshly signed in. Slowed down like a sign-in.
 * POST /api/v1/session/hands: a window says when hands were last at work in it, and hears what is left of the session.
 */
export function sessionRoutes(fastify: FastifyInstance, { signIn, authenticator, sessions, transactions, now }: SessionRoutesOptions): void {
  fastify.post('/api/v1/session/confirm', { config: { action: 'self.write' } }, async (request, reply) => {
    const [{ principal }, credential] = [request, authenticator.credentialOf(request.headers)];
    if (principal?.kind !== 'person' || credential?.kind !== 'session') throw forbidden('Only a person confirms their sign-in.');
    const asked = confirmSchema.safeParse(request.body);
    if (!asked.success) throw badInput('Send JSON with password.');
    const person = await signIn.check(principal.email, asked.data.password, request.ip).catch((error: unknown) => {
      throw error instanceof Busy ? tooMany() : error;
    });
    const came = await transactions.run(async (tx) => {
      const isTheirs = person?.id === principal.id && (await sessions.confirm(tx, credential.hash, principal.id));
      const isOver = !isTheirs && person === null && (await sessions.miss(tx, credential.hash)) >= MOST_MISSES;
      await writeAudit(tx, { actor: principal.id, action: isTheirs ? 'session.confirm' : 'session.confirm_failed', target: null, at: now(), detail: isOver ? { sessionEnded: true } : {} });
      return isTheirs ? 'confirmed' : isOver ? 'over' : 'wrong';
    });
    if (came === 'over') await authenticator.end(credential);
    // 403, not 401: the session itself goes on.
    if (came !== 'confirmed') throw person || came === 'over' ? unauthenticated() : forbidden('The password is wrong.');
    return reply.code(204).header('cache-control', 'no-store').send();
  });

  fastify.post('/api/v1/session/hands', { config: { action: 'self.write' } }, async (request, reply) => {
    const credential = authenticator.credentialOf(request.headers);
    if (credential?.kind !== 'session') throw forbidden('Only a person has a session.');
    const asked = handsSchema.safeParse(request.body);
    if (!asked.success) throw badInput('Send JSON with restedMs.');
    const { restedMs } = asked.data;
    const left: SessionLeft | null = await sessions.hands(credential.hash, restedMs === null ? null : restedMs / 1_000);
    if (!left) throw unauthenticated();
    return reply.header('cache-control', 'no-store').send(left);
  });
}
