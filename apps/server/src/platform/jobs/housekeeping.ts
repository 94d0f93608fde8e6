import { Injectable, type OnModuleInit } from '@nestjs/common';
import { pruneChanges, SessionStore, SignInAttempts, Transactions } from '@orderwatch/db';
import { Jobs } from './jobs.js';

const KEEP_CHANGES_MS = 3 * 86_400_000;
const KEEP_ATTEMPTS_SECONDS = 86_400;

/** Forgets what has done its duty: changes nobody resumes from, sessions that ended, old failed sign-ins. */
@Injectable()
export class Housekeeping implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly db: Transactions,
    private readonly sessions: SessionStore,
    private readonly attempts: SignInAttempts,
  ) {}

  onModuleInit(): void {
    this.jobs.define({ name: 'housekeeping', cron: '*/10 * * * *', retries: 0, handle: () => this.run() });
  }

  async run(): Promise<void> {
    const before = new Date(Date.now() - KEEP_CHANGES_MS);
    while ((await pruneChanges(this.db, before)) > 0) {
      // In small transactions: a long one would hold the live feed back.
    }
    await this.sessions.prune();
    await this.attempts.prune(KEEP_ATTEMPTS_SECONDS);
  }
}
