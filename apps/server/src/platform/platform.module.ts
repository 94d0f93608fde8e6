import { Global, Module, type DynamicModule, type Provider } from '@nestjs/common';
import {
  ApiTokenStore, CaseActsStore, ConfigurationStore, ConnectionStore, CustomerStore, InboxStore, OrderWriter, PersonStore, Sealer, SessionStore, SignInAttempts, systemClock, Transactions,
  type Clock,
} from '@orderwatch/db';
import type { Config } from '../config.js';
import { Pipeline } from '../pipeline/pipeline.js';
import { Replay } from '../pipeline/replay.js';
import { Authenticator } from './auth/authenticator.js';
import { DeniedAttempts } from './auth/denied-attempts.js';
import { RecentSignIn } from './auth/recent-sign-in.js';
import { sessionCookie } from './auth/cookies.js';
import { Passwords } from './auth/password.js';
import { CaseViews } from './cases/case-views.js';
import { SendExport } from './exports/send-export.js';
import { ProcessState } from './health/process-state.js';
import { ReadinessProbe } from './health/readiness.js';
import { Jobs } from './jobs/jobs.js';
import { LiveWake } from './live/live-wake.js';
import type { Logger } from './telemetry/logger.js';
import { CLOCK, CONFIG, LOGGER } from './tokens.js';

/** What is opened before the application: given, so that tests and the command line bring their own. */
export interface Platform {
  readonly config: Config;
  readonly logger: Logger;
  readonly transactions: Transactions;
  readonly databaseUrl: string;
  /** What everything is decided by; in a server process the database's. */
  readonly clock?: Clock;
  /** This machine's own, against which sources' timestamps are checked. */
  readonly wallClock?: Clock;
}

/** A session ends when its person did nothing for this long, and at the latest after that: a working day. */
export const SESSION_IDLE_SECONDS = 30 * 60;
export const SESSION_SECONDS = 8 * 3_600;

/** What every feature stands on. Stores without a state of their own are made here once, so that features only name them. */
@Global()
@Module({})
export class PlatformModule {
  static with({ config, logger, transactions, databaseUrl, clock = systemClock }: Platform): DynamicModule {
    const sealer = new Sealer(config.secret);
    const wake = new LiveWake();
    const pipeline = new Pipeline({ transactions, sealer, clock, log: logger, connections: config.connections, digests: config.role === 'all', announce: (tx) => wake.announce(tx) });
    const sessions = new SessionStore(transactions, SESSION_IDLE_SECONDS, SESSION_SECONDS);
    const tokens = new ApiTokenStore(transactions);
    const state = new ProcessState();
    const value = (provide: unknown, useValue: unknown): Provider => ({ provide: provide as symbol, useValue });
    const providers: Provider[] = [
      value(CONFIG, config), value(LOGGER, logger), value(CLOCK, clock), value(Transactions, transactions), value(Sealer, sealer),
      value(Pipeline, pipeline), value(OrderWriter, pipeline.writer), value(Replay, pipeline.replay), value(InboxStore, pipeline.inbox), value(ConnectionStore, pipeline.connections),
      value(CustomerStore, pipeline.customers), value(ConfigurationStore, new ConfigurationStore()),
      value(CaseActsStore, new CaseActsStore()), value(PersonStore, new PersonStore(transactions)), value(SessionStore, sessions), value(ApiTokenStore, tokens),
      value(SignInAttempts, new SignInAttempts(transactions)), value(Passwords, new Passwords()), value(Authenticator, new Authenticator(sessions, tokens, sessionCookie(config.publicUrl))),
      value(Jobs, new Jobs({ url: databaseUrl, logger, isWorker: config.role !== 'api' })), value(LiveWake, wake),
      value(ProcessState, state), value(ReadinessProbe, new ReadinessProbe(transactions, state)), CaseViews, DeniedAttempts, RecentSignIn, SendExport,
    ];
    return { module: PlatformModule, providers, exports: providers.map((provider) => (typeof provider === 'function' ? provider : provider.provide)) };
  }
}
