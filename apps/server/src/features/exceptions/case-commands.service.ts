import { Inject, Injectable } from '@nestjs/common';
import { CaseActsStore, nextCandidates, Transactions, type Clock, type QueueQuery } from '@orderwatch/db';
import { claimCase, grantOf, noteCase, passTime, releaseCase, reopenCase, resolveCase, snoozeCase, type Action, type CaseActor, type PersonRole } from '@orderwatch/domain';
import { CLOCK } from '../../platform/tokens.js';
import { ActOnCase, type ActResult } from './case-act.service.js';

/** A person who acts; also made by the demo's history. */
export interface Worker {
  readonly id: string;
  readonly role: PersonRole;
}

/** What every act names: the case, the version that was seen, and an id made when the control was opened. */
export interface Target {
  readonly orderId: string;
  readonly expectedVersion: number;
  readonly mutationId: string;
}

const actor = (worker: Worker, action: Action): CaseActor => ({ id: worker.id, grant: grantOf(worker.role, action) });

@Injectable()
export class ClaimCase {
  constructor(private readonly act: ActOnCase) {}

  run(target: Target, worker: Worker): Promise<ActResult> {
    return this.act.run({ ...target, actor: worker.id, isClaim: true, decide: (c, now) => claimCase(c, actor(worker, 'case.claim'), now) });
  }
}

@Injectable()
export class ReleaseCase {
  constructor(private readonly act: ActOnCase) {}

  run(target: Target, worker: Worker): Promise<ActResult> {
    return this.act.run({ ...target, actor: worker.id, decide: (c, now) => releaseCase(c, actor(worker, 'case.release'), now) });
  }
}

@Injectable()
export class SnoozeCase {
  constructor(private readonly act: ActOnCase) {}

  run(target: Target, until: Date, worker: Worker): Promise<ActResult> {
    return this.act.run({ ...target, actor: worker.id, decide: (c, now) => snoozeCase(c, actor(worker, 'case.snooze'), until.getTime(), now) });
  }
}

@Injectable()
export class ResolveCase {
  constructor(private readonly act: ActOnCase) {}

  run(target: Target, outcome: string, note: string | null, worker: Worker): Promise<ActResult> {
    return this.act.run({ ...target, actor: worker.id, note: note ? `${outcome}: ${note}` : null, decide: (c, now) => resolveCase(c, actor(worker, 'case.resolve'), outcome, now) });
  }
}

@Injectable()
export class ReopenCase {
  constructor(private readonly act: ActOnCase) {}

  run(target: Target, reason: string, worker: Worker): Promise<ActResult> {
    return this.act.run({ ...target, actor: worker.id, decide: (c, now) => reopenCase(c, actor(worker, 'case.reopen'), reason, now) });
  }
}

@Injectable()
export class AddNote {
  constructor(private readonly act: ActOnCase) {}

  run(target: Omit<Target, 'expectedVersion'>, text: string, worker: Worker): Promise<ActResult> {
    return this.act.run({ ...target, expectedVersion: null, actor: worker.id, decide: (c, now) => noteCase(c, actor(worker, 'case.note'), text, now) });
  }
}

const CANDIDATES = 20;

/** Picks the best free case of a view and claims it: candidates first, then one compare and set each until one is won. */
@Injectable()
export class NextCase {
  constructor(
    private readonly db: Transactions,
    private readonly store: CaseActsStore,
    private readonly act: ActOnCase,
  ) {}

  /** `orderId` null: nothing is left to take. */
  async run(query: QueueQuery, mutationId: string, worker: Worker): Promise<ActResult> {
    const already = await this.store.orderOfMutation(this.db, mutationId);
    if (already !== null) return { kind: 'done', orderId: already };
    for (const orderId of await nextCandidates(this.db, query, CANDIDATES)) {
      const result = await this.act.run({ orderId, expectedVersion: null, mutationId, actor: worker.id, isClaim: true, decide: (c, now) => claimCase(c, actor(worker, 'case.next'), now) });
      if (result.kind !== 'conflict') return result;
    }
    return { kind: 'done', orderId: null };
  }
}

/** Ends leases and snoozes whose time is up, with an entry in the history. */
@Injectable()
export class PassTime {
  constructor(
    private readonly db: Transactions,
    private readonly store: CaseActsStore,
    private readonly act: ActOnCase,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns how many cases were looked at. */
  async run(limit = 200): Promise<number> {
    const due = await this.store.overdue(this.db, this.clock.now(), limit);
    for (const orderId of due) await this.act.run({ orderId, expectedVersion: null, mutationId: null, actor: 'system', decide: passTime });
    return due.length;
  }
}
