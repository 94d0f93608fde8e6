import { randomUUID } from 'node:crypto';
import { queueSelection, type QueueQuery } from '../cases/queue.read-model.js';
import { LATEST_POSITION } from '../reads/position.js';
import { stuckCases, type StuckQuery } from '../reads/stuck.js';
import type { Queryable } from '../transactions.js';

/** One act on many cases is on so many at most. */
export const MOST_SELECTED = 5_000;
/** How long a selection is good for, milliseconds: nobody acts upon what they saw longer ago. */
export const SELECTION_LASTS = 10 * 60_000;

/** A case as it was seen when it was selected. */
export interface SelectedCase {
  readonly orderId: string;
  /** Null: there was no such case. */
  readonly version: number | null;
}

export interface NewSelection {
  readonly personId: string;
  /** What was asked for; null = picked by hand. */
  readonly query: object | null;
  readonly seq: string | null;
  readonly cases: readonly SelectedCase[];
  readonly now: Date;
}

export interface KeptSelection {
  readonly token: string;
  readonly expiresAt: Date;
}

export interface Matching {
  readonly cases: readonly SelectedCase[];
  /** More match than may be selected. */
  readonly isCapped: boolean;
  /** Position of the changes of which it tells, of the same picture of the database. */
  readonly seq: string | null;
}

/** A carrier, a place of it, or a leg from there; nothing: everywhere. */
export type StuckPlace = Pick<StuckQuery, 'now' | 'carrier' | 'facility' | 'lane'>;

/** What a person selected, kept here, so that cases that come later never join. Bound to the person: nobody else's token is good. */
export class SelectionStore {
  constructor(private readonly most = MOST_SELECTED) {}

  /** The cases of a query as they are now, in the order of its list. */
  async matching(db: Queryable, query: QueueQuery): Promise<Matching> {
    const { where, orderBy, params } = queueSelection(query);
    return this.picked(db, { sql: `select c.order_id, c.version from case_item c ${where} order by ${orderBy} limit ${this.most + 1}`, params });
  }

  /** The cases of the parcels that are stuck at a place now. */
  async stuckAt(db: Queryable, place: StuckPlace): Promise<Matching> {
    return this.picked(db, stuckCases(place, this.most + 1));
  }

  private async picked(db: Queryable, { sql, params }: { readonly sql: string; readonly params: readonly unknown[] }): Promise<Matching> {
    const rows = await db.query<{ seq: string | null; order_id: string | null; version: number }>(
      `select h.seq, m.order_id, m.version from (select (${LATEST_POSITION}) as seq) h left join lateral (${sql}) m on true`, params);
    const cases = rows.flatMap(({ order_id: orderId, version }) => (orderId === null ? [] : [{ orderId, version }]));
    return { cases: cases.slice(0, this.most), isCapped: cases.length > this.most, seq: rows[0]?.seq ?? null };
  }

  /** Those cases as they are now, in the order given. */
  async seen(db: Queryable, orderIds: readonly string[]): Promise<SelectedCase[]> {
    return db.query<{ orderId: string; version: number | null }>(
      `select n.id as "orderId", c.version from unnest($1::uuid[]) with ordinality as n(id, position) left join case_item c on c.order_id = n.id order by n.position`, [orderIds]);
  }

  async keep(db: Queryable, { personId, query, seq, cases, now }: NewSelection): Promise<KeptSelection> {
    const kept = { token: randomUUID(), expiresAt: new Date(now.getTime() + SELECTION_LASTS) };
    await db.query(
      `insert into case_selection (id, person_id, query, seq, order_ids, versions, created_at, expires_at) values ($1::uuid, $2::uuid, $3, $4, $5::uuid[], $6::int[], $7, $8)`,
      [kept.token, personId, query === null ? null : JSON.stringify(query), seq, cases.map((c) => c.orderId), cases.map((c) => c.version ?? 0), now, kept.expiresAt]);
    return kept;
  }

  /** Null: it is not that person's, or too old, or never was. Of a case that was not there the version is 0. */
  async read(db: Queryable, token: string, personId: string, now: Date): Promise<(KeptSelection & { readonly cases: readonly SelectedCase[] }) | null> {
    const [row] = await db.query<{ orderIds: string[]; versions: number[]; expiresAt: Date }>(
      `select order_ids as "orderIds", versions, expires_at as "expiresAt" from case_selection where id = $1::uuid and person_id = $2::uuid and expires_at > $3`, [token, personId, now]);
    return row ? { token, expiresAt: row.expiresAt, cases: row.orderIds.map((orderId, i) => ({ orderId, version: row.versions[i] ?? 0 })) } : null;
  }

  /** The person has been told how the cases stand now: from here on that is what they saw. */
  async seeAgain(db: Queryable, token: string, cases: readonly SelectedCase[]): Promise<void> {
    await db.query('update case_selection set versions = $2::int[] where id = $1::uuid and cardinality(order_ids) = cardinality($2::int[])', [token, cases.map((c) => c.version ?? 0)]);
  }

  async prune(db: Queryable, now: Date): Promise<void> {
    await db.query('delete from case_selection where expires_at < $1', [now]);
  }
}
