import { Inject, Injectable } from '@nestjs/common';
import { CaseActsStore, PersonStore, Transactions, type Clock } from '@orderwatch/db';
import { assignCase, grantOf, LEASE, releaseCase, type Assignee } from '@orderwatch/domain';
import { CLOCK } from '../../../platform/tokens.js';
import { ActOnCase, type ActResult } from './case-act.service.js';
import { actor, type Target, type Worker } from './case-commands.service.js';

/** Gives a case to a colleague, takes it over, or gives it back to the queue. */
@Injectable()
export class AssignCase {
  constructor(
    private readonly act: ActOnCase,
    private readonly people: PersonStore,
  ) {}

  /** `personId` null: to nobody. */
  async run(target: Target, personId: string | null, reason: string | null, worker: Worker): Promise<ActResult> {
    const to = personId === null ? null : await this.assignee(personId);
    if (to === undefined) return { kind: 'not_allowed', reason: 'There is no such colleague.' };
    return this.act.run({ ...target, actor: worker.id, decide: (c, now) => assignCase(c, actor(worker, 'case.assign'), to, reason, now) });
  }

  /** As the domain takes them; undefined: nobody of that id works here. */
  async assignee(id: string): Promise<Assignee | undefined> {
    const person = await this.people.byId(id);
    return person && person.disabledAt === null ? { id, name: person.name, grant: grantOf(person.role, 'case.claim') } : undefined;
  }
}

/** What became of one case of a hand-over. */
export interface HandedOver {
  readonly orderId: string;
  readonly result: ActResult;
}

/** Everything that a person has, in hand or put off, goes back to the team with one note. Each case is an act of its own. */
@Injectable()
export class HandOver {
  constructor(
    private readonly db: Transactions,
    private readonly store: CaseActsStore,
    private readonly act: ActOnCase,
  ) {}

  /** Sent again with the same id it answers for the same cases, and does what was left. */
  async run(personId: string, note: string, mutationId: string, worker: Worker): Promise<readonly HandedOver[]> {
    const before = await this.store.ordersOfMutation(this.db, mutationId);
    const orders = [...new Set([...before, ...(await this.store.casesOf(this.db, personId))])];
    const handed: HandedOver[] = [];
    for (const orderId of orders) {
      const result = await this.act.run({
        orderId, expectedVersion: null, mutationId, actor: worker.id,
        decide: (c, now) => (c.ownerId === personId ? releaseCase(c, actor(worker, 'case.hand_over'), now, note) : { ok: false, kind: 'conflict', why: 'It is not theirs any more.' }),
      });
      handed.push({ orderId, result });
    }
    return handed;
  }
}

/** Whoever is at work keeps what is in hand. */
@Injectable()
export class RenewClaim {
  constructor(
    private readonly db: Transactions,
    private readonly store: CaseActsStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns until when it is theirs; null when it is not theirs (any more). */
  run(orderId: string, personId: string): Promise<Date | null> {
    return this.db.run(async (tx) => {
      const now = this.clock.now();
      const until = now + LEASE;
      return (await this.store.renewLease(tx, { orderId, personId, now, until })) ? new Date(until) : null;
    });
  }
}
