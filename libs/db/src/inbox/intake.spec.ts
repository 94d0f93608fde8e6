import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Sealer } from '../sealing.js';
import { createTestDatabase, type TestDatabase } from '../testing/index.js';
import { InboxStore } from './inbox.store.js';
import { CannotStore, Intake, type Digest } from './intake.js';
import type { NewDelivery } from './delivery.js';

const sealer = new Sealer('a master secret of a test');
const delivery = (key: string, body = key, more: Partial<NewDelivery> = {}): NewDelivery => ({
  connection: 'shop', topic: 'orders/create', headers: { a: 'b' }, body: Buffer.from(body), keys: [key], ...more,
});

describe('intake', () => {
  let db: TestDatabase;
  let intake: Intake;

  beforeAll(async () => {
    db = await createTestDatabase();
  });
  beforeEach(async () => {
    await db.transactions.query('truncate inbox, delivery_key, change');
    intake = new Intake(db.transactions, sealer);
  });
  afterAll(() => db.drop());

  const count = async (where = 'true'): Promise<number> => Number((await db.transactions.query<{ n: string }>(`select count(*) as n from inbox where ${where}`))[0]?.n);

  it('stores the exact bytes, sealed, and gives them back', async () => {
    const body = Buffer.from([0, 255, 123, 34, 0, 34]);
    await intake.accept([delivery('k', 'x', { body })]);
    const [raw] = await db.transactions.query<{ body: Buffer }>('select body from inbox');
    expect(raw?.body.includes(body)).toBe(false);
    const [read] = await db.transactions.run((tx) => new InboxStore(sealer).claim(tx, 10));
    expect(read?.body.equals(body)).toBe(true);
    expect(read).toMatchObject({ connection: 'shop', topic: 'orders/create', headers: { a: 'b' }, origin: 'live', state: 'new' });
  });

  const doneAtOnce: Digest = () => (fresh) => Promise.resolve(fresh.map(({ stored: { id } }) => ({ id, state: 'done' })));

  it.each([['stored', {}], ['processed where they are stored', { digest: doneAtOnce }]])('tells the health page of dead letters of the door, and of nothing else, when deliveries are %s', async (_, options) => {
    intake = new Intake(db.transactions, sealer, options);
    const changes = () => db.transactions.query("select entity, entity_id from change where topic = 'health'");
    await intake.accept([delivery('k'), delivery('l')]);
    expect(await changes()).toEqual([]);
    expect(await count(`state = '${'digest' in options ? 'done' : 'new'}' and attempts = ${'digest' in options ? 1 : 0}`)).toBe(2);
    await intake.accept([delivery('m', 'm', { dead: { cause: 'rejected', detail: 'no' } }), delivery('n', 'n', { dead: { cause: 'rejected', detail: 'no' } })]);
    await intake.accept([delivery('k', 'another content')]);
    expect(await changes()).toEqual([{ entity: 'dead_letter', entity_id: 'shop' }, { entity: 'dead_letter', entity_id: 'shop' }]);
  });

  it('says so when the bytes cannot be opened, instead of failing the whole batch', async () => {
    await intake.accept([delivery('k')]);
    const [read] = await db.transactions.run((tx) => new InboxStore(new Sealer('quite another master secret')).claim(tx, 10));
    expect(read?.unreadable).toBeTruthy();
  });

  it('keeps one of fifty deliveries of the same key that come at once, and counts the others', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => intake.accept([delivery('same')])));
    expect(answers.flat().filter((a) => a.outcome === 'stored')).toHaveLength(1);
    expect(answers.flat().filter((a) => a.outcome === 'duplicate')).toHaveLength(49);
    expect(await count()).toBe(1);
    const [key] = await db.transactions.query<{ repeats: number }>('select repeats from delivery_key');
    expect(key?.repeats).toBe(49);
  });

  it('takes any of several keys as the sign of a repeat', async () => {
    await intake.accept([delivery('x', 'body', { keys: ['id-1', 'hash'] })]);
    expect(await intake.accept([delivery('x', 'body', { keys: ['id-2', 'hash'] })])).toEqual([{ outcome: 'duplicate', id: null }]);
    expect(await intake.accept([delivery('x', 'body', { keys: ['id-2'] })])).toEqual([{ outcome: 'duplicate', id: null }]);
    expect(await count()).toBe(1);
  });

  it('keeps a reused id with other content as one dead letter', async () => {
    await intake.accept([delivery('id', 'first')]);
    expect((await intake.accept([delivery('id', 'second')]))[0]?.outcome).toBe('reused');
    await intake.accept([delivery('id', 'second')]);
    expect(await count("state = 'dead' and cause = 'id_reused'")).toBe(1);
    expect(await count()).toBe(2);
  });

  it('lets the content that counts be told apart from the bytes', async () => {
    await intake.accept([delivery('id', 'known at noon', { content: 'same' })]);
    expect((await intake.accept([delivery('id', 'known at one', { content: 'same' })]))[0]?.outcome).toBe('duplicate');
  });

  it('writes what is dead on arrival as a dead letter', async () => {
    await intake.accept([delivery('d', '{', { dead: { cause: 'not_json', detail: 'no \0 JSON' } })]);
    expect(await count("state = 'dead' and cause = 'not_json'")).toBe(1);
  });

  it('finds a key that stands twice in one caller’s list', async () => {
    const answers = await intake.accept([delivery('a'), delivery('b'), delivery('a')]);
    expect(answers.map((a) => a.outcome)).toEqual(['stored', 'stored', 'duplicate']);
  });

  it('does not let one impossible row fail its neighbours', async () => {
    const bad = delivery('bad', 'x', { connection: null as unknown as string });
    const results = await Promise.allSettled([intake.accept([delivery('one')]), intake.accept([delivery('two')]), intake.accept([bad]), intake.accept([delivery('three')])]);
    expect(results.map((r) => r.status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(await count()).toBe(3);
  });

  it('refuses when too much waits, and takes everything again afterwards', async () => {
    const many = Array.from({ length: 5_200 }, (_, i) => intake.accept([delivery(`n${i}`)]));
    const results = await Promise.allSettled(many);
    const refused = results.filter((r) => r.status === 'rejected');
    expect(refused.length).toBeGreaterThan(0);
    for (const r of refused) expect((r as PromiseRejectedResult).reason).toBeInstanceOf(CannotStore);
    expect(await count()).toBe(5_200 - refused.length);
    expect((await intake.accept([delivery('after')]))[0]?.outcome).toBe('stored');
  });

  it('claims disjoint rows for two processors', async () => {
    await intake.accept(Array.from({ length: 20 }, (_, i) => delivery(`c${i}`)));
    const store = new InboxStore(sealer);
    await db.transactions.run(async (first) => {
      const mine = await store.claim(first, 10);
      const theirs = await db.transactions.run((second) => store.claim(second, 100));
      expect(mine).toHaveLength(10);
      expect(theirs).toHaveLength(10);
      expect(new Set([...mine, ...theirs].map((d) => d.id)).size).toBe(20);
    });
  });

  it('survives the loss of every connection, and works again', async () => {
    await db.transactions.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()');
    const retried = await intake.accept([delivery('again')]).catch(() => intake.accept([delivery('again')]));
    expect(['stored', 'duplicate']).toContain(retried[0]?.outcome);
  });
});
