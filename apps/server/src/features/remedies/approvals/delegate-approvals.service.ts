import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { barToDelegate, DAY, type Actor, type PersonRole } from '@orderwatch/domain';
import { DelegationStore, Transactions, writeAudit, writeChanges, type Clock, type DelegationRecord, type Tx } from '@orderwatch/db';
import { CLOCK } from '../../../platform/tokens.js';
import type { Delegation } from './delegations.types.js';
import { personFrom, readPeople } from '../people-shown.js';

/** How long those that are over are still shown. */
const SHOWN_AFTER = 30 * DAY;

export interface Naming {
  readonly personId: string;
  readonly reason: string;
  readonly from: number;
  readonly until: number;
  readonly mutationId: string;
}

export type DelegationAnswer = { readonly kind: 'done'; readonly id: string } | { readonly kind: 'not_allowed'; readonly reason: string };

const no = (reason: string): DelegationAnswer => ({ kind: 'not_allowed', reason });

/** A manager names who decides on remedies in their stead, and ends it. Both stand in the audit; the inbox is told. */
@Injectable()
export class DelegateApprovals {
  private readonly store = new DelegationStore();

  constructor(
    private readonly transactions: Transactions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async list(reader: Actor): Promise<Delegation[]> {
    const now = this.clock.now();
    return this.show(await this.store.since(this.transactions, now - SHOWN_AFTER), reader);
  }

  async one(id: string, reader: Actor): Promise<Delegation> {
    const found = await this.store.find(this.transactions, id);
    const [shown] = found ? await this.show([found], reader) : [];
    if (!shown) throw new Error(`delegation ${id} could not be shown`);
    return shown;
  }

  name({ personId, reason, from, until, mutationId }: Naming, actor: Actor): Promise<DelegationAnswer> {
    return this.transactions.run(async (tx) => {
      const again = await this.store.madeWith(tx, mutationId);
      if (again) return again.delegatorId === actor.id ? { kind: 'done', id: again.id } : no('That was named by somebody else.');
      const now = this.clock.now();
      const [person] = await tx.query<{ role: PersonRole }>('select role from person where id = $1::uuid and disabled_at is null', [personId]);
      if (!person) return no('There is no such person.');
      const bar = barToDelegate({ delegator: actor, delegate: { id: personId, role: person.role }, from, until, reason }, now);
      if (bar) return no(bar);
      const made: DelegationRecord = { id: randomUUID(), delegatorId: actor.id, delegateId: personId, reason, from, until, madeAt: now, endedAt: null, endedBy: null };
      if (!(await this.store.insert(tx, { ...made, mutationId }))) return no('It was made a moment ago.');
      return this.told(tx, made, { version: 1, actor, action: 'delegation.make', mutationId, detail: { delegate: personId, reason, from, until } });
    });
  }

  end(id: string, actor: Actor, mutationId: string): Promise<DelegationAnswer> {
    return this.transactions.run(async (tx) => {
      const found = await this.store.find(tx, id, true);
      if (!found) return no('There is no such delegation.');
      if (found.delegatorId !== actor.id) return no('Who named them ends it.');
      if (found.endedAt !== null) return { kind: 'done', id };
      await this.store.end(tx, id, actor.id, this.clock.now());
      return this.told(tx, found, { version: 2, actor, action: 'delegation.end', mutationId, detail: { delegate: found.delegateId } });
    });
  }

  private async told(tx: Tx, { id }: DelegationRecord, what: { version: number; actor: Actor; action: string; mutationId: string; detail: Readonly<Record<string, unknown>> }): Promise<DelegationAnswer> {
    const at = this.clock.now();
    await writeChanges(tx, [{ topic: 'approvals', entity: 'delegation', id, version: what.version, actor: what.actor.id, mutationId: what.mutationId, at }]);
    await writeAudit(tx, { actor: what.actor.id, action: what.action, target: id, at, detail: what.detail });
    return { kind: 'done', id };
  }

  private async show(records: readonly DelegationRecord[], reader: Actor): Promise<Delegation[]> {
    const people = await readPeople(this.transactions);
    const now = this.clock.now();
    return records.map((record) => ({
      id: record.id, delegator: personFrom(people, record.delegatorId), delegate: personFrom(people, record.delegateId), reason: record.reason, from: new Date(record.from), until: new Date(record.until),
      state: stateOf(record, now), madeAt: new Date(record.madeAt), endedAt: record.endedAt === null ? null : new Date(record.endedAt), endedBy: record.endedBy === null ? null : personFrom(people, record.endedBy),
      mayEnd: reader.id === record.delegatorId && record.endedAt === null && record.until > now,
    }));
  }
}

function stateOf({ from, until, endedAt }: DelegationRecord, now: number): string {
  if (endedAt !== null) return 'ended';
  if (until <= now) return 'over';
  return from > now ? 'planned' : 'active';
}
