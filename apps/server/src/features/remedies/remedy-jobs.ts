import { Inject, Injectable } from '@nestjs/common';
import type { Clock, Tx } from '@orderwatch/db';
import { Jobs } from '../../platform/jobs/jobs.js';
import { CLOCK } from '../../platform/tokens.js';

export const EXECUTE_QUEUE = 'remedy-execute';
export const CONFIRM_QUEUE = 'remedy-confirm';
export const SWEEP_QUEUE = 'remedy-sweep';

/** Milliseconds until the outside system's echo is looked for again, by try; then it stays executed and a person sees it. */
const CONFIRM_AFTER = [2_000, 5_000, 15_000, 60_000, 300_000, 1_800_000, 7_200_000, 21_600_000, 86_400_000];

export interface ConfirmJob {
  readonly id: string;
  readonly attempt: number;
}

/** Background work of remedies, enqueued in the transaction that makes it necessary. */
@Injectable()
export class RemedyJobs {
  constructor(
    private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(tx: Tx, id: string, inMs: number): Promise<void> {
    await this.jobs.enqueue(tx, EXECUTE_QUEUE, { id }, { startAfter: new Date(this.clock.now() + Math.max(0, inMs)) });
  }

  async confirm(tx: Tx, id: string, attempt: number): Promise<void> {
    const wait = CONFIRM_AFTER[attempt];
    if (wait !== undefined) await this.jobs.enqueue(tx, CONFIRM_QUEUE, { id, attempt }, { startAfter: new Date(this.clock.now() + wait) });
  }
}
