import pg from 'pg';
import { answer } from '../child-program.js';

const AT_A_TIME = 2_000;
/** The rows from which `verify` folds, and those it compares with. */
const READS = [
  'select order_id, fact_id, type, at, received_at, source, kind, handle, inbox_id, data from order_event order by order_id',
  'select order_id, home, home_id, state from order_state order by order_id',
];

/** Reads every event and state through a cursor and does nothing with them: bare pg. Answers how many events there were, and the milliseconds. */
answer(async ({ url }: { readonly url: string }) => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const started = performance.now();
  const counts: number[] = [];
  await client.query('begin transaction isolation level repeatable read read only');
  for (const read of READS) {
    let count = 0;
    await client.query(`declare c no scroll cursor for ${read}`);
    for (;;) {
      const { rows } = await client.query(`fetch ${AT_A_TIME} from c`);
      count += rows.length;
      if (rows.length < AT_A_TIME) break;
    }
    await client.query('close c');
    counts.push(count);
  }
  await client.query('commit');
  const elapsed = performance.now() - started;
  await client.end();
  return { events: counts[0] ?? 0, ms: elapsed };
});
