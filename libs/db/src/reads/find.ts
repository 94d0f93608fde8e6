import type { CustomerStore } from '../customers/customer.store.js';
import type { Queryable } from '../transactions.js';

/** Finds customers by their hashed e-mail address. */
export type CustomerFinder = Pick<CustomerStore, 'withEmail'>;

const MOST = 200;

/** What somebody typed, as the numbers it may be. */
function readText(text: string) {
  const trimmed = text.toWellFormed().replaceAll('\0', '').trim().slice(0, 200);
  const caseNumber = /^EX-(\d{1,15})$/i.exec(trimmed)?.[1] ?? null;
  const name = trimmed.toLowerCase();
  return {
    trimmed, caseNumber, names: [name, name.startsWith('#') ? name.slice(1) : `#${name}`],
    number: trimmed.replace(/[\s-]/g, '').toUpperCase(), isEmail: /^[^\s@]+@[^\s@]+$/.test(trimmed),
  };
}

/** Orders that a person may mean by a name, the home's own id, a tracking number, an e-mail address or a case number. Index look-ups only. */
export async function findOrders(db: Queryable, text: string, customers: CustomerFinder): Promise<string[]> {
  return (await findHits(db, text, customers)).map((hit) => hit.id);
}

export interface Hit {
  readonly id: string;
  readonly kind: 'order' | 'case' | 'parcel' | 'customer';
  readonly label: string;
  readonly detail: string | null;
}

/** The same with what was found; an order found twice stands once, by its strongest clue. */
export async function findHits(db: Queryable, text: string, customers: CustomerFinder): Promise<Hit[]> {
  const asked = readText(text);
  if (!asked.trimmed) return [];
  const people = asked.isEmail ? await customers.withEmail(db, asked.trimmed) : [];
  return db.query<Hit>(
    `with clue as (
       (select c.order_id, 'case' as kind, 1 as rank, 'EX-' || c.number as what from case_item c where c.number = $1::bigint)
       union all (select o.order_id, 'order', 2, null from order_state o where lower(o.name) = any($2::text[]) limit ${MOST})
       union all (select o.order_id, 'order', 3, null from order_state o where o.home_id = $3 limit ${MOST})
       union all (select p.order_id, 'parcel', 4, p.number from parcel_state p where p.number = $4 limit ${MOST})
       union all (select o.order_id, 'customer', 5, null from order_state o where o.customer_id = any($5::uuid[]) limit ${MOST})
     ), best as (select distinct on (order_id) order_id, kind, rank, what from clue order by order_id, rank)
     select b.order_id as id, b.kind, coalesce(o.name, o.home_id) as label, concat_ws(' · ', b.what, o.home, nullif(o.headline, '')) as detail
     from best b join order_state o on o.order_id = b.order_id
     order by b.rank, o.placed_at desc nulls last, o.order_id limit ${MOST}`,
    [asked.caseNumber, asked.names, asked.trimmed, asked.number, people],
  );
}
