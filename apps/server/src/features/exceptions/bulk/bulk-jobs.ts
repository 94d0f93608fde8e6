import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { BulkRunStore, SelectionStore, Transactions, type Clock } from '@orderwatch/db';
import { Jobs } from '../../../platform/jobs/jobs.js';
import { CLOCK } from '../../../platform/tokens.js';
import { BulkWorker } from './bulk-worker.service.js';

export const BULK_QUEUE = 'bulk';
const SWEEP_QUEUE = 'bulk-sweep';

/** So long the results of a run can be looked at, milliseconds. */
const KEEP_MS = 7 * 86_400_000;

/** The background's part: long runs, those whose process died, and forgetting. */
@Injectable()
export class BulkJobs implements OnModuleInit {
  private readonly runs = new BulkRunStore();
  private readonly selections = new SelectionStore();

  constructor(
    private readonly jobs: Jobs,
    private readonly db: Transactions,
    private readonly worker: BulkWorker,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.define<{ id: string }>({ name: BULK_QUEUE, handle: ({ id }) => this.worker.work(id), width: 2, retries: 20, expireSeconds: 900 });
    this.jobs.define({ name: SWEEP_QUEUE, cron: '* * * * *', retries: 0, expireSeconds: 900, handle: () => this.sweep() });
  }

  async sweep(): Promise<void> {
    const now = this.clock.now();
    await this.selections.prune(this.db, new Date(now));
    while ((await this.runs.prune(this.db, new Date(now - KEEP_MS))) > 0) {
      // In small transactions: a long one would hold the live feed back.
    }
    for (const id of await this.runs.abandoned(this.db)) await this.worker.work(id);
  }
}
