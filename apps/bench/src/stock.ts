import { orderIdOf } from '@orderwatch/connectors';
import { createDataSource, Sealer, Transactions } from '@orderwatch/db';
import { stockOrder } from '@orderwatch/rig';
import { CopyInto } from './stock/copy-into.js';
import { HOME } from './stock/courses.js';
import { connect, withoutIndexes } from './stock/indexes.js';
import { columnsOf, makeModels, namesOf, tablesOfOrders, type Model } from './stock/models.js';

export interface Stock {
  /** Orders in all, from `S-0` on. */
  readonly orders: number;
  /** Of them with an open case. */
  readonly open: number;
}

/** The master secret of the rig's servers: customers' names are sealed with it. */
const SECRET = 'the master secret of the rig';
const MODELS = { quiet: 400, open: 200 } as const;
/** Deliveries an order's inbox ids leave room for. */
const DELIVERIES = 8;
const AT_A_TIME = 500;

/**
 * Fills a migrated, empty database with orders of the feed that `corpus({ kind: 'movements' })` then tells more of. A few
 * hundred models go through the product's own writer; every other order is one of them under its own names (ids of facts are
 * hashes of those names), so that all rows are what the product would have written. Deliveries are not kept, as after their
 * retention.
 */
export async function seedStock(databaseUrl: string, { orders, open }: Stock): Promise<void> {
  const transactions = new Transactions(await createDataSource(databaseUrl, { applicationName: 'orderwatch stock', poolSize: 1, statementTimeoutMs: 0 }));
  try {
    const now = Date.now();
    const sealer = new Sealer(SECRET);
    await transactions.query(`insert into connection (name, kind, origin) values ($1, 'events', 'environment') on conflict do nothing`, [HOME]);
    const quiet = await makeModels(transactions, sealer, { count: MODELS.quiet, isOpen: false, now });
    const opened = await makeModels(transactions, sealer, { count: MODELS.open, isOpen: true, now });
    const modelOf = (n: number): Model => {
      // The open ones lie evenly among all.
      const before = Math.floor((n * open) / orders);
      const isOpen = Math.floor(((n + 1) * open) / orders) > before;
      const models = isOpen ? opened : quiet;
      const model = models[(isOpen ? before : n - before) % models.length];
      if (!model) throw new Error('a stock without models');
      return model;
    };
    const tables = await tablesOfOrders(transactions);
    await withoutIndexes(databaseUrl, tables, () => fill(databaseUrl, { transactions, tables }, orders, modelOf));
    await countCustomers(transactions, orders, modelOf);
    await transactions.query(`select setval(pg_get_serial_sequence('inbox', 'id'), $1::bigint)`, [orders * DELIVERIES + 1]);
  } finally {
    await transactions.close();
  }
}

async function fill(databaseUrl: string, { transactions, tables }: { transactions: Transactions; tables: readonly string[] }, orders: number, modelOf: (n: number) => Model): Promise<void> {
  const clients = await Promise.all(tables.map(() => connect(databaseUrl)));
  try {
    const copies = new Map<string, CopyInto>();
    for (const [i, table] of tables.entries()) {
      const client = clients[i];
      if (client) copies.set(table, CopyInto.begin(client, table, await columnsOf(transactions, table)));
    }
    for (let from = 0; from < orders; from += AT_A_TIME) {
      const texts = rowsOf(from, Math.min(orders, from + AT_A_TIME), modelOf);
      await Promise.all([...texts].map(async ([table, text]) => copies.get(table)?.write(Buffer.from(text))));
    }
    await Promise.all([...copies.values()].map((copy) => copy.end()));
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
}

function rowsOf(from: number, to: number, modelOf: (n: number) => Model): Map<string, string> {
  const texts = new Map<string, string>();
  for (let n = from; n < to; n += 1) {
    const model = modelOf(n);
    const names = namesOf(n, orderIdOf(HOME, stockOrder(n)), model, n * DELIVERIES + 1);
    for (const [table, { pieces, slots }] of model.rows) {
      let text = texts.get(table) ?? '';
      for (let i = 0; i < slots.length; i += 1) text += (pieces[i] ?? '') + (names[slots[i] ?? 0] ?? '');
      texts.set(table, text + (pieces[slots.length] ?? ''));
    }
  }
  return texts;
}

async function countCustomers(transactions: Transactions, orders: number, modelOf: (n: number) => Model): Promise<void> {
  const counts = new Map<string, number>();
  for (let n = 0; n < orders; n += 1) {
    const { customerId } = modelOf(n);
    if (customerId !== null) counts.set(customerId, (counts.get(customerId) ?? 0) + 1);
  }
  await transactions.query('update customer c set orders = n.n from unnest($1::uuid[], $2::int[]) as n(id, n) where c.id = n.id', [[...counts.keys()], [...counts.values()]]);
}
