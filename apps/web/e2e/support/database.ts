import { once } from 'node:events';
import { run } from './processes';

export interface Database {
  readonly url: string;
  drop: () => Promise<void>;
}

/** Another process, because the web knows nothing of the database: it makes a migrated one, says where, and drops it when told. */
const program = `
const { createTestDatabase } = await import('@orderwatch/db/testing');
const database = await createTestDatabase();
process.send({ url: database.url });
process.once('message', async () => { await database.drop(); process.exit(0); });
`;

export const createDatabase = async (): Promise<Database> => {
  const holder = run(['--input-type=module', '--eval', program], process.env);
  const first = await Promise.race([once(holder.child, 'message'), once(holder.child, 'exit')]);
  const message: unknown = first[0];
  if (typeof message !== 'object' || message === null || !('url' in message)) throw new Error(`No database:\n${holder.output()}`);
  return {
    url: String(message.url),
    drop: async () => {
      const ended = once(holder.child, 'exit');
      holder.child.send('drop');
      await ended;
    },
  };
};
