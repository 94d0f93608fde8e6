import { CASE_COLUMNS, CASE_FROM, caseRecordOf, type CaseRecord, type CaseSqlRow } from '../cases/case-record.js';
import { queueSelection, type QueueQuery } from '../cases/queue.read-model.js';
import type { SealedName } from '../customers/customer.store.js';
import { cursor, type Tx } from '../transactions.js';

export interface QueuePortion {
  readonly records: readonly CaseRecord[];
  /** The records' customers, sealed. */
  readonly customers: readonly SealedName[];
}

type Row = CaseSqlRow & { readonly customer_key: Buffer | null; readonly customer_name: Buffer | null };

/** All cases of a query in the order of its list, a few at a time, under one picture of the database. */
export async function* streamQueue(tx: Tx, query: QueueQuery, batch: number): AsyncGenerator<QueuePortion> {
  const { where, orderBy, params } = queueSelection(query);
  const sql = `select ${CASE_COLUMNS}, u.key as customer_key, u.name as customer_name from ${CASE_FROM} left join customer u on u.id = c.customer_id ${where} order by ${orderBy}`;
  for await (const rows of cursor<Row>(tx, sql, params, batch)) {
    yield { records: rows.map(caseRecordOf), customers: rows.flatMap(({ customer_id: id, customer_key: key, customer_name: name }) => (id === null ? [] : [{ id, key, name }])) };
  }
}
