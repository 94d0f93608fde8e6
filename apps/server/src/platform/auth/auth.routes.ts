import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { badInput, tooMany, unauthenticated } from '../errors/refusals.js';
import type { Authenticator } from './authenticator.js';
import type { SessionCookie } from './cookies.js';
import { Busy } from './password.js';
import type { SignIn } from './sign-in.js';

const signInSchema = z.object({ email: z.string().min(1).max(320), password: z.string().min(1).max(1_024) });

export interface AuthRoutesOptions {
  readonly signIn: SignIn;
  readonly authenticator: Authenticator;
  readonly cookie: SessionCookie;
  readonly sessionSeconds: number;
}

/** POST /auth/sign-in and /auth/sign-out: the only way to a session. */
export function authRoutes(fastify: FastifyInstance, { signIn, authenticator, cookie, sessionSeconds }: AuthRoutesOptions): void {
  fastify.post('/auth/sign-in', { config: { action: 'public.sign_in' } }, async (request, reply) => {
    const asked = signInSchema.safeParse(request.body);
    if (!asked.success) throw badInput('Send JSON with email and password.');
    const { email, password } = asked.data;
    let token: string | null;
    try {
      token = await signIn.run(email, password, request.ip);
    } catch (error) {
      throw error instanceof Busy ? tooMany() : error;
    }
    if (token === null) throw unauthenticated('E-mail or password is wrong.');
    // A browser that signs in again leaves its former session behind for good.
    const former = authenticator.credentialOf(request.headers);
    if (former?.kind === 'session') await authenticator.end(former);
    return reply.code(204).header('set-cookie', cookie.set(token, sessionSeconds)).header('cache-control', 'no-store').send();
  });

  fastify.post('/auth/sign-out', { config: { action: 'public.sign_out' } }, async (request, reply) => {
    const credential = authenticator.credentialOf(request.headers);
    if (credential?.kind === 'session') await authenticator.end(credential);
    return reply.code(204).header('set-cookie', cookie.clear()).header('cache-control', 'no-store').send();
  });
}
