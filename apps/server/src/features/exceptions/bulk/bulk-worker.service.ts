import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { BulkRunStore, isDatabaseAway, PersonStore, Transactions, type BulkRunRecord, type Clock, type ItemOutcome, type OpenItem } from '@orderwatch/db';
import { mayDo } from '@orderwatch/domain';
import type { Logger } from '../../../platform/telemetry/logger.js';
import { CLOCK, LOGGER } from '../../../platform/tokens.js';
import { AssignCase } from '../acts/assign-case.service.js';
import { ACTION_OF, caseMutationId, outcomeOf, type Deed, type Outcome } from './bulk-deed.js';
import type { ActResult } from '../acts/case-act.service.js';
import { ReleaseCase, ResolveCase, SnoozeCase, type Target, type Worker } from '../acts/case-commands.service.js';
import { UndoAct } from '../acts/undo-act.service.js';

/** Cases between two looks at whether it goes on. */
const PORTION = 20;

/**
 * Does a run's cases one by one, each by the service of the single act. After a crash it goes on where it stopped: an act that was
 * committed but not noted down is met again under the same id, and done once.
 */
@Injectable()
export class BulkWorker {
  private readonly runs = new BulkRunStore();

  constructor(
    private readonly db: Transactions,
    private readonly people: PersonStore,
    private readonly assign: AssignCase,
    private readonly snooze: SnoozeCase,
    private readonly resolve: ResolveCase,
    private readonly release: ReleaseCase,
    private readonly undo: UndoAct,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Until all are done, or it is cancelled, or it turns out that somebody else is at it. */
  async work(id: string): Promise<void> {
    const run = await this.runs.read(this.db, id);
    if (run?.state !== 'running') return;
    const turn = randomUUID();
    try {
      for (;;) {
        const portion = await this.db.run((tx) => this.runs.nextPortion(tx, id, turn, PORTION));
        if (portion === null) return;
        if (portion.length === 0) return await this.runs.finish(this.db, id, new Date(this.clock.now()));
        await this.runs.record(this.db, id, await this.portion(run, portion));
      }
    } finally {
      await this.runs.letGo(this.db, id, turn).catch((error: unknown) => this.logger.warn({ err: error, run: id }, 'a turn at a bulk run could not be ended'));
    }
  }

  private async portion(run: BulkRunRecord, items: readonly OpenItem[]): Promise<ItemOutcome[]> {
    const deed = JSON.parse(run.act) as Deed;
    // The role counts as it is now: who lost it meanwhile does no more.
    const person = await this.people.byId(run.personId);
    const worker = person && person.disabledAt === null && mayDo(person.role, 'case.bulk') && mayDo(person.role, ACTION_OF[deed.verb]) ? person : null;
    const outcomes: ItemOutcome[] = [];
    for (const { position, ...item } of items) outcomes.push({ position, ...(await this.one(run.id, deed, item, worker)) });
    return outcomes;
  }

  /** A case on which it fails keeps the others from nothing; a database that is away says nothing about the case. */
  private async one(runId: string, deed: Deed, item: Omit<OpenItem, 'position'>, worker: Worker | null): Promise<Outcome> {
    if (!worker) return outcomeOf({ kind: 'not_allowed', reason: 'Your role does not allow this any more.' });
    try {
      return outcomeOf(await this.act(deed, { orderId: item.orderId, expectedVersion: item.version, mutationId: caseMutationId(runId, item.orderId) }, worker));
    } catch (error) {
      if (isDatabaseAway(error)) throw error;
      this.logger.error({ err: error, run: runId, order: item.orderId }, 'an act of a bulk run failed');
      return { kind: 'failed', message: 'Something failed on our side.', by: null, at: null };
    }
  }

  private act(deed: Deed, target: Target, worker: Worker): Promise<ActResult> {
    switch (deed.verb) {
      case 'assign':
        return this.assign.run(target, deed.personId, deed.reason, worker);
      case 'snooze':
        return this.snooze.run(target, new Date(deed.until), worker, deed.condition);
      case 'resolve':
        return this.resolve.run(target, deed.outcome, deed.note, worker);
      case 'release':
        return this.release.run(target, worker);
      case 'undo':
        return this.undo.run(target.orderId, caseMutationId(deed.of, target.orderId), worker);
    }
  }
}
