import { currenciesWithPlaces, RESULT_WORDS, resultOf, TEAM_CATEGORIES, type AuditResult, type AuditScope, type AuditTerm, type Money } from '@orderwatch/domain';
import { codeOf } from '../database-errors.js';
import type { Queryable, Transactions, Tx } from '../transactions.js';

/** An entry as somebody reads it. */
export interface AuditEntryRow {
  readonly id: string;
  readonly at: number;
  /** Person id, `system` or `operator`. */
  readonly actor: string;
  readonly actorName: string | null;
  /** Of a remedy it names the kind: `refund.approved`. */
  readonly action: string;
  readonly target: string | null;
  readonly orderId: string | null;
  readonly orderName: string | null;
  readonly remedyNumber: string | null;
  readonly amount: Money | null;
  readonly reason: string | null;
  readonly result: AuditResult;
  /** Empty when what is stored cannot be read: somebody changed it. */
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface AuditReader {
  readonly personId: string;
  readonly scope: AuditScope;
}

interface Row {
  readonly id: string; readonly at: Date; readonly actor: string; readonly actor_name: string | null; readonly shown: string; readonly target: string | null; readonly detail: string;
  readonly order_id: string | null; readonly order_name: string | null; readonly number: string | null; readonly amount_minor: string | null; readonly currency: string | null;
}

/** Milliseconds that a search may take; beyond, the person narrows it. */
const PATIENCE = 4_000;
/** query_canceled */
const CANCELLED = '57014';
/** Most entries of one order's story; far more than any order has. */
const LONGEST_STORY = 1_000;

const UUID = '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$';
const SHOWN = `case when r.kind is null or a.action not like 'remedy.%' then a.action else r.kind || substr(a.action, 7) end`;
/** An entry that somebody spoiled is found by everything else, and breaks no search. */
const DETAIL = `case when pg_input_is_valid(a.detail, 'json') then a.detail::json end`;
const MINOR = `coalesce((${DETAIL} -> 'amount' ->> 'minor')::numeric, r.amount_minor)`;
const CURRENCY = `coalesce(${DETAIL} -> 'amount' ->> 'currency', r.currency)`;
/** As the index has it. */
const REQUEST = `substring(a.detail from '"request":"([0-9A-Za-z-]+)"')`;
const LAST_WORD = `substring(a.action from '[^.]*$')`;
const SELECT = `
select a.id::text as id, a.at, a.actor, p.name as actor_name, ${SHOWN} as shown, a.target, a.detail, s.order_id::text, coalesce(s.name, s.home_id) as order_name, 'AP-' || r.number as number, r.amount_minor::text, r.currency
  from audit a
  left join remedy r on r.id = case when (a.action like 'remedy.%' or a.action = 'export.evidence') and a.target ~ '${UUID}' then a.target::uuid end
  left join carrier_claim c on c.id = case when a.action like 'claim.%' and a.target ~ '${UUID}' then a.target::uuid end
  left join order_state s on s.order_id = coalesce(r.order_id, c.order_id)
  left join person p on p.id::text = a.actor`;

/** Conditions with their values, numbered as they come. */
class Where {
  readonly values: unknown[] = [];
  readonly all: string[] = [];

  value(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }

