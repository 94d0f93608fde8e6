import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDataSource } from '../data-source.js';
import { addCase, addOrder, addParcel, ago, HOUR } from '../reads/testing/rows.js';
import { createTestDatabase, type TestDatabase } from '../testing/index.js';
import { Transactions } from '../transactions.js';
import { MIGRATIONS } from './index.js';

describe('migrations', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database?.drop());

  /** What stands in the schema, by name; the order of columns says how it came to be, and is no part of it. */
  const picture = (db: Transactions): Promise<object[]> =>
    db.query(`
      select 'column' as what, table_name || '.' || column_name as name, concat_ws(' ', data_type, is_nullable, column_default, generation_expression) as as_text from information_schema.columns where table_schema = 'public'
      union all select 'index', indexname, indexdef from pg_indexes where schemaname = 'public'
      union all select 'trigger', tgname, pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
      union all select 'function', proname, prosrc from pg_proc where pronamespace = 'public'::regnamespace
      order by 1, 2`);

  it('can be taken back one by one, and brought in again, with orders in the tables', async () => {
    const source = await createDataSource(database.url, { poolSize: 1 });
    const db = new Transactions(source);
    try {
      const stuck = await addOrder(db);
      await addParcel(db, stuck, { silent_from: ago(50 * HOUR), stuck_at: ago(2 * HOUR) });
      const settled = await addOrder(db);
      await addParcel(db, settled, { silent_from: ago(50 * HOUR), stuck_at: ago(2 * HOUR) });
      await addCase(db, settled, { state: 'resolved', resolved_by: 'a person', resolved_at: ago(HOUR) });
      const parcels = () => db.query('select * from parcel_state order by order_id');
      const [before, rows] = [await picture(db), await parcels()];
      // All but the first, whose way back is an empty database.
      for (let i = 1; i < MIGRATIONS.length; i += 1) await source.undoLastMigration({ transaction: 'each' });
      expect(await picture(db)).not.toEqual(before);
      await source.runMigrations({ transaction: 'each' });
      expect(await picture(db)).toEqual(before);
      expect(await parcels()).toEqual(rows);
    } finally {
      await db.close();
    }
  });
});
