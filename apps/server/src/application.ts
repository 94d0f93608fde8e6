import 'reflect-metadata';
import type { IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { CaseActsStore, ConnectionStore, lastAuditCheck, PersonStore, SessionStore, SignInAttempts, systemClock, type AuditCheck } from '@orderwatch/db';
import type { FastifyInstance } from 'fastify';
import { ApiModule } from './api.module.js';
import { noteOrigins } from './features/audit/audit-origin.js';
import { SLEEPS_TOO_LONG_MS } from './features/exceptions/pass-time.loop.js';
import { AcceptWebhook } from './features/ingest/accept-webhook.js';
import { RejectedCounter } from './features/ingest/rejected-counter.js';
import { registerWebhooks } from './features/ingest/webhook.routes.js';
import { ensureFirstPeople } from './features/people/first-people.js';
import { Pipeline } from './pipeline/pipeline.js';
import { authRoutes } from './platform/auth/auth.routes.js';
import { sessionRoutes } from './platform/auth/session.routes.js';
import { Authenticator } from './platform/auth/authenticator.js';
import { sessionCookie } from './platform/auth/cookies.js';
import { Passwords } from './platform/auth/password.js';
import { DeniedAttempts } from './platform/auth/denied-attempts.js';
import { guardRequests, type KnownRoute } from './platform/auth/request-access.js';
import { SignIn } from './platform/auth/sign-in.js';
import { answerError, ProblemFilter } from './platform/errors/problem.filter.js';
import { healthRoutes } from './platform/health/health.routes.js';
import { ProcessState } from './platform/health/process-state.js';
import { ReadinessProbe } from './platform/health/readiness.js';
import { Jobs } from './platform/jobs/jobs.js';
import { LiveRuntime } from './platform/live/live-runtime.js';
import { LiveWake } from './platform/live/live-wake.js';
import { PlatformModule, SESSION_SECONDS, type Platform } from './platform/platform.module.js';
import { NestLogger } from './platform/telemetry/logger.js';
import { Metrics } from './platform/telemetry/metrics.js';
import { drain } from './platform/web/drain.js';
import { createHttpServer } from './platform/web/http-server.js';
import { RequestsInFlight } from './platform/web/in-flight.js';
import { securityHeaders } from './platform/web/security-headers.js';
import { serveWeb } from './platform/web/static-files.js';
import { WorkerModule } from './worker.module.js';

/** How long a stop waits for requests to be answered, and then for jobs to end, milliseconds: together well below what we are given. */
const ANSWERED_MS = 4_000;
const JOBS_END_MS = 3_000;

@Module({})
class Root {
  static with(platform: Platform): DynamicModule {
    const { role } = platform.config;
    return { module: Root, imports: [PlatformModule.with(platform), ...(role === 'worker' ? [] : [ApiModule]), ...(role === 'api' ? [] : [WorkerModule])] };
  }
}

/** One process: built, not yet running. */
export interface Application {
  readonly nest: NestFastifyApplication;
  readonly fastify: FastifyInstance;
  /** Every route, with its action of the role matrix. */
  readonly routes: readonly KnownRoute[];
  readonly live: LiveRuntime | null;
  start(port: number): Promise<void>;
  /** @param lingerMs how long open connections that are not used may still bring a request. */
  stop(lingerMs?: number): Promise<void>;
}

export async function createApplication(platform: Platform): Promise<Application> {
  const { config, logger, transactions, databaseUrl, clock = systemClock, wallClock = clock } = platform;
  const metrics = new Metrics();
  const requests = new RequestsInFlight();
  const fastify = createHttpServer(logger, metrics, requests, config.trustProxy);
  const nest = await NestFactory.create<NestFastifyApplication>(Root.with(platform), new FastifyAdapter(fastify as never), { logger: new NestLogger(logger), bodyParser: false, abortOnError: false });
  nest.useGlobalFilters(new ProblemFilter());
  const get = <T>(token: abstract new (...args: never[]) => T): T => nest.get<T>(token as never, { strict: false });
  const [authenticator, pipeline, jobs, probe] = [get(Authenticator), get(Pipeline), get(Jobs), get(ReadinessProbe)];
  const people = get(PersonStore);
  const passwords = get(Passwords);
  const rejected = new RejectedCounter(transactions, get(ConnectionStore));
  const isApi = config.role !== 'worker';

  const routes = guardRequests(fastify, authenticator, config.publicUrl, get(DeniedAttempts));
  noteOrigins(fastify, authenticator);
  securityHeaders(fastify, config.publicUrl);
  await fastify.register(async (scope) => {
    scope.setErrorHandler((error, request, reply) => answerError(error, request, reply));
    healthRoutes(scope, probe, metrics);
    if (!isApi) return;
    const signIn = new SignIn({ people, sessions: get(SessionStore), attempts: get(SignInAttempts), passwords, wait });
    authRoutes(scope, { signIn, authenticator, cookie: sessionCookie(config.publicUrl), sessionSeconds: SESSION_SECONDS });
    sessionRoutes(scope, { signIn, authenticator, sessions: get(SessionStore), transactions, now: () => clock.now() });
    await serveWeb(scope, config.webRoot);
  });
  let live: LiveRuntime | null = null;
  if (isApi) {
    await registerWebhooks(fastify, { registry: pipeline.registry, accept: new AcceptWebhook(pipeline.intake, wallClock), rejected });
    live = new LiveRuntime({ transactions, databaseUrl, wake: get(LiveWake), authenticator, probe, publicUrl: config.publicUrl, logger, onDenied: (principal, action) => void get(DeniedAttempts).note(principal, action) });
    const { gateway } = live;
    metrics.gauge('orderwatch_sockets', 'Open live connections', () => gateway.sockets);
    fastify.server.prependListener('upgrade', (request: IncomingMessage) => requests.forget(request.socket));
  }
  metrics.gauge('orderwatch_requests', 'Requests that were not answered yet', () => requests.count);
  metrics.gauge('orderwatch_intake_waiting', 'Deliveries waiting to be stored', () => pipeline.intake.backlog);
  // Asked of the database itself: the loop that wakes them may be what is broken.
  metrics.gauge('orderwatch_snoozes_past_due', 'Snoozes that should have ended a minute ago or more', () => get(CaseActsStore).countSleepingPast(transactions, clock.now() - SLEEPS_TOO_LONG_MS).catch(() => Number.NaN));
  const audit = (read: (check: AuditCheck) => number) => () => lastAuditCheck(transactions).then((check) => (check ? read(check) : Number.NaN), () => Number.NaN);
  metrics.gauge('orderwatch_audit_broken', '1 when an entry of the audit does not fit its chain', audit((check) => (check.broken ? 1 : 0)));
  metrics.gauge('orderwatch_audit_checked_seconds', 'Seconds since the last look at the audit\'s chain', audit((check) => (clock.now() - check.checkedAt) / 1_000));
  await nest.init();
  await fastify.ready();

  const start = async (port: number): Promise<void> => {
    await ensureFirstPeople({ people, passwords, isDemo: config.isDemo, admin: config.admin });
    await pipeline.start({ url: databaseUrl, worker: config.role !== 'api' });
    await jobs.start();
    await live?.start(fastify.server);
    await fastify.listen({ port, host: '0.0.0.0' });
  };
  /** Not ready, then closed to new work, then what runs is finished and told, then the database is let go. */
  const stop = async (lingerMs = 0): Promise<void> => {
    get(ProcessState).isDraining = true;
    await drain(fastify.server, requests, { lingerMs, deadlineMs: ANSWERED_MS });
    await Promise.all([pipeline.stop(), jobs.stop(JOBS_END_MS)]);
    await live?.stop();
    await nest.close();
    await rejected.flush();
  };
  return { nest, fastify, routes, live, start, stop };
}
