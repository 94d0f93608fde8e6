import { createDataSource, Transactions } from '@orderwatch/db';
import { corpus, HttpSocket, latencyOf, ServerProcess, signedRequest } from '@orderwatch/rig';
import { startCluster } from '../cluster.js';
import { alternate, type Line, type Measure, type MeasureOptions, type Sample } from '../measure.js';
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
    const events = isQuick ? 300 : 1_500;
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
      const run = async (one: Side): Promise<Run> => {
        await some(one, 100);
        const cpu = (): number => one.server.usage().cpuMs + cluster.usage().cpuMs;
        const before = cpu();
        const { p50, p99 } = latencyOf(await some(one, events));
        const cpuMs = (cpu() - before) / events;
        say(`${one.orders} orders: P50 ${p50.toFixed(2)} ms, P99 ${p99.toFixed(2)} ms, ${cpuMs.toFixed(2)} ms CPU`);
        return { p50, p99, cpuMs };
      };
      const { ours, floor } = await alternate(pairs, () => run(large), () => run(small));
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
