import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { barByBudget, barToRaise, cohortInWords, DAY, faultOfCohort, isOpen, leftOf, type Actor, type Money, type RemedyKind as Kind } from '@orderwatch/domain';
import { CohortStore, Transactions, writeAudit, writeChanges, type Clock, type CohortRecord, type Queryable, type RemedyRecord, type Tx } from '@orderwatch/db';
import type { AllowedAction } from '../../../platform/graphql/shared-types.js';
import { CLOCK } from '../../../platform/tokens.js';
import type { RemedyCohort } from './cohorts.types.js';
import { personFrom, readPeople } from '../people-shown.js';
import { RemedyKind } from '../remedy-kind.js';

/** How long those that ended are still shown. */
const SHOWN_AFTER = 30 * DAY;

export interface NamedCohort {
  readonly cause: string;
  readonly kind: Kind;
  readonly reasonCode: string;
  readonly budget: Money;
  readonly until: number;
  readonly mutationId: string;
}

export interface CohortAct {
  readonly id: string;
  readonly expectedVersion: number;
  readonly reason: string;
  readonly actor: Actor;
  readonly mutationId: string;
}

export type CohortAnswer = { readonly kind: 'done'; readonly id: string } | { readonly kind: 'not_allowed'; readonly reason: string };

const no = (reason: string): CohortAnswer => ({ kind: 'not_allowed', reason });

/** Causes with a budget: made by a manager, raised by another. Each act stands in the audit; the inbox is told. */
@Injectable()
export class ManageCohorts {
  private readonly store = new CohortStore();

  constructor(
    private readonly transactions: Transactions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async list(reader: Actor, db: Queryable = this.transactions): Promise<RemedyCohort[]> {
    return this.show(await this.store.since(db, this.clock.now() - SHOWN_AFTER), reader);
  }

  async one(id: string, reader: Actor): Promise<RemedyCohort> {
    const found = await this.store.find(this.transactions, id);
    const [shown] = found ? await this.show([found], reader) : [];
    if (!shown) throw new Error(`cohort ${id} could not be shown`);
    return shown;
  }

  /** Why those remedies may not be approved because of their cohorts: they fit no longer, or too little is left. By the remedy's id. */
  async barsOf(records: readonly RemedyRecord[]): Promise<ReadonlyMap<string, string>> {
    const ids = [...new Set(records.map((record) => record.cohortId).filter((id) => id !== null))];
    const cohorts = new Map((await Promise.all(ids.map((id) => this.store.find(this.transactions, id)))).filter((cohort) => cohort !== undefined).map((cohort) => [cohort.id, cohort]));
    return new Map(records.flatMap(({ id, cohortId, reasonCode, remedy: { kind, amount, state } }) => {
      const cohort = cohortId === null || state !== 'proposed' ? undefined : cohorts.get(cohortId);
      const bar = cohort && barByBudget(cohort, { kind, reasonCode, amount }, this.clock.now());
      return bar === undefined ? [] : [[id, bar] as const];
    }));
  }

  create(named: NamedCohort, actor: Actor): Promise<CohortAnswer> {
    return this.transactions.run(async (tx) => {
      const again = await this.store.madeWith(tx, named.mutationId);
      if (again) return again.createdBy === actor.id ? { kind: 'done', id: again.id } : no('That was made by somebody else.');
      const now = this.clock.now();
      const fault = faultOfCohort(named, now);
      if (fault) return no(fault);
      const id = randomUUID();
      if (!(await this.store.insert(tx, { ...named, id, createdBy: actor.id, createdAt: now }))) return no('It was made a moment ago.');
      const { cause, kind, reasonCode, budget, until, mutationId } = named;
      return this.told(tx, id, { version: 1, actor, action: 'cohort.make', mutationId, detail: { cause, kind, reasonCode, amount: budget, until } });
    });
  }

  raise(act: CohortAct, budgetMinor: number): Promise<CohortAnswer> {
    return this.change(act, async (tx, cohort) => {
      if (cohort.budget.minor === budgetMinor && cohort.version === act.expectedVersion + 1) return { kind: 'done', id: cohort.id };
      const bar = this.barTo(cohort, act) ?? barToRaise(cohort, act.actor, budgetMinor, this.clock.now());
      if (bar) return no(bar);
      await this.store.change(tx, cohort.id, { budgetMinor });
      const amount = { minor: budgetMinor, currency: cohort.budget.currency };
      return this.told(tx, cohort.id, { version: cohort.version + 1, actor: act.actor, action: 'cohort.raise', mutationId: act.mutationId, detail: { before: cohort.budget, amount, reason: act.reason } });
    });
  }

  close(act: CohortAct): Promise<CohortAnswer> {
    return this.change(act, async (tx, cohort) => {
      if (cohort.closedAt !== null) return { kind: 'done', id: cohort.id };
      const bar = this.barTo(cohort, act);
      if (bar) return no(bar);
      await this.store.change(tx, cohort.id, { closed: { by: act.actor.id, at: this.clock.now() } });
      return this.told(tx, cohort.id, { version: cohort.version + 1, actor: act.actor, action: 'cohort.close', mutationId: act.mutationId, detail: { reason: act.reason } });
    });
  }

  private barTo(cohort: CohortRecord, { expectedVersion, reason }: CohortAct): string | undefined {
    if (cohort.version !== expectedVersion) return 'It was changed since you opened it.';
    return reason.trim() === '' ? 'Say why.' : undefined;
  }

  private change({ id }: CohortAct, then: (tx: Tx, cohort: CohortRecord) => Promise<CohortAnswer>): Promise<CohortAnswer> {
    return this.transactions.run(async (tx) => {
      const cohort = await this.store.lock(tx, id);
      return cohort ? then(tx, cohort) : no('There is no such cohort.');
    });
  }

  private async told(tx: Tx, id: string, what: { version: number; actor: Actor; action: string; mutationId: string; detail: Readonly<Record<string, unknown>> }): Promise<CohortAnswer> {
    const at = this.clock.now();
    await writeChanges(tx, [{ topic: 'approvals', entity: 'cohort', id, version: what.version, actor: what.actor.id, mutationId: what.mutationId, at }]);
    await writeAudit(tx, { actor: what.actor.id, action: what.action, target: id, at, detail: what.detail });
    return { kind: 'done', id };
  }

  private async show(records: readonly CohortRecord[], reader: Actor): Promise<RemedyCohort[]> {
    if (records.length === 0) return [];
    const people = await readPeople(this.transactions);
    const now = this.clock.now();
    return records.map((record) => ({
      id: record.id, version: record.version, cause: record.cause, kind: RemedyKind[record.kind], reasonCode: record.reasonCode, budget: record.budget,
      spent: { minor: record.spentMinor, currency: record.budget.currency }, left: leftOf(record), until: new Date(record.until), open: isOpen(record, now), members: record.members, waiting: record.waiting,
      waitingAmount: { minor: record.waitingMinor, currency: record.budget.currency }, createdBy: personFrom(people, record.createdBy), createdAt: new Date(record.createdAt),
      sentence: cohortInWords(record, record.members), allowedActions: actsOf(record, reader, now),
    }));
  }
}

function actsOf(record: CohortRecord, reader: Actor, now: number): AllowedAction[] {
  const action = (name: string, why: string | undefined): AllowedAction => ({ action: name, allowed: why === undefined, why: why ?? null, needsApproval: false, limit: null });
  const over = isOpen(record, now) ? undefined : 'It is over.';
  return [action('raise', barToRaise(record, reader, null, now)), action('close', reader.role === 'manager' ? over : 'Only a manager closes it.')];
}
