import { HOUR, type PairCounts, type UsualHours } from '@orderwatch/domain';
import type { Queryable, Tx } from '../transactions.js';

/** Class of the advisory locks on people whose asking and approving is summed up. */
const PERSON = 7_261;

/** Until the transaction ends nobody else asks or approves in that name: sums over several remedies are read under it. Taken after the order's lock. */
export async function lockPerson(tx: Tx, personId: string): Promise<void> {
  await tx.query('select pg_advisory_xact_lock($1, hashtext($2))', [PERSON, personId]);
}

/** What was approved in one name or by one hand since that instant, minor units of that currency: by themselves, in their stead, and by them in another's. What was called back or came to nothing does not count. */
export async function approvedInNameOf(db: Queryable, personId: string, currency: string, since: number): Promise<number> {
  const [row] = await db.query<{ minor: string }>(
    `select coalesce(sum(r.amount_minor), 0)::text as minor from remedy_approval a join remedy r on r.order_id = a.order_id and r.id = a.remedy_id
      where a.at >= $3 and a.decision = 'approved' and a.revision = r.revision and $1::uuid in (a.person_id, a.on_behalf_of) and r.currency = $2 and r.state not in ('declined','void','failed')`,
    [personId, currency, new Date(since)]);
  return Number(row?.minor ?? 0);
}

/** What somebody asked for since that instant, or changed since, minor units of that currency; withdrawn, declined and void ones do not count. */
export async function askedBy(db: Queryable, personId: string, currency: string, at: { readonly since: number; readonly except: string | null }): Promise<number> {
  const [row] = await db.query<{ minor: string }>(
    `select coalesce(sum(amount_minor), 0)::text as minor from remedy
      where proposed_by = $1::uuid and currency = $2 and state not in ('declined','void','failed') and id is distinct from $4::uuid
        and (proposed_at >= $3 or (revision > 1 and exists (
          select 1 from case_history h where h.order_id = remedy.order_id and h.at >= $3 and h.what = 'remedy_edited' and h.after::json ->> 'remedy' = remedy.id::text)))`, [personId, currency, new Date(at.since), at.except]);
  return Number(row?.minor ?? 0);
}

/** Approvals since that instant between the reader and each of those who asked, and of either with anybody else. */
export async function pairsOf(db: Queryable, readerId: string, askers: readonly string[], since: number): Promise<Map<string, PairCounts>> {
  const rows = await db.query<{ asker: string; given: number; taken: number; given_elsewhere: number; taken_elsewhere: number }>(
    `with approved as (
       select a.person_id as by, r.proposed_by as of from remedy_approval a join remedy r on r.order_id = a.order_id and r.id = a.remedy_id where a.at >= $3 and a.decision = 'approved')
     select x.asker::text, count(*) filter (where p.by = $1::uuid and p.of = x.asker)::int as given, count(*) filter (where p.by = x.asker and p.of = $1::uuid)::int as taken,
            count(*) filter (where p.by = $1::uuid and p.of <> x.asker)::int as given_elsewhere, count(*) filter (where p.by = x.asker and p.of <> $1::uuid)::int as taken_elsewhere
       from unnest($2::uuid[]) as x(asker) left join approved p on p.by in ($1::uuid, x.asker) group by x.asker`, [readerId, askers, new Date(since)]);
  return new Map(rows.map((row) => [row.asker, { given: row.given, taken: row.taken, givenElsewhere: row.given_elsewhere, takenElsewhere: row.taken_elsewhere }]));
}

/** Days over which is counted what is usual. */
const USUAL_DAYS = 28;

/** What was carried out or is being so since that instant, and per hour in the four weeks before it. Hours in which nothing was count too. */
export async function executedPerHour(db: Queryable, since: number, now: number): Promise<{ readonly lately: number; readonly usual: UsualHours }> {
  const hours = USUAL_DAYS * 24;
  const [row] = await db.query<{ lately: number; active: number; sum: string; squares: string }>(
    `select (select count(*) from remedy_ledger where remedy_id is not null and at > $1 and at <= $2)::int + (select count(*) from remedy where state = 'executing' and attempted_at > $1)::int as lately,
            count(*)::int as active, coalesce(sum(n), 0)::text as sum, coalesce(sum(n * n), 0)::text as squares
       from (select count(*) as n from remedy_ledger where remedy_id is not null and at > $3 and at <= $1 group by floor(extract(epoch from ($1::timestamptz - at)) / 3600)) per_hour`,
    [new Date(since), new Date(now), new Date(since - hours * HOUR)]);
  return { lately: row?.lately ?? 0, usual: { hours, active: row?.active ?? 0, sum: Number(row?.sum ?? 0), squares: Number(row?.squares ?? 0) } };
}

/** Orders that the customer of that order has had, it counted; null when the customer is not known. */
export async function ordersOfCustomer(db: Queryable, orderId: string): Promise<number | null> {
  const [row] = await db.query<{ n: number | null }>(
    `select case when me.customer_id is null then null else (select count(*)::int from order_state s where s.customer_id = me.customer_id) end as n from order_state me where me.order_id = $1::uuid`, [orderId]);
  return row?.n ?? null;
}
