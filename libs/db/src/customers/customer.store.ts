import type { PersonKey, Sealer } from '../sealing.js';
import type { Queryable, Tx } from '../transactions.js';

/** Personal data of a customer as a source told it. Never in facts. */
export interface CustomerRecord {
  readonly id: string;
  readonly sourceId?: string | undefined;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  readonly locale?: string | undefined;
}

/** What we know of a customer; null = not known, or erased. */
export interface Customer {
  readonly id: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly locale: string | null;
  readonly orders: number;
}

/** A customer's name as it is stored, for lists that read it with their rows. */
export interface SealedName {
  readonly id: string;
  /** Null = erased, or not known. */
  readonly key: Buffer | null;
  readonly name: Buffer | null;
}

interface CustomerRow {
  readonly id: string;
  readonly key: Buffer | null;
  readonly name: Buffer | null;
  readonly email: Buffer | null;
  readonly phone: Buffer | null;
  readonly locale: string | null;
  readonly orders: number;
}

const READ = 'select id, key, name, email, phone, locale, orders from customer where id = any($1::uuid[])';
/** What is null stays. What was sealed with another key than the one that is stored by now would never be opened again: it is not written. */
const WRITE = `
insert into customer as c (id, key, name, email, phone, locale)
select * from unnest($1::uuid[], $2::bytea[], $3::bytea[], $4::bytea[], $5::bytea[], $6::text[])
on conflict (id) do update
   set name = coalesce(excluded.name, c.name), email = coalesce(excluded.email, c.email), phone = coalesce(excluded.phone, c.phone), locale = coalesce(excluded.locale, c.locale)
 where c.key = excluded.key
returning id`;
const WRITE_HANDLES = `
insert into customer_handle (kind, value, customer_id) select * from unnest($1::text[], $2::bytea[], $3::uuid[]) on conflict do nothing`;
const COUNT_ORDERS = `
update customer c set orders = c.orders + n.n from (select id, n from unnest($1::uuid[], $2::int[]) as u(id, n) order by id) n where c.id = n.id`;

/** Normal form in which two spellings of one address are equal. */
export function normalEmail(email: string): string {
  return email.trim().toLowerCase();
}

/** What cannot be opened is not known: it is one field of one person, and must not stand in the way of their orders. The next telling mends it. */
function openField(key: PersonKey, sealed: Buffer | null): string | null {
  if (!sealed) return null;
  try {
    return key.open(sealed);
  } catch {
    return null;
  }
}

/** People who buy: sealed, each with a key of their own. */
export class CustomerStore {
  constructor(private readonly sealer: Sealer) {}

  /** Takes what sources say of customers; silent about a field = it stays. Erased ones stay erased. */
  async note(tx: Tx, records: readonly CustomerRecord[]): Promise<void> {
    const merged = new Map<string, CustomerRecord>();
    for (const record of records) merged.set(record.id, { ...merged.get(record.id), ...stated(record) });
    // Who wrote the same customer meanwhile gave them another key; now it can be read.
    for (let left: ReadonlyMap<string, CustomerRecord> = merged; left.size > 0; ) left = await this.write(tx, left);
  }

  /** @returns those that somebody else was the first to write. */
  private async write(tx: Tx, merged: ReadonlyMap<string, CustomerRecord>): Promise<ReadonlyMap<string, CustomerRecord>> {
    const known = new Map((await tx.prepared<CustomerRow>(READ, [[...merged.keys()]])).map((row) => [row.id, row]));
    const rows = [...merged.values()].map((record) => this.rowOf(record, known.get(record.id))).filter((row) => row !== undefined).sort((a, b) => (a.id < b.id ? -1 : 1));
    if (rows.length === 0) return new Map();
    const written = await tx.prepared<{ id: string }>(WRITE, [rows.map((r) => r.id), rows.map((r) => r.key), rows.map((r) => r.name), rows.map((r) => r.email), rows.map((r) => r.phone), rows.map((r) => r.locale)]);
    const handles = rows.flatMap((row) => this.handlesOf(merged.get(row.id)));
    if (handles.length > 0) await tx.prepared(WRITE_HANDLES, [handles.map((h) => h.kind), handles.map((h) => h.value), handles.map((h) => h.id)]);
    const done = new Set(written.map((row) => row.id));
    return new Map(rows.flatMap((row) => (done.has(row.id) ? [] : [[row.id, merged.get(row.id) ?? { id: row.id }]])));
  }

  async countOrders(tx: Tx, counts: ReadonlyMap<string, number>): Promise<void> {
    if (counts.size > 0) await tx.prepared(COUNT_ORDERS, [[...counts.keys()], [...counts.values()]]);
  }

  async read(db: Queryable, ids: readonly string[]): Promise<Map<string, Customer>> {
    if (ids.length === 0) return new Map();
    const rows = await db.prepared<CustomerRow>(READ, [ids]);
    return new Map(rows.map((row) => [row.id, this.open(row)]));
  }

  /** What those names say, by customer; who stands behind many rows is opened once. */
  openNames(sealed: readonly SealedName[]): Map<string, string> {
    const names = new Map<string, string>();
    for (const { id, key, name } of sealed) {
      const text = key && !names.has(id) ? openField(this.sealer.personKey(key), name) : null;
      if (text !== null) names.set(id, text);
    }
    return names;
  }

  /** Customers with that e-mail address. */
  async withEmail(db: Queryable, email: string): Promise<string[]> {
    const rows = await db.query<{ customer_id: string }>(`select customer_id from customer_handle where kind = 'email' and value = $1`, [this.sealer.handleHash('email', normalEmail(email))]);
    return rows.map((row) => row.customer_id);
  }

  private open(row: CustomerRow): Customer {
    const base = { id: row.id, locale: row.locale, orders: row.orders };
    if (!row.key) return { ...base, name: null, email: null, phone: null };
    const key = this.sealer.personKey(row.key);
    return { ...base, name: openField(key, row.name), email: openField(key, row.email), phone: openField(key, row.phone) };
  }

  /** The row to write, or undefined when it says nothing new. */
  private rowOf(record: CustomerRecord, known: CustomerRow | undefined): CustomerRow | undefined {
    if (known && !known.key) return undefined;
    const stored = known?.key ?? this.sealer.newPersonKey();
    const before = known ? this.open(known) : undefined;
    const isNews = !before || (['name', 'email', 'phone', 'locale'] as const).some((field) => record[field] !== undefined && record[field] !== before[field]);
    if (!isNews) return undefined;
    const key = this.sealer.personKey(stored);
    const sealed = (field: 'name' | 'email' | 'phone'): Buffer | null => {
      const value = record[field];
      return value === undefined || value === before?.[field] ? null : key.seal(value);
    };
    return {
      id: record.id, key: stored, name: sealed('name'), email: sealed('email'), phone: sealed('phone'),
      locale: (record.locale ?? null)?.toWellFormed().replaceAll('\0', '') ?? null, orders: 0,
    };
  }

  private handlesOf(record: CustomerRecord | undefined): { kind: string; value: Buffer; id: string }[] {
    if (!record) return [];
    const handles: { kind: string; value: Buffer; id: string }[] = [];
    const add = (kind: string, value: string | undefined): void => {
      if (value) handles.push({ kind, value: this.sealer.handleHash(kind, value), id: record.id });
    };
    add('email', record.email === undefined ? undefined : normalEmail(record.email));
    add('phone', record.phone?.replace(/[^\d+]/g, ''));
    add('source', record.sourceId);
    return handles;
  }
}

function stated(record: CustomerRecord): CustomerRecord {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as unknown as CustomerRecord;
}
