import type { Principal } from './principal.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the authentication hook before any handler runs; null = anonymous. */
    principal: Principal | null;
  }
}