  /** What is not known (null) is no. */
  and(condition: string, not = false): void {
    this.all.push(not ? `not coalesce((${condition}), false)` : `(${condition})`);
  }
}

export interface AuditQuestion {
  readonly terms: readonly AuditTerm[];
  /** Id of an entry: only older ones. */
  readonly before?: string | null;
  /** Id of an entry: only newer ones. */
  readonly after?: string | null;
  readonly limit: number;
}

/** Entries that the reader may see and that fit, newest first; or that it takes too long to find them. */
export function searchAudit(db: Transactions, reader: AuditReader, asked: AuditQuestion): Promise<AuditEntryRow[] | 'too much'> {
  return patiently(db, async (tx) => (await select(tx, reader, asked)).map(entryOf));
}

/** How many would be found, counted up to the limit. */
export async function countAudit(db: Transactions, reader: AuditReader, asked: AuditQuestion): Promise<number | 'too much'> {
  return patiently(db, async (tx) => (await select(tx, reader, asked)).length);
}

/** All that fits, oldest last, in portions: for a file. Read in a transaction that may take its time. */
export async function* streamAudit(tx: Tx, reader: AuditReader, terms: readonly AuditTerm[], portion: number): AsyncGenerator<readonly AuditEntryRow[]> {
  for (let before: string | null = null; ;) {
    const rows: AuditEntryRow[] = (await select(tx, reader, { terms, before, limit: portion })).map(entryOf);
    if (rows.length > 0) yield rows;
    before = rows.at(-1)?.id ?? null;
    if (rows.length < portion) return;
  }
}

async function select(tx: Tx, reader: AuditReader, { terms, before = null, after = null, limit }: AuditQuestion): Promise<Row[]> {
  const where = within(reader);
  for (const term of terms) await add(tx, where, term);
  if (before !== null) where.and(`a.id < ${where.value(before)}::bigint`);
  if (after !== null) where.and(`a.id > ${where.value(after)}::bigint`);
  return tx.query<Row>(`${SELECT} where ${where.all.join(' and ')} order by a.id desc limit ${where.value(limit)}::int`, where.values);
}

async function patiently<T>(db: Transactions, work: (tx: Tx) => Promise<T>): Promise<T | 'too much'> {
  try {
    return await db.run(async (tx) => {
      await tx.query(`set local statement_timeout = ${PATIENCE}`);
      return work(tx);
    });
  } catch (error) {
    if (codeOf(error) === CANCELLED) return 'too much';
    throw error;
  }
}

/** All that the audit knows of an order and the reader may see, oldest first. */
export async function auditOfOrder(db: Queryable, reader: AuditReader, orderId: string): Promise<AuditEntryRow[]> {
  const where = within(reader);
  where.and(await ofOrders(db, where, [orderId]));
  return (await db.query<Row>(`${SELECT} where ${where.all.join(' and ')} order by a.id limit ${LONGEST_STORY}`, where.values)).map(entryOf);
}

/** What people and rules did to the order's case, oldest first. */
export async function actsOfOrder(db: Queryable, orderId: string): Promise<{ readonly id: string; readonly at: number; readonly actor: string; readonly actorName: string | null; readonly what: string; readonly why: string | null; readonly before: string | null; readonly after: string | null }[]> {
  const rows = await db.query<{ id: string; at: Date; actor: string; name: string | null; what: string; why: string | null; before: string | null; after: string | null }>(
    `select h.id::text as id, h.at, h.actor, p.name, h.what, h.why, h.before, h.after from case_history h left join person p on p.id::text = h.actor where h.order_id = $1::uuid order by h.id limit ${LONGEST_STORY}`, [orderId]);
  return rows.map(({ at, name, ...act }) => ({ ...act, at: at.getTime(), actorName: name }));
}

function within({ personId, scope }: AuditReader): Where {
  const where = new Where();
  where.and(scope === 'all' ? 'true' : scope === 'own' ? `a.actor = ${where.value(personId)}` : `split_part(a.action, '.', 1) = any(${where.value(TEAM_CATEGORIES)}::text[]) and a.actor <> 'operator'`);
  return where;
}

async function add(db: Queryable, where: Where, term: AuditTerm): Promise<void> {
  switch (term.field) {
    case 'actor': {
      const people = await db.query<{ id: string }>(`select id::text from person where name ilike $1 or email ilike $1`, [`${escaped(term.text)}%`]);
      return where.and(`a.actor = any(${where.value([...people.map((p) => p.id), term.text.toLowerCase()])}::text[])`, term.not);
    }
    case 'action': {
      const like = where.value(escaped(term.pattern).replaceAll('*', '%'));
      return where.and(`a.action like ${like} or ${SHOWN} like ${like}`, term.not);
    }
    case 'order': {
      const name = term.text.replace(/^#/, '');
      const orders = await db.query<{ id: string }>(`select order_id::text as id from order_state where name = any($1::text[]) or home_id = $2 or order_id::text = $2 limit 100`, [[name, `#${name}`], name]);
      return where.and(await ofOrders(db, where, orders.map((order) => order.id)), term.not);
    }
    case 'request':
      return where.and(`a.detail like '%"request":"%' and ${REQUEST} = ${where.value(term.text)}`, term.not);
    case 'result': {
      const words = term.result === 'ok' ? Object.values(RESULT_WORDS).flat() : RESULT_WORDS[term.result];
      return where.and(`${LAST_WORD} = any(${where.value(words)}::text[])`, term.not !== (term.result === 'ok'));
    }
    case 'currency':
      return where.and(`${CURRENCY} = ${where.value(term.text.toUpperCase())}`, term.not);
    case 'amount': {
      const places = `case when ${CURRENCY} = any(${where.value(currenciesWithPlaces(0))}::text[]) then 0 when ${CURRENCY} = any(${where.value(currenciesWithPlaces(3))}::text[]) then 3 else 2 end`;
      const major = `${MINOR} / (10::numeric ^ (${places}))`;
      const bound = (sign: '>' | '<', limit: typeof term.min): string => (limit ? `${major} ${sign}${limit.isOpen ? '' : '='} ${where.value(limit.value)}::numeric` : 'true');
      return where.and(`${bound('>', term.min)} and ${bound('<', term.max)}`, term.not);
    }
    case 'time': {
      if (term.from !== null) where.and(`a.at >= ${where.value(new Date(term.from))}`, term.not);
      if (term.to !== null) where.and(`a.at < ${where.value(new Date(term.to))}`, term.not);
      return;
    }
    case 'text':
      return where.and(`concat_ws(' ', a.action, ${SHOWN}, a.target, a.detail, p.name, s.name, s.home_id, 'AP-' || r.number) ilike ${where.value(`%${escaped(term.text)}%`)}`, term.not);
  }
}

/** What was done to the orders themselves, to their remedies, and to the deliveries that told of them. */
async function ofOrders(db: Queryable, where: Where, orders: readonly string[]): Promise<string> {
  if (orders.length === 0) return 'false';
  const remedies = await db.query<{ id: string }>('select id::text from remedy where order_id = any($1::uuid[]) union all select id::text from carrier_claim where order_id = any($1::uuid[])', [orders]);
  const deliveries = await db.query<{ id: string }>('select distinct inbox_id::text as id from order_event where order_id = any($1::uuid[]) and inbox_id is not null', [orders]);
  const own = where.value([...orders, ...remedies.map((r) => r.id)]);
  return `a.target = any(${own}::text[]) or (a.action like 'delivery.%' and a.target = any(${where.value(deliveries.map((d) => d.id))}::text[]))`;
}

/** So that it stands for itself in LIKE. */
function escaped(text: string): string {
  return text.replace(/[\\%_]/g, String.raw`\$&`);
}

function entryOf(row: Row): AuditEntryRow {
  const detail = detailOf(row.detail);
  const text = (name: string): string | null => (typeof detail[name] === 'string' ? detail[name] : null);
  const ofRemedy = row.amount_minor === null || row.currency === null ? null : { minor: Number(row.amount_minor), currency: row.currency };
  return {
    id: row.id, at: row.at.getTime(), actor: row.actor, actorName: row.actor_name, action: row.shown, target: row.target, orderId: row.order_id, orderName: row.order_name, remedyNumber: row.number,
    amount: moneyOf(detail['amount']) ?? ofRemedy, reason: text('reason') ?? text('note'), result: resultOf(row.shown), detail,
  };
}

function detailOf(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}

function moneyOf(value: unknown): Money | null {
  if (typeof value !== 'object' || value === null || !('minor' in value) || !('currency' in value)) return null;
  const { minor, currency } = value;
  return typeof minor === 'number' && typeof currency === 'string' ? { minor, currency } : null;
}
