import { once } from 'node:events';
import { run } from './processes';

/** Another process, because the web knows nothing of the database. */
const program = `
const { createDataSource, Transactions } = await import('@orderwatch/db');
const [url, count] = process.argv.slice(1);
const transactions = new Transactions(await createDataSource(url, { poolSize: 1 }));
await transactions.query("insert into person (id, email, name, role, password) select gen_random_uuid(), 'more' || n || '@demo.test', 'More' || n || ' Hands', 'agent', p.password from person p, generate_series(1, $1::int) as n where p.email = 'agent@demo.test' on conflict do nothing", [count]);
await transactions.close();
process.exit(0);
`;

/** So many agents more; they sign in as `more1`, `more2`, … */
export const hire = async (databaseUrl: string, count: number): Promise<string[]> => {
  const hiring = run(['--input-type=module', '--eval', program, databaseUrl, String(count)], process.env);
  const [code] = (await once(hiring.child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`Nobody was hired:\n${hiring.output()}`);
  return Array.from({ length: count }, (_, i) => `more${i + 1}`);
};
