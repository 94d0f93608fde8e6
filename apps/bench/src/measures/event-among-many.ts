import { createDataSource, Transactions } from '@orderwatch/db';
import { corpus, HttpSocket, latencyOf, ServerProcess, signedRequest } from '@orderwatch/rig';
import { startCluster } from '../cluster.js';
import { type Line, type Measure, type MeasureOptions, type Sample } from '../measure.js';
import { seedStock } from '../stock.js';

interface Side {
  readonly orders: number;
  readonly server: ServerProcess;
  readonly db: Transactions;
  readonly socket: HttpSocket;
  sent: number;
}

interface Run {
  /** Milliseconds from the request until the event is processed, one event at a time. */
  readonly p50: number;
  readonly p99: number;
  readonly cpuMs: number;
}

/** Events that one side is told before the other's turn. */
const BLOCK = 50;
/** Empty when what was stored is processed. */
const WAITS = `select 1 from inbox where state = 'new' limit 1`;

/** B8: what one event costs does not depend on how many orders there are. */
export const eventAmongMany: Measure = {
  id: 'B8',
  title: 'one event on an order, in a large store beside a small one',
  async run({ pairs, isQuick, say }: MeasureOptions): Promise<readonly Line[]> {
    const cluster = await startCluster();
    const sides: Side[] = [];
    const side = async (orders: number): Promise<Side> => {
      const databaseUrl = await cluster.createMigrated(`orders_${orders}`);
      await seedStock(databaseUrl, { orders, open: orders / 20 });
      const server = await ServerProcess.on({ databaseUrl });
      const db = new Transactions(await createDataSource(databaseUrl, { poolSize: 1 }));
      const made: Side = { orders, server, db, socket: new HttpSocket(server.port), sent: 0 };
      sides.push(made);
      await server.start();
      say(`${orders} orders stand`);
      return made;
    };
    const blocks = isQuick ? 6 : 30;
    const from = Date.now();
    /** One after the other: sent, and looked for until it is processed. */
    const some = async (one: Side, count: number): Promise<number[]> => {
      const messageOf = corpus({ kind: 'movements', seed: `among ${one.orders}`, orders: one.orders, bytes: 4096, from });
      const samples: number[] = [];
      for (const last = one.sent + count; one.sent < last; one.sent += 1) {
        const request = signedRequest(messageOf(one.sent), `among-${one.sent}`, Date.now());
        const started = performance.now();
        const { status } = await one.socket.send(request);
        if (status >= 300) throw new Error(`an event was answered ${status}`);
        while ((await one.db.prepared(WAITS)).length > 0);
        samples.push(performance.now() - started);
      }
      return samples;
    };
    try {
      const small = await side(10_000);
      const large = await side(isQuick ? 100_000 : 1_000_000);
      const cpuOf = (one: Side): number => one.server.usage().cpuMs + cluster.usage().cpuMs;
      const runs: { ours: Run[]; floor: Run[] } = { ours: [], floor: [] };
      for (const one of [small, large]) await some(one, 100);
      for (let pair = 0; pair < pairs; pair += 1) {
        // In turns of a few events: what else the machine does falls on both.
        const told = new Map<Side, { readonly samples: readonly number[]; readonly cpuMs: number }>();
        for (let block = 0; block < blocks; block += 1) {
          for (const one of block % 2 === 0 ? [small, large] : [large, small]) {
            const before = cpuOf(one);
            const samples = await some(one, BLOCK);
            const so = told.get(one);
            told.set(one, { samples: [...(so?.samples ?? []), ...samples], cpuMs: (so?.cpuMs ?? 0) + cpuOf(one) - before });
          }
        }
        for (const [one, { samples, cpuMs }] of told) {
          const { p50, p99 } = latencyOf(samples);
          const result: Run = { p50, p99, cpuMs: cpuMs / samples.length };
          say(`${one.orders} orders: P50 ${p50.toFixed(2)} ms, P99 ${p99.toFixed(2)} ms, ${result.cpuMs.toFixed(2)} ms CPU`);
          runs[one === large ? 'ours' : 'floor'].push(result);
        }
      }
      const { ours, floor } = runs;
      const line = (name: string, pick: (r: Run) => number, limits: Pick<Line, 'must' | 'aim'>): Line => {
        const samples = (runs: readonly Run[]): Sample[] => runs.map((r) => ({ value: pick(r), cpuMsPerEvent: r.cpuMs }));
        return { name, unit: 'ms', better: 'lower', ...limits, ours: samples(ours), floor: samples(floor) };
      };
      return [
        { ...line('B8 P50', (r) => r.p50, { must: 1.3, aim: 1.1 }), note: `POST until processed, one scan at a time, each on another order; ${large.orders} orders beside ${small.orders}` },
        line('B8 P99', (r) => r.p99, { must: null, aim: null }), line('B8 CPU', (r) => r.cpuMs, { must: 1.3, aim: 1.1 }),
      ];
    } finally {
      for (const { server, db, socket } of sides) {
        socket.close();
        await server.end('SIGTERM');
        await db.close();
      }
      await cluster.stop();
    }
  },
};
