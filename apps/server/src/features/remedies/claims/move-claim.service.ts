import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { grantOf, moveClaim, openClaim, type ClaimKind, type ClaimStep, type Money, type PersonRole } from '@orderwatch/domain';
import { ClaimStore, lockOrders, Transactions, writeAudit, type ClaimRecord, type Clock, type Tx } from '@orderwatch/db';
import { CLOCK } from '../../../platform/tokens.js';
import { holderOf } from '../case-holder.js';
import { readOrderNow } from '../order-facts.js';

export interface ClaimAsked {
  readonly orderId: string;
  readonly parcelId: string;
  readonly kind: ClaimKind;
  readonly asked: Money;
  readonly note: string;
  /** Until when the carrier takes it, where somebody looked it up. */
  readonly deadline?: number | null;
}

export interface ClaimActor {
  readonly id: string;
  readonly role: PersonRole;
  readonly mutationId: string;
}

export type ClaimAnswer =
  | { readonly kind: 'done'; readonly claim: ClaimRecord }
  | { readonly kind: 'conflict'; readonly message: string; readonly claim: ClaimRecord | null }
  | { readonly kind: 'not_allowed'; readonly reason: string };

const no = (reason: string): ClaimAnswer => ({ kind: 'not_allowed', reason });

/** Claims against carriers: opened for a parcel, and moved along by what the carrier says. Under the order's lock; the same act again is harmless. */
@Injectable()
export class MoveClaim {
  constructor(
    private readonly transactions: Transactions,
    private readonly claims: ClaimStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  open(asked: ClaimAsked, actor: ClaimActor): Promise<ClaimAnswer> {
    return this.transactions.run(async (tx) => {
      await lockOrders(tx, [asked.orderId]);
      const others = await this.claims.ofOrder(tx, asked.orderId);
      const again = others.find((one) => one.mutationId === actor.mutationId);
      if (again) return { kind: 'done', claim: again };
      const order = await readOrderNow(tx, asked.orderId);
      if (!order) return no('There is no such order.');
      const bar = await this.barTo(tx, asked.orderId, actor);
      if (bar) return no(bar);
      const parcel = order.state.parcels[asked.parcelId];
      if (!parcel) return no('The order has no such parcel.');
      if (asked.note.trim() === '') return no('Say what happened: the carrier asks.');
      const pending = others.find((one) => one.parcelId === asked.parcelId && one.answeredAt === null);
      if (pending) return { kind: 'conflict', message: `CL-${pending.number} claims this parcel already.`, claim: pending };
      const decision = openClaim(asked.kind, asked.asked);
      if (!decision.ok) return no(decision.why);
      const id = randomUUID();
      await this.claims.insert(tx, { id, orderId: asked.orderId, parcelId: asked.parcelId, carrier: parcel.carrier, claim: decision.next, note: asked.note, deadline: asked.deadline ?? null, openedBy: actor.id, openedAt: this.clock.now(), mutationId: actor.mutationId });
      return this.told(tx, id, actor, asked.note);
    });
  }

  move(id: string, expectedVersion: number, step: ClaimStep, actor: ClaimActor): Promise<ClaimAnswer> {
    return this.transactions.run(async (tx) => {
      const seen = await this.claims.find(tx, id);
      if (!seen) return no('There is no such claim.');
      await lockOrders(tx, [seen.orderId]);
      const record = (await this.claims.find(tx, id)) ?? seen;
      if (await this.claims.wasDone(tx, record.orderId, actor.mutationId)) return { kind: 'done', claim: record };
      const bar = await this.barTo(tx, record.orderId, actor);
      if (bar) return no(bar);
      if (record.version !== expectedVersion) return { kind: 'conflict', message: 'Somebody else was faster.', claim: record };
      const proven = step.to === 'submitted' ? { ...step, proofs: await this.known(tx, record.orderId, step.proofs) } : step;
      const decision = moveClaim(record.claim, proven);
      if (!decision.ok) return decision.kind === 'conflict' ? { kind: 'conflict', message: decision.why, claim: record } : no(decision.why);
      if (!(await this.claims.save(tx, record, decision.next, this.clock.now()))) return { kind: 'conflict', message: 'Somebody else was faster.', claim: record };
      return this.told(tx, id, actor, wordsOf(step));
    });
  }

  /** Facts of the order prove something; ids that name none do not. */
  private async known(tx: Tx, orderId: string, ids: readonly string[]): Promise<string[]> {
    const rows = await tx.query<{ id: string }>('select fact_id as id from order_event where order_id = $1::uuid and fact_id = any($2::text[]) order by at limit 20', [orderId, ids]);
    return rows.map((row) => row.id);
  }

  private async barTo(tx: Tx, orderId: string, actor: ClaimActor): Promise<string | undefined> {
    if (grantOf(actor.role, 'claim.write') === 'all') return undefined;
    const holder = await holderOf(tx, orderId, this.clock.now());
    return holder && holder.id !== actor.id ? `${holder.name} has claimed this case.` : undefined;
  }

  private async told(tx: Tx, id: string, actor: ClaimActor, why: string): Promise<ClaimAnswer> {
    const record = await this.claims.find(tx, id);
    if (!record) return no('The claim could not be read back.');
    const { claim, orderId } = record;
    const now = this.clock.now();
    await this.claims.announce(tx, record, { why, actor: actor.id, now, mutationId: actor.mutationId });
    await writeAudit(tx, { actor: actor.id, action: `claim.${claim.state}`, target: id, at: now, detail: { orderId, parcel: record.parcelId, amount: claim.credited ?? claim.asked, reference: claim.reference, proofs: claim.proofs, reason: why } });
    return { kind: 'done', claim: record };
  }
}

function wordsOf(step: ClaimStep): string {
  switch (step.to) {
    case 'submitted': return `as ${step.reference.trim()}`;
    case 'in_review': return 'the carrier looks into it';
    case 'credited': return 'the carrier pays';
    case 'rejected': return step.reason.trim();
  }
}
