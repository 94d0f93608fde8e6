import { ServerProcess } from '@orderwatch/rig';
import { ChildProgram } from '../child-program.js';
import { startCluster } from '../cluster.js';
import type { ListLoad, ListResult } from '../floors/trivial-graphql-load.js';
import { addToken, bodyOf, queueDocument, readPage, type QueueVariables } from '../graphql-lists.js';
import { alternate, type Line, type Measure, type MeasureOptions } from '../measure.js';
import { seedStock } from '../stock.js';

type Asked = Omit<QueueVariables, 'first' | 'after'>;

/** What people look at: views, and what they narrow them by (of what few cases have, and of what most have). */
const ASKED: readonly Asked[] = [
  { view: 'all', filter: null }, { view: 'next_up', filter: null }, { view: 'breaching', filter: null }, { view: 'stuck', filter: null }, { view: 'late', filter: null }, { view: 'not_received', filter: null },
  { view: 'all', filter: { rules: ['lost'] } }, { view: 'all', filter: { rules: ['damaged', 'refused'] } }, { view: 'next_up', filter: { carriers: ['UPS'] } }, { view: 'all', filter: { carriers: ['DHL'] } },
  { view: 'next_up', filter: { owner: 'nobody', minAgeHours: 24 } }, { view: 'all', filter: { minAgeHours: 72 } }, { view: 'all', filter: { maxAgeHours: 24 } }, { view: 'next_up', filter: { maxAgeHours: 2 } },
];
const PAGE = 50;
const DEEP = 4;

interface Side {
  readonly orders: number;
  readonly server: ServerProcess;
  readonly token: string;
  readonly bodies: readonly string[];
}

/** First pages, and pages further down, of everything in {@link ASKED}. */
async function bodiesOf(url: string, token: string): Promise<string[]> {
  const query = queueDocument();
  const bodies: string[] = [];
  for (const asked of ASKED) {
    let after: string | null = null;
    for (let depth = 0; depth < DEEP; depth += 1) {
      const body = bodyOf(query, { ...asked, first: PAGE, after });
      bodies.push(body);
      const page = await readPage(url, token, body);
      if (!page.hasMore) break;
      after = page.endCursor;
    }
  }
  return bodies;
}

/** B7: a page costs the same whatever the size of the store. */
export const queuePage: Measure = {
  id: 'B7',
  title: 'queue page through GraphQL, filtered, sorted, with its counts: P99 in a large store beside a small one',
  async run({ pairs, isQuick, say }: MeasureOptions): Promise<readonly Line[]> {
    const cluster = await startCluster();
    const load = ChildProgram.start('floors/trivial-graphql-load.js');
    const started: ServerProcess[] = [];
    const side = async (orders: number): Promise<Side> => {
      const databaseUrl = await cluster.createMigrated(`orders_${orders}`);
      await seedStock(databaseUrl, { orders, open: orders / 20 });
      const token = await addToken(databaseUrl);
      const server = await ServerProcess.on({ databaseUrl });
      started.push(server);
      await server.start();
      say(`${orders} orders stand`);
      return { orders, server, token, bodies: await bodiesOf(server.url, token) };
    };
    try {
      const small = await side(10_000);
      const large = await side(isQuick ? 100_000 : 1_000_000);
      const run = async ({ orders, server: { port }, token, bodies }: Side): Promise<ListResult['latency']> => {
        const ask = (count: number): Promise<ListResult> => load.ask<ListResult>({ port, token, bodies, connections: 1, count } satisfies ListLoad);
        await ask(bodies.length * 8);
        const { latency } = await ask(bodies.length * (isQuick ? 15 : 60));
        say(`${orders} orders, ${bodies.length} pages: P50 ${latency.p50.toFixed(2)} ms, P99 ${latency.p99.toFixed(2)} ms`);
        return latency;
      };
      const { ours, floor } = await alternate(pairs, () => run(large), () => run(small));
      const line = (name: string, pick: (l: ListResult['latency']) => number, limits: Pick<Line, 'must' | 'aim'>): Line => ({ name, unit: 'ms', better: 'lower', ...limits, ours: ours.map((l) => ({ value: pick(l) })), floor: floor.map((l) => ({ value: pick(l) })) });
      const note = `one client, ${ASKED.length} views and filters, first pages and up to ${DEEP} deep, ${PAGE} rows; ${large.orders} orders beside ${small.orders}, one in twenty open`;
      return [{ ...line('B7 P99', (l) => l.p99, { must: 1.5, aim: 1.1 }), note }, line('B7 P50', (l) => l.p50, { must: null, aim: null })];
    } finally {
      load.end();
      for (const server of started) await server.end('SIGTERM');
      await cluster.stop();
    }
  },
};
