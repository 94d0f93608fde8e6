import type { FastifyInstance } from 'fastify';
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

export interface SessionRoutesOptions {
  readonly signIn: Pick<SignIn, 'check'>;
  readonly authenticator: Authenticator;
  readonly sessions: SessionStore;
  readonly transactions: Transactions;
  readonly now: () => number;
}

/** POST /api/v1/session/confirm: who is signed in gives their password again; the session goes on, freshly signed in. Slowed down like a sign-in. */
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
}
