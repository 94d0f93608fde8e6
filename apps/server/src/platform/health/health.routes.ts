import type { FastifyInstance } from 'fastify';
import type { Metrics } from '../telemetry/metrics.js';
import type { ReadinessProbe } from './readiness.js';

/** /health/live: the process answers. /health/ready: it can do its work. /metrics: numbers. */
export function healthRoutes(fastify: FastifyInstance, probe: ReadinessProbe, metrics: Metrics): void {
  const options = { config: { action: 'public.health' } } as const;
  fastify.get('/health/live', options, async (_request, reply) => reply.header('cache-control', 'no-store').send({ status: 'ok' }));
  fastify.get('/health/ready', options, async (_request, reply) => {
    const { isReady, checks } = await probe.look();
    return reply.code(isReady ? 200 : 503).header('cache-control', 'no-store').send({ status: isReady ? 'ready' : 'not ready', checks });
  });
  fastify.get('/metrics', options, async (_request, reply) => reply.header('content-type', metrics.registry.contentType).send(await metrics.registry.metrics()));
}
