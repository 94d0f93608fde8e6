import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { checkAudit, Transactions, type AuditCheck, type Clock } from '@orderwatch/db';
import { Jobs } from '../../platform/jobs/jobs.js';
import type { Logger } from '../../platform/telemetry/logger.js';
import { CLOCK, LOGGER } from '../../platform/tokens.js';

/** What is older than the last look is read again this often, milliseconds; what is newer, with every look. */
const WHOLE_EVERY = 3_600_000;

/** Looks at the audit's chain on a schedule. What it finds is kept for /health/ready, /metrics and the audit page; the log keeps the newest entry's hash outside of the database. */
@Injectable()
export class VerifyAudit implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly db: Transactions,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly log: Pick<Logger, 'error' | 'info'>,
  ) {}

  onModuleInit(): void {
    this.jobs.define({ name: 'audit-verify', cron: '*/10 * * * *', retries: 0, expireSeconds: 580, handle: async () => void (await this.run()) });
  }

  async run(): Promise<AuditCheck> {
    const found = await checkAudit(this.db, this.clock.now(), WHOLE_EVERY);
    const { broken, entries, head } = found;
    if (broken) this.log.error({ entry: broken.id, since: new Date(broken.since).toISOString() }, 'the audit was changed: its chain does not fit');
    else this.log.info({ entries, head: head?.id ?? null, hash: head?.hash.toString('hex') ?? null }, 'the audit is whole');
    return found;
  }
}
