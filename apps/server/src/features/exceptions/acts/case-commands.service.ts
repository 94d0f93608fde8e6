import { Inject, Injectable } from '@nestjs/common';
import { CaseActsStore, nextCandidates, Transactions, type Clock, type QueueQuery } from '@orderwatch/db';
import {
  claimCase, grantOf, isLeased, noteCase, passTime, releaseCase, reopenCase, resolveCase, snoozeCase, startOfSnooze, type Action, type CaseActor, type PersonRole, type SnoozeCondition,
} from '@orderwatch/domain';
import { CLOCK } from '../../../platform/tokens.js';
import { ActOnCase, type Act, type ActResult } from './case-act.service.js';

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

export const actor = (worker: Worker, action: Action): CaseActor => ({ id: worker.id, grant: grantOf(worker.role, action) });

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
  constructor(
    private readonly act: ActOnCase,
    private readonly store: CaseActsStore,
  ) {}

  /** Where it begins is read under the order's lock: what comes after this wakes it, and nothing that came before. */
  run(target: Target, until: Date, worker: Worker, condition: SnoozeCondition | null = null): Promise<ActResult> {
    return this.act.run({
      ...target, actor: worker.id,
      decide: async (c, now, { tx }) => {
        const look = await this.store.orderLook(tx, target.orderId);
        if (!look && condition !== null) return { ok: false, kind: 'invalid', why: 'Nothing is known of that order.' };
        const from = look ? startOfSnooze(condition, look) : { scans: {}, known: [], value: null, currency: null };
        return snoozeCase(c, actor(worker, 'case.snooze'), { until: until.getTime(), condition, from }, now);
      },
    });
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
/** Reads of candidates before "nothing left" is believed: each time all that were read have gone to others. */
const ROUNDS = 5;

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
    for (let round = 0; round < ROUNDS; round += 1) {
      const candidates = await nextCandidates(this.db, query, CANDIDATES);
      const won = await this.takeOne(candidates, mutationId, worker);
      if (won) return won;
      if (candidates.length < CANDIDATES) break;
    }
    return { kind: 'done', orderId: null };
  }

  /** What comes after it in that view, for the screen to have at hand. Free now; nobody has promised them. */
  async upNext(query: QueueQuery, taken: string | null, count: number): Promise<string[]> {
    const candidates = await nextCandidates(this.db, query, count + 1);
    return candidates.filter((orderId) => orderId !== taken).slice(0, count);
  }

  /** Whoever is at a case already will have it: the others pass on at once, and come back only when nothing else was left. */
  private async takeOne(candidates: readonly string[], mutationId: string, worker: Worker): Promise<ActResult | undefined> {
    const claim = (orderId: string): Act => ({
      orderId, expectedVersion: null, mutationId, actor: worker.id, isClaim: true, isSole: true,
      // Not one's own either: who asks in two windows wants two.
      decide: (c, now) => (isLeased(c, now) ? { ok: false, kind: 'taken', by: c.ownerId ?? '' } : claimCase(c, actor(worker, 'case.next'), now)),
    });
    const busy: string[] = [];
    for (const orderId of candidates) {
      const result = await this.act.tryRun(claim(orderId));
      if (result === 'busy') busy.push(orderId);
      else if (result.kind !== 'conflict') return result;
    }
    for (const orderId of busy) {
      const result = await this.act.run(claim(orderId));
      if (result.kind !== 'conflict') return result;
    }
    return undefined;
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

  /**
   * One that fails keeps nobody else from waking; it is told when the others are done.
   * @returns how many cases were looked at.
   */
  async run(limit = 200): Promise<number> {
    const due = await this.store.overdue(this.db, this.clock.now(), limit);
    const failures: unknown[] = [];
    for (const orderId of due) {
      try {
        await this.act.run({ orderId, expectedVersion: null, mutationId: null, actor: 'system', decide: passTime });
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
    return due.length;
  }
}
