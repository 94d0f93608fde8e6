import type { FastifyRequest } from 'fastify';
import { isOwnOrigin } from '../../platform/auth/origin.js';
import type { PersonPrincipal } from '../../platform/auth/principal.js';
import { forbidden, unauthenticated } from '../../platform/errors/refusals.js';

/** Who asks for a file: a person, from our own pages. A session's cookie must not make files for somebody else's page. */
export function personOf({ principal, headers }: FastifyRequest, publicUrl: string): PersonPrincipal {
  if (!principal) throw unauthenticated();
  if (principal.kind !== 'person') throw forbidden('Only a person can do this.');
  if (!isOwnOrigin(headers, publicUrl)) throw forbidden('The request came from another site.');
  return principal;
}
