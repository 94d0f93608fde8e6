import type { LedgerKind, PastCase, RemedyKind, RemedyLine, RemedyState, Verdict } from '@orderwatch/domain';
import type { Queryable } from '../transactions.js';

interface Row {
  readonly id: string; readonly number: string | null; readonly order_id: string; readonly order_name: string; readonly kind: LedgerKind; readonly state: RemedyState | null;
  readonly amount_minor: string | null; readonly currency: string | null; readonly lines: string; readonly at: Date; readonly by_name: string | null;
  readonly decision: Verdict['decision'] | null; readonly decided_by: string | null; readonly decided_at: Date | null; readonly why: string | null;
}

/** The last decision of a person on it; none when that was taken back. */
const VERDICT = `left join lateral (
    select nullif(a.decision, 'called_back') as decision, a.at as decided_at, a.reason as why, coalesce(w.name, 'Somebody who left') as decided_by
      from remedy_approval a left join person w on w.id = a.person_id where a.order_id = r.order_id and a.remedy_id = r.id order by a.at desc limit 1) v on true`;

const CELLS = `r.id::text, 'AP-' || r.number as number, r.order_id::text, coalesce(s.name, s.home_id) as order_name, r.kind, r.state, r.amount_minor::text, r.currency, r.lines, r.proposed_at as at,
       p.name as by_name, v.decision, v.decided_by, v.decided_at, v.why`;

const SOURCES = `remedy r join order_state s on s.order_id = r.order_id left join person p on p.id = r.proposed_by ${VERDICT}`;

const MOST = 200;

function caseOf(row: Row): PastCase {
  const { decision, decided_by: by, decided_at: at } = row;
  return {
    id: row.id, number: row.number, orderId: row.order_id, orderName: row.order_name, kind: row.kind, state: row.state, lines: JSON.parse(row.lines) as RemedyLine[], at: row.at.getTime(), by: row.by_name ?? 'somebody who left',
    amount: row.amount_minor === null || row.currency === null ? null : { minor: Number(row.amount_minor), currency: row.currency },
    verdict: decision === null || by === null || at === null ? null : { decision, by, at: at.getTime(), reason: row.why },
  };
}

/** Remedies of the order, and since that instant of its customer's other orders; newest first. @param except one that is not compared with itself. */
export async function remediesBeside(db: Queryable, orderId: string, since: number, except: string | null): Promise<PastCase[]> {
  const rows = await db.query<Row>(
    `with me as (select order_id, customer_id from order_state where order_id = $1::uuid),
          near as (select order_id from me union select s.order_id from me join order_state s on s.customer_id = me.customer_id)
     select ${CELLS} from ${SOURCES} join near on near.order_id = r.order_id
      where (r.order_id = $1::uuid or r.proposed_at >= $2) and r.id is distinct from $3::uuid order by r.proposed_at desc limit ${MOST}`,
    [orderId, new Date(since), except]);
  return rows.map(caseOf);
}

/** Remedies of that kind, and of that reason when one is named, that a person decided on since that instant; newest first. */
export async function decidedLike(db: Queryable, like: { readonly kind: RemedyKind; readonly reasonCode: string | null; readonly since: number; readonly except: string | null }): Promise<PastCase[]> {
  const rows = await db.query<Row>(
    `select ${CELLS} from ${SOURCES}
      where r.kind = $1 and ($2::text is null or r.reason_code = $2) and r.proposed_at >= $3 and r.id is distinct from $4::uuid and v.decision is not null order by r.proposed_at desc limit ${MOST}`,
    [like.kind, like.reasonCode, new Date(like.since), like.except]);
  return rows.map(caseOf);
}

/** What became of what the asker of that remedy asked for since that instant, without it; null when there is no such remedy. */
export async function askedLately(db: Queryable, remedyId: string, since: number): Promise<{ readonly asked: number; readonly approved: number } | null> {
  const [row] = await db.query<{ asked: number; approved: number }>(
    `select count(r.id)::int as asked, (count(r.id) filter (where r.state in ('approved','executing','executed','confirmed','failed','needs_human')))::int as approved
       from remedy this left join remedy r on r.proposed_by = this.proposed_by and r.id <> this.id and r.proposed_at >= $2 where this.id = $1::uuid group by this.id`, [remedyId, new Date(since)]);
  return row ?? null;
}
