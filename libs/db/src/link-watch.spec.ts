import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createDataSource } from './data-source.js';
import { isDatabaseAway } from './database-errors.js';
import { createTestDatabase, type TestDatabase } from './testing/index.js';
import { Transactions } from './transactions.js';

describe('a link that dies without a word', () => {
  let db: TestDatabase;
  let through: Transactions;
  /** Bytes of links made before it was raised vanish. */
  let epoch: number;
  let links: { readonly sockets: readonly Socket[]; readonly born: number }[];
  let close: () => Promise<void>;

  beforeEach(async () => {
    epoch = 0;
    links = [];
    db = await createTestDatabase();
    const target = new URL(db.url);
    const [port, host] = [Number(target.port), target.hostname];
    const server = createServer((client) => {
      const other = connect(port, host);
      const born = epoch;
      links.push({ sockets: [client, other], born });
      for (const [from, to] of [[client, other], [other, client]] as const) {
        from.on('data', (chunk) => void (born === epoch && to.write(chunk)));
        from.on('error', () => undefined);
        from.on('end', () => void (born === epoch && to.end()));
      }
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    target.port = String((server.address() as AddressInfo).port);
    through = new Transactions(await createDataSource(target.href, { poolSize: 4 }));
    close = async () => {
      for (const { sockets } of links) for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    };
  });
  afterEach(async () => {
    await through.close();
    await close();
    await db.drop();
  });

  it('fails its statement as a broken connection does, lets go of its locks, and the next statement works', async () => {
    await db.transactions.query('create table held (n int)');
    await db.transactions.query('insert into held values (0)');
    const work = through.run(async (tx) => {
      await tx.query('update held set n = n + 1');
      epoch += 1;
      await tx.query('select 1');
    });
    await expect(work.catch((error: unknown) => isDatabaseAway(error))).resolves.toBe(true);
    expect(await through.query('update held set n = n + 10 returning n')).toEqual([{ n: 10 }]);
  });

  it('is cut also while it rests', async () => {
    await Promise.all(Array.from({ length: 4 }, () => through.query('select pg_sleep(0.05)')));
    epoch += 1;
    await expect(through.query('select 1').catch((error: unknown) => isDatabaseAway(error))).resolves.toBe(true);
    const answers = await Promise.all(Array.from({ length: 4 }, () => through.query<{ n: number }>('select 1 as n')));
    expect(answers.flat()).toEqual(Array(4).fill({ n: 1 }));
  });

  it('is not confused with a slow statement', async () => {
    expect(await through.query(`select 1 as n from (select pg_sleep(5)) s`)).toEqual([{ n: 1 }]);
  });
});
