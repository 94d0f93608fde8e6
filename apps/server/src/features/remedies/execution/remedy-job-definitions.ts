import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Transactions } from '@orderwatch/db';
import { Jobs } from '../../../platform/jobs/jobs.js';
import { ExecuteRemedy } from './execute-remedy.service.js';
import { NoteHelpdesk } from './note-helpdesk.service.js';
import { CONFIRM_QUEUE, EXECUTE_QUEUE, NOTE_QUEUE, RemedyJobs, SWEEP_QUEUE, type ConfirmJob, type NoteJob } from './remedy-jobs.js';
import { SweepRemedies } from './sweep-remedies.service.js';

/** What the worker does for remedies; every process names it, workers run it. */
@Injectable()
export class RemedyJobDefinitions implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly executing: ExecuteRemedy,
    private readonly transactions: Transactions,
    private readonly remedyJobs: RemedyJobs,
    private readonly sweeping: SweepRemedies,
    private readonly noting: NoteHelpdesk,
  ) {}

  onModuleInit(): void {
    this.jobs.define<{ id: string }>({ name: EXECUTE_QUEUE, handle: ({ id }) => this.executing.run(id), width: 4, retries: 20 });
    this.jobs.define<ConfirmJob>({
      name: CONFIRM_QUEUE, width: 4,
      handle: async ({ id, attempt }) => {
        if (await this.executing.confirm(id)) return;
        await this.transactions.run((tx) => this.remedyJobs.confirm(tx, id, attempt + 1));
      },
    });
    this.jobs.define<NoteJob>({ name: NOTE_QUEUE, handle: (job) => this.noting.run(job), width: 2 });
    this.jobs.define({ name: SWEEP_QUEUE, cron: '* * * * *', retries: 0, handle: () => this.sweeping.run() });
  }
}
