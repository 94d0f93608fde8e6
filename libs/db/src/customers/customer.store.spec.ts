import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Sealer } from '../sealing.js';
import { createTestDatabase, type TestDatabase } from '../testing/index.js';
import { type CustomerRecord, CustomerStore } from './customer.store.js';

describe('what sources say of a customer', () => {
  let database: TestDatabase;
  const store = new CustomerStore(new Sealer('a master secret of a test'));

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  const note = (...records: CustomerRecord[]): Promise<void> => database.transactions.run((tx) => store.note(tx, records));
  const read = async (id: string) => (await store.read(database.transactions, [id])).get(id);

  /** Both have read what there is before either writes. */
  async function atOnce(first: CustomerRecord, second: CustomerRecord): Promise<void> {
    let secondDone: Promise<void> | undefined;
    await database.transactions.run(async (tx) => {
      await store.note(tx, [first]);
      secondDone = note(second);
      // It waits for the row that is not committed yet.
      const waits = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      while ((await database.transactions.query(waits)).length === 0);
    });
    await secondDone;
  }

  it('can be read when two heard of the customer for the first time at once', async () => {
    const id = randomUUID();
    await atOnce({ id, name: 'Ada', email: 'ada@example.com' }, { id, name: 'Ada L.', phone: '+43 1' });
    expect(await read(id)).toMatchObject({ name: 'Ada L.', email: 'ada@example.com', phone: '+43 1' });
    await note({ id, locale: 'de' });
    expect(await read(id)).toMatchObject({ name: 'Ada L.', locale: 'de' });
  });

  it('keeps what each of two said about other fields', async () => {
    const id = randomUUID();
    await note({ id, name: 'Ada', email: 'ada@example.com', phone: '1', locale: 'en' });
    await atOnce({ id, email: 'new@example.com' }, { id, phone: '2', locale: 'de' });
    expect(await read(id)).toMatchObject({ name: 'Ada', email: 'new@example.com', phone: '2', locale: 'de' });
  });

  it('stays erased', async () => {
    const id = randomUUID();
    await note({ id, name: 'Ada' });
    await database.transactions.query('update customer set key = null, name = null where id = $1', [id]);
    await note({ id, name: 'Ada again' });
    expect(await read(id)).toMatchObject({ name: null });
  });

  it('is told anew where a field cannot be opened', async () => {
    const id = randomUUID();
    await note({ id, name: 'Ada', email: 'ada@example.com' });
    await database.transactions.query(`update customer set name = '\\x00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff' where id = $1`, [id]);
    expect(await read(id)).toMatchObject({ name: null, email: 'ada@example.com' });
    await note({ id, name: 'Ada' });
    expect(await read(id)).toMatchObject({ name: 'Ada', email: 'ada@example.com' });
  });
});
