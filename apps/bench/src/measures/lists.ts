import { freePort, ServerProcess, type Usage } from '@orderwatch/rig';
import { ChildProgram } from '../child-program.js';
import { startCluster } from '../cluster.js';
import type { ListLoad, ListResult } from '../floors/trivial-graphql-load.js';
import { addToken, bodyOf, contractSchema, queueDocument, readPage, type QueueVariables } from '../graphql-lists.js';
import { alternate, type Line, type Measure, type MeasureOptions, type Sample } from '../measure.js';
import { seedStock } from '../stock.js';

const CONNECTIONS = 16;
const VARIABLES: QueueVariables = { view: 'all', filter: null, first: 50, after: null };
/** As many different lists as there are connections: nobody can share a read. Each has fifty rows. */
const DIFFERENT: readonly QueueVariables[] = Array.from({ length: CONNECTIONS }, (_, i) => ({ ...VARIABLES, view: i % 2 === 0 ? 'all' : 'next_up', filter: i < 2 ? null : { maxAgeHours: 200 + i } }));

/** B9: what the database, the caller's rights and the rows' making add to the stack's own price of a list of 50. */
export const lists: Measure = {
  id: 'B9',
  title: 'list requests per s through GraphQL, beside the same server with trivial resolvers',
  async run({ pairs, isQuick, say }: MeasureOptions): Promise<readonly Line[]> {
    const cluster = await startCluster();
    const load = ChildProgram.start('floors/trivial-graphql-load.js');
    const trivial = ChildProgram.start('floors/trivial-graphql.js');
    let server: ServerProcess | undefined;
    try {
      const databaseUrl = await cluster.createMigrated('lists');
      await seedStock(databaseUrl, isQuick ? { orders: 10_000, open: 500 } : { orders: 100_000, open: 5_000 });
      say('the stock stands');
      const token = await addToken(databaseUrl);
      server = await ServerProcess.on({ databaseUrl });
      await server.start();
      const running = server;
      const query = queueDocument();
      const [same, different] = [[VARIABLES], DIFFERENT].map((all) => all.map((variables) => bodyOf(query, variables)));
      const queue = await readPage(server.url, token, bodyOf(query, VARIABLES));
      const port = await freePort();
      await trivial.ask({ port, schema: contractSchema(), values: { queue } });
      const seconds = isQuick ? 2 : 5;
      const side = async (name: string, options: Pick<ListLoad, 'port' | 'bodies'>, usage: () => Usage): Promise<Sample> => {
        const ask = (limit: number): Promise<ListResult> => load.ask<ListResult>({ ...options, token, connections: CONNECTIONS, seconds: limit } satisfies ListLoad);
        await ask(1);
        const before = usage().cpuMs;
        const result = await ask(seconds);
        const cpuMsPerEvent = (usage().cpuMs - before) / result.requests;
        say(`${name}: ${Math.round(result.requests / result.seconds)}/s, P50 ${result.latency.p50.toFixed(1)} ms, P99 ${result.latency.p99.toFixed(1)} ms, ${cpuMsPerEvent.toFixed(2)} ms CPU`);
        return { value: result.requests / result.seconds, cpuMsPerEvent };
      };
      const both = (bodies: readonly string[] = []) => alternate(pairs,
        () => side('ours', { port: running.port, bodies }, () => ({ cpuMs: running.usage().cpuMs + cluster.usage().cpuMs, memory: 0 })),
        () => side('floor', { port, bodies }, () => trivial.usage()));
      const note = 'the queue page of the web with 50 rows and its counts, 16 connections; floor: NestJS + Apollo + Fastify with the same settings, schema, document and rows, out of memory; CPU of ours with PostgreSQL';
      return [
        { name: 'B9', unit: 'lists/s', better: 'higher', must: 0.5, aim: 0.85, ...(await both(same)), note: `${note}. All ask for the same page, as dashboards do when a change is pushed: those who ask meanwhile share the next read` },
        { name: 'B9 different lists', unit: 'lists/s', better: 'higher', must: null, aim: null, ...(await both(different)), note: 'the same with sixteen different views and filters: every list is read for itself' },
      ];
    } finally {
      load.end();
      trivial.end();
      await server?.end('SIGTERM');
      await cluster.stop();
    }
  },
};
