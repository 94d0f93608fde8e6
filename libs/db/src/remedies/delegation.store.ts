import type { Queryable, Tx } from '../transactions.js';

/** Somebody who decides in a manager's stead, as stored. Instants in milliseconds. */
export interface DelegationRecord {
  readonly id: string;
  readonly delegatorId: string;
  readonly delegateId: string;
  readonly reason: string;
  readonly from: number;
  readonly until: number;
  readonly madeAt: number;
  readonly endedAt: number | null;
  readonly endedBy: string | null;
}

interface Row {
  readonly id: string; readonly delegator_id: string; readonly delegate_id: string; readonly reason: string; readonly from_at: Date; readonly until_at: Date; readonly made_at: Date;
  readonly ended_at: Date | null; readonly ended_by: string | null;
}

const SELECT = 'select id::text, delegator_id::text, delegate_id::text, reason, from_at, until_at, made_at, ended_at, ended_by::text from delegation';

function recordOf(row: Row): DelegationRecord {
  return {
    id: row.id, delegatorId: row.delegator_id, delegateId: row.delegate_id, reason: row.reason, from: row.from_at.getTime(), until: row.until_at.getTime(), madeAt: row.made_at.getTime(),
    endedAt: row.ended_at?.getTime() ?? null, endedBy: row.ended_by,
  };
}

/** Who decides on remedies in whose stead, and until when. */
export class DelegationStore {
  async find(db: Queryable, id: string, isForUpdate = false): Promise<DelegationRecord | undefined> {
    const [row] = await db.query<Row>(`${SELECT} where id = $1::uuid${isForUpdate ? ' for update' : ''}`, [id]);
    return row && recordOf(row);
  }

  async madeWith(db: Queryable, mutationId: string): Promise<DelegationRecord | undefined> {
    const [row] = await db.query<Row>(`${SELECT} where mutation_id = $1::uuid`, [mutationId]);
    return row && recordOf(row);
  }

  /** Those that are not over since before that instant; newest first, 200 at most. */
  async since(db: Queryable, instant: number): Promise<DelegationRecord[]> {
    return (await db.query<Row>(`${SELECT} where least(until_at, coalesce(ended_at, until_at)) >= $1 order by made_at desc, id limit 200`, [new Date(instant)])).map(recordOf);
  }

  /** @returns false when the mutation was seen before. */
  async insert(tx: Tx, made: DelegationRecord & { readonly mutationId: string }): Promise<boolean> {
    const rows = await tx.query(
      `insert into delegation (id, delegator_id, delegate_id, reason, from_at, until_at, made_at, mutation_id) values ($1,$2,$3,$4,$5,$6,$7,$8) on conflict (mutation_id) do nothing returning 1`,
      [made.id, made.delegatorId, made.delegateId, made.reason, new Date(made.from), new Date(made.until), new Date(made.madeAt), made.mutationId]);
    return rows.length > 0;
  }

  async end(tx: Tx, id: string, by: string, at: number): Promise<void> {
    await tx.query('update delegation set ended_at = $2, ended_by = $3 where id = $1::uuid and ended_at is null', [id, new Date(at), by]);
  }
}

/** Managers in whose stead that person may decide now, who first named them first. One who is no manager any more gives nothing. */
export async function standsFor(db: Queryable, personId: string, now: number): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    `select d.delegator_id::text as id from delegation d
       join person m on m.id = d.delegator_id and m.role = 'manager' and m.disabled_at is null
       join person p on p.id = d.delegate_id and p.role <> 'admin' and p.disabled_at is null
      where d.delegate_id = $1::uuid and d.ended_at is null and d.from_at <= $2 and d.until_at > $2 group by d.delegator_id order by min(d.made_at)`, [personId, new Date(now)]);
  return rows.map((row) => row.id);
}
