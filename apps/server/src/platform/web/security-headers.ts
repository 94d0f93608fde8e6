import helmet from 'helmet';
import type { FastifyInstance } from 'fastify';

/**
 * What a page of ours may load: our own files, and a socket to ourselves. Scripts only as files; styles also inline,
 * because Mantine writes them. Nobody frames us.
 */
export function securityHeaders(fastify: FastifyInstance, publicUrl: string): void {
  const isSecure = publicUrl.startsWith('https:');
  // 'self' stands for sockets too, but not in every browser.
  const ownSocket = new URL(publicUrl).origin.replace(/^http/, 'ws');
  const apply = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"], scriptSrc: ["'self'"], scriptSrcAttr: ["'none'"], styleSrc: ["'self'", "'unsafe-inline'"], imgSrc: ["'self'", 'data:'], fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'", ownSocket], objectSrc: ["'none'"], baseUri: ["'none'"], formAction: ["'self'"], frameAncestors: ["'none'"], ...(isSecure ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    strictTransportSecurity: isSecure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    frameguard: { action: 'deny' }, referrerPolicy: { policy: 'same-origin' }, crossOriginEmbedderPolicy: false,
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    // No browser shows the answer to a delivery; a dozen headers on each would only cost.
    if (!request.url.startsWith('/webhooks/')) return apply(request.raw, reply.raw, () => done());
    reply.raw.setHeader('x-content-type-options', 'nosniff');
    done();
  });
}
