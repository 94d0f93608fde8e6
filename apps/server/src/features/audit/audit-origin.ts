import { withAuditOrigin } from '@orderwatch/db';
import type { FastifyInstance } from 'fastify';
import type { Authenticator } from '../../platform/auth/authenticator.js';

/** So much of a session's hash tells one person's sessions apart; nobody gets in with it. Bytes. */
const TELLS_APART = 4;

/** Every audit entry of a request says which request and which session it was. Once the body is read: what comes before has an end of its own. */
export function noteOrigins(fastify: FastifyInstance, authenticator: Authenticator): void {
  fastify.addHook('preHandler', (request, _reply, done) => {
    if (request.url.startsWith('/webhooks/')) return done();
    withAuditOrigin(() => {
      const credential = authenticator.credentialOf(request.headers);
      return { request: request.id, session: credential?.kind === 'session' ? credential.hash.toString('hex', 0, TELLS_APART) : null };
    }, done);
  });
}
