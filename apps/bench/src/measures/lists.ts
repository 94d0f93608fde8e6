import { freePort, ServerProcess, type Usage } from '@orderwatch/rig';
import { ChildProgram } from '../child-program.js';
import { startCluster } from '../cluster.js';
import type { ListLoad, ListResult } from '../floors/trivial-graphql-load.js';
import { addToken, bodyOf, contractSchema, queueDocument, readPage, type QueueVariables } from '../graphql-lists.js';
import { alternate, type Line, type Measure, type MeasureOptions, type Sample } from '../measure.js';
import { seedStock } from '../stock.js';

const CONNECTIONS = 16;
const VARIABLES: QueueVariables = { view: 'all', filter: null, first: 50, after: null };

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
      const body = bodyOf(queueDocument(), VARIABLES);
      const queue = await readPage(server.url, token, body);
      const port = await freePort();
      await trivial.ask({ port, schema: contractSchema(), values: { queue } });
      const seconds = isQuick ? 2 : 5;
      const side = async (name: string, options: Pick<ListLoad, 'port'>, usage: () => Usage): Promise<Sample> => {
        const ask = (limit: number): Promise<ListResult> => load.ask<ListResult>({ ...options, token, bodies: [body], connections: CONNECTIONS, seconds: limit } satisfies ListLoad);
        await ask(1);
        const before = usage().cpuMs;
        const result = await ask(seconds);
        const cpuMsPerEvent = (usage().cpuMs - before) / result.requests;
        say(`${name}: ${Math.round(result.requests / result.seconds)}/s, P50 ${result.latency.p50.toFixed(1)} ms, P99 ${result.latency.p99.toFixed(1)} ms, ${cpuMsPerEvent.toFixed(2)} ms CPU`);
        return { value: result.requests / result.seconds, cpuMsPerEvent };
      };
      const both = await alternate(pairs,
        () => side('ours', { port: running.port }, () => ({ cpuMs: running.usage().cpuMs + cluster.usage().cpuMs, memory: 0 })),
        () => side('floor', { port }, () => trivial.usage()));
      return [{
        name: 'B9', unit: 'lists/s', better: 'higher', must: 0.5, aim: 0.85, ...both,
        note: 'the queue page of the web with 50 rows and its counts, 16 connections; floor: NestJS + Apollo + Fastify with the same schema, document and rows, out of memory; CPU of ours with PostgreSQL',
      }];
    } finally {
      load.end();
      trivial.end();
      await server?.end('SIGTERM');
      await cluster.stop();
    }
  },
};
