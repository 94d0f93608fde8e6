import { once } from 'node:events';
import { run } from './processes';

export interface Database {
  readonly url: string;
  /** Nobody else's as long as the database is there: for the server, the stand-in of the shop, a worker. */
  readonly ports: readonly [number, number, number];
  /** Runs one statement, and answers its rows: only for what the world outside would do in time, as letting an hour of silence pass. */
  run: (sql: string) => Promise<readonly Record<string, unknown>[]>;
  drop: () => Promise<void>;
}

/** Another process, because the web knows nothing of the database: it makes a migrated one, says where, and drops it when told. */
const program = `
const { createTestDatabase } = await import('@orderwatch/db/testing');
const { freePort } = await import('@orderwatch/rig');
const database = await createTestDatabase();
const alive = setInterval(() => undefined, 60_000);
process.on('message', async (message) => {
  if (message.sql) {
    process.send({ rows: (await database.transactions.query(message.sql)) ?? [] });
    return;
  }
  await database.drop();
  clearInterval(alive);
  process.exit(0);
});
process.send({ url: database.url, ports: [await freePort(), await freePort(), await freePort()] });
`;

export const createDatabase = async (): Promise<Database> => {
  const holder = run(['--input-type=module', '--eval', program], process.env);
  const first = await Promise.race([once(holder.child, 'message'), once(holder.child, 'exit')]);
  const message: unknown = first[0];
  if (typeof message !== 'object' || message === null || !('url' in message)) throw new Error(`No database:\n${holder.output()}`);
  return {
    ...(message as Pick<Database, 'url' | 'ports'>),
    run: async (sql) => {
      const done = once(holder.child, 'message');
      holder.child.send({ sql });
      const [answer] = (await Promise.race([done, once(holder.child, 'exit').then(() => Promise.reject(new Error(holder.output())))])) as [{ rows: Record<string, unknown>[] }];
      return answer.rows;
    },
    drop: async () => {
      if (!holder.child.connected) return;
      const ended = once(holder.child, 'exit');
      holder.child.send('drop');
      await ended;
    },
  };
};
