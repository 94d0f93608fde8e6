import type { FastifyInstance, FastifyRequest } from 'fastify';
import { HANDS_TOLD_HEADER } from '@orderwatch/contract';
import type { Action } from '@orderwatch/domain';
import { forbidden } from '../errors/refusals.js';
import { assertMayDo } from './access.guard.js';
import type { Authenticator } from './authenticator.js';
import type { DeniedAttempts } from './denied-attempts.js';
import { isOwnOrigin } from './origin.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the route is in the role matrix; a route without one is for nobody. */
    action?: Action;
  }
}

export interface KnownRoute {
  readonly method: string;
  readonly url: string;
  readonly action: Action | undefined;
}

/** Programs call these with a signature or not at all from a browser; cookies mean nothing there. */
const WITHOUT_COOKIES = /^\/(webhooks|health|metrics)(\/|\?|$)/;
/** Routes that other modules register; what is behind each asks its own question (every resolver; every signature). */
const REGISTERED: readonly (readonly [pattern: RegExp, action: Action])[] = [[/^\/graphql$/, 'public.web'], [/^\/webhooks\//, 'public.webhook']];
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Before every handler: says who asks, refuses what other people's pages send, and asks the matrix. Each resolver behind
 * /graphql is asked about separately. @returns every route that was registered, for the test that none was forgotten.
 */
export function guardRequests(fastify: FastifyInstance, authenticator: Authenticator, publicUrl: string, denied: Pick<DeniedAttempts, 'note'>): KnownRoute[] {
  const routes: KnownRoute[] = [];
  fastify.decorateRequest('principal', null);
  fastify.addHook('onRoute', (route) => {
    const known = REGISTERED.find(([pattern]) => pattern.test(route.url));
    if (known && !route.config?.action) route.config = { ...route.config, action: known[1] };
    for (const method of [route.method].flat()) routes.push({ method, url: route.url, action: route.config?.action });
  });
  fastify.addHook('onRequest', (request, _reply, done) => {
    if (request.is404) return done();
    const ask = (): void => assertMayDo(request.principal, request.routeOptions.config.action);
    // A promise each would be felt where deliveries come by the thousand.
    if (WITHOUT_COOKIES.test(request.url)) return attempt(ask, done);
    identify(request).then(() => attempt(ask, (error) => {
      if (!error || !request.principal) return done(error);
      void denied.note(request.principal, request.routeOptions.config.action, request.id).finally(() => done(error));
    }), done);
  });
  const identify = async (request: FastifyRequest): Promise<void> => {
    const credential = authenticator.credentialOf(request.headers);
    if (!SAFE.has(request.method) && credential?.kind !== 'token' && !isOwnOrigin(request.headers, publicUrl)) throw forbidden('The request came from another site.');
    request.principal = credential ? await authenticator.principalOf(credential, request.headers[HANDS_TOLD_HEADER] === undefined) : null;
  };
  return routes;
}

function attempt(work: () => void, done: (error?: Error) => void): void {
  try {
    work();
  } catch (error) {
    return done(error as Error);
  }
  done();
}
