import { Inject, Injectable } from '@nestjs/common';
import { DAY } from '@orderwatch/domain';
import type { Clock, Tx } from '@orderwatch/db';
import { Jobs } from '../../../platform/jobs/jobs.js';
import { CLOCK } from '../../../platform/tokens.js';

export const EXECUTE_QUEUE = 'remedy-execute';
export const CONFIRM_QUEUE = 'remedy-confirm';
export const SWEEP_QUEUE = 'remedy-sweep';
export const NOTE_QUEUE = 'remedy-helpdesk-note';

/** Milliseconds until the outside system's echo is looked for again, by try; then once a day. After two hours a person is asked to look, too. */
const CONFIRM_AFTER = [2_000, 5_000, 15_000, 60_000, 300_000, 1_800_000, 3_600_000, 21_600_000];
/** Tries after which what nobody has seen is not looked for any more: a month. */
const MOST_LOOKS = 38;

/** Milliseconds until a note at the helpdesk is tried again, by try; then nobody misses it but the ticket. */
const NOTE_AFTER = [0, 60_000, 300_000, 1_800_000, 7_200_000, 21_600_000];

export interface NoteJob {
  readonly id: string;
  readonly what: 'confirmed' | 'failed';
  readonly attempt: number;
}

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

  /** What came of it is written into the customer's ticket. */
  async note(tx: Tx, id: string, what: NoteJob['what'], attempt = 0): Promise<void> {
    const wait = NOTE_AFTER[attempt];
    if (wait !== undefined) await this.jobs.enqueue(tx, NOTE_QUEUE, { id, what, attempt } satisfies NoteJob, { startAfter: new Date(this.clock.now() + wait) });
  }

  async confirm(tx: Tx, id: string, attempt: number): Promise<void> {
    const wait = CONFIRM_AFTER[attempt] ?? (attempt < MOST_LOOKS ? DAY : undefined);
    if (wait !== undefined) await this.jobs.enqueue(tx, CONFIRM_QUEUE, { id, attempt }, { startAfter: new Date(this.clock.now() + wait) });
  }
}
