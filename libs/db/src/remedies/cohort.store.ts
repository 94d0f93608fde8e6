import type { Money, RemedyKind } from '@orderwatch/domain';
import type { Queryable, Tx } from '../transactions.js';

/** Remedies for one named cause, with what they came to so far. Instants in milliseconds. */
export interface CohortRecord {
  readonly id: string;
  readonly version: number;
  readonly cause: string;
  readonly kind: RemedyKind;
  readonly reasonCode: string;
  readonly budget: Money;
  readonly until: number;
  readonly createdBy: string;
  readonly createdAt: number;
  readonly closedAt: number | null;
  /** Approved and carried out, minor units of the budget's currency. */
  readonly spentMinor: number;
  readonly members: number;
  readonly waiting: number;
  readonly waitingMinor: number;
}

export interface NewCohort extends Pick<CohortRecord, 'id' | 'cause' | 'kind' | 'reasonCode' | 'budget' | 'until' | 'createdBy' | 'createdAt'> {
  readonly mutationId: string;
}

interface Row {
  readonly id: string; readonly version: number; readonly cause: string; readonly kind: RemedyKind; readonly reason_code: string; readonly budget_minor: string; readonly currency: string; readonly until_at: Date;
  readonly created_by: string; readonly created_at: Date; readonly closed_at: Date | null; readonly spent: string; readonly members: number; readonly waiting: number; readonly waiting_minor: string;
}

const SELECT = `
select c.id::text, c.version, c.cause, c.kind, c.reason_code, c.budget_minor::text, c.currency, c.until_at, c.created_by::text, c.created_at, c.closed_at,
       coalesce(m.spent, 0)::text as spent, coalesce(m.members, 0)::int as members, coalesce(m.waiting, 0)::int as waiting, coalesce(m.waiting_minor, 0)::text as waiting_minor
  from remedy_cohort c left join lateral (
    select sum(r.amount_minor) filter (where r.state in ('approved','executing','executed','confirmed','needs_human')) as spent,
           count(*) filter (where r.state not in ('declined','void')) as members,
           count(*) filter (where r.state = 'proposed') as waiting, sum(r.amount_minor) filter (where r.state = 'proposed') as waiting_minor
      from remedy r where r.cohort_id = c.id and r.currency = c.currency) m on true`;

function recordOf(row: Row): CohortRecord {
  return {
    id: row.id, version: row.version, cause: row.cause, kind: row.kind, reasonCode: row.reason_code, budget: { minor: Number(row.budget_minor), currency: row.currency }, until: row.until_at.getTime(),
    createdBy: row.created_by, createdAt: row.created_at.getTime(), closedAt: row.closed_at?.getTime() ?? null, spentMinor: Number(row.spent), members: row.members, waiting: row.waiting,
    waitingMinor: Number(row.waiting_minor),
  };
}

/** Cohorts of remedies. What they spent is summed up over their members, never kept beside them. */
export class CohortStore {
  async find(db: Queryable, id: string): Promise<CohortRecord | undefined> {
    const [row] = await db.query<Row>(`${SELECT} where c.id = $1::uuid`, [id]);
    return row && recordOf(row);
  }

  /** Taken after the order's lock: of two approvals at once the second sees what the first spent. */
  async lock(tx: Tx, id: string): Promise<CohortRecord | undefined> {
    await tx.query('select 1 from remedy_cohort where id = $1::uuid for update', [id]);
    return this.find(tx, id);
  }

  async madeWith(db: Queryable, mutationId: string): Promise<CohortRecord | undefined> {
    const [row] = await db.query<Row>(`${SELECT} where c.mutation_id = $1::uuid`, [mutationId]);
    return row && recordOf(row);
  }

  /** Open ones, and those that ended since; newest first, 100 at most. */
  async since(db: Queryable, instant: number): Promise<CohortRecord[]> {
    return (await db.query<Row>(`${SELECT} where least(c.until_at, coalesce(c.closed_at, c.until_at)) >= $1 order by c.created_at desc, c.id limit 100`, [new Date(instant)])).map(recordOf);
  }

  /** @returns false when the mutation was seen before. */
  async insert(tx: Tx, made: NewCohort): Promise<boolean> {
    const rows = await tx.query(
      `insert into remedy_cohort (id, cause, kind, reason_code, budget_minor, currency, until_at, created_by, created_at, mutation_id) values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)
       on conflict (mutation_id) do nothing returning 1`,
      [made.id, made.cause, made.kind, made.reasonCode, made.budget.minor, made.budget.currency, new Date(made.until), made.createdBy, new Date(made.createdAt), made.mutationId]);
    return rows.length > 0;
  }

  /** The caller has the lock. */
  async change(tx: Tx, id: string, change: { readonly budgetMinor?: number; readonly closed?: { readonly by: string; readonly at: number } }): Promise<void> {
    await tx.query(
      'update remedy_cohort set version = version + 1, budget_minor = coalesce($2, budget_minor), closed_at = coalesce($3, closed_at), closed_by = coalesce($4, closed_by) where id = $1::uuid',
      [id, change.budgetMinor ?? null, change.closed ? new Date(change.closed.at) : null, change.closed?.by ?? null]);
  }
}
