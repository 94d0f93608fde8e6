import { Injectable } from '@nestjs/common';
import { Transactions } from '@orderwatch/db';
import { Jobs } from '../../platform/jobs/jobs.js';
import { ExecuteRemedy } from './execute-remedy.service.js';
import { CONFIRM_QUEUE, EXECUTE_QUEUE, RemedyJobs, type ConfirmJob } from './remedy-jobs.js';

/** What the worker does for remedies. */
@Injectable()
export class RemediesWorker {
  constructor(
    private readonly jobs: Jobs,
    private readonly executing: ExecuteRemedy,
    private readonly transactions: Transactions,
    private readonly remedyJobs: RemedyJobs,
  ) {}

  async start(): Promise<void> {
    await this.jobs.work<{ id: string }>(EXECUTE_QUEUE, ({ id }) => this.executing.run(id));
    await this.jobs.work<ConfirmJob>(CONFIRM_QUEUE, async ({ id, attempt }) => {
      if (await this.executing.confirm(id)) return;
      await this.transactions.run((tx) => this.remedyJobs.confirm(tx, id, attempt + 1));
    });
  }
}
