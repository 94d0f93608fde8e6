import { type CorpusOptions, type LoadOptions, LoadProcess, type LoadResult, ServerProcess, type Usage } from '@orderwatch/rig';
import { ChildProgram } from '../child-program.js';
import { startCluster } from '../cluster.js';
import { alternate, type Line, type Measure, type MeasureOptions } from '../measure.js';
import { seedStock } from '../stock.js';

const ORDERS = 2_000;
const CONNECTIONS = 32;
const PER_SECOND = 1_000;
/** Connections that the open loop may use: as many as wait when an answer takes 0.1 s. */
const OPEN_CONNECTIONS = 100;
const FULL = { seconds: 12, warmUpSeconds: 2 };
const QUICK = { seconds: 3, warmUpSeconds: 1 };

interface Run {
  readonly closed: LoadResult;
  readonly open: LoadResult;
  /** CPU of server and database, milliseconds per request of the closed loop. */
  readonly cpuMsPerEvent: number;
}

/** One of the two servers, and what it has used so far with its database. */
interface Side {
  readonly name: string;
  readonly port: number;
  used(): number;
}

/** B4: how long a sender waits for its 2xx. */
export const webhookLatency: Measure = {
  id: 'B4',
  title: 'webhook latency: P99, closed loop at 32 connections and open loop at 1,000/s',
  async run(options) {
    const cluster = await startCluster();
    const load = LoadProcess.start();
    const floor = ChildProgram.start('floors/insert-per-request.js');
    const databaseUrl = await cluster.createMigrated('ours');
    const server = await ServerProcess.on({ databaseUrl });
    try {
      await seedStock(databaseUrl, { orders: ORDERS, open: ORDERS / 10 });
      await server.start();
      const floorPort = await floor.ask<number>({ databaseUrl: await cluster.create('floor') });
      const used = (of: { usage(): Usage }) => () => of.usage().cpuMs + cluster.usage().cpuMs;
      const send = sender(load, options);
      const { ours, floor: bare } = await alternate(options.pairs, () => send({ name: 'ours', port: server.port, used: used(server) }), () => send({ name: 'floor', port: floorPort, used: used(floor) }));
      return linesOf(ours, bare);
    } finally {
      floor.end();
      load.end();
      await server.end('SIGTERM');
      await cluster.stop();
    }
  },
};

/** Runs both loops at one side; every message is new to it. */
function sender(load: LoadProcess, { isQuick, say }: MeasureOptions): (side: Side) => Promise<Run> {
  const next = new Map<string, number>();
  const from = Date.now();
  return async (side) => {
    const run = async (pace: LoadOptions['pace'], connections: number): Promise<LoadResult> => {
      const corpus: CorpusOptions = { kind: 'movements', seed: `B4 ${from}`, orders: ORDERS, bytes: 4096, from };
      const result = await load.run({ port: side.port, connections, pace, corpus, first: next.get(side.name) ?? 0, ...(isQuick ? QUICK : FULL) });
      next.set(side.name, result.next);
      if (result.ok < result.sent) throw new Error(`${side.name} refused: ${JSON.stringify(result.refused)}, broke ${result.unknown} connections`);
      // As the generator lags behind its schedule, answers may all belong to the seconds that do not count.
      if (!(result.latency.p99 > 0)) throw new Error(`${side.name} is too slow for ${JSON.stringify(pace)} on this machine, as busy as it is now`);
      return result;
    };
    const before = side.used();
    const closed = await run({ kind: 'closed' }, CONNECTIONS);
    const cpuMsPerEvent = (side.used() - before) / closed.sent;
    const open = await run({ kind: 'open', perSecond: PER_SECOND }, OPEN_CONNECTIONS);
    say(`${side.name}: closed ${(closed.sent / closed.seconds).toFixed(0)}/s P99 ${closed.latency.p99.toFixed(1)} ms, open P50 ${open.latency.p50.toFixed(1)} P99 ${open.latency.p99.toFixed(1)} ms`);
    return { closed, open, cpuMsPerEvent };
  };
}

function linesOf(ours: readonly Run[], floor: readonly Run[]): Line[] {
  const line = (loop: 'closed' | 'open', at: 'p50' | 'p99', limit: Pick<Line, 'must' | 'aim'>): Line => {
    const pick = (runs: readonly Run[]) => runs.map((run) => ({ value: run[loop].latency[at], ...(loop === 'closed' ? { cpuMsPerEvent: run.cpuMsPerEvent } : {}) }));
    return { name: `B4 ${loop} ${at.toUpperCase()}`, unit: 'ms', better: 'lower', ...limit, ours: pick(ours), floor: pick(floor) };
  };
  const limited = { must: 2, aim: 1 };
  const free = { must: null, aim: null };
  return [
    { ...line('closed', 'p99', limited), note: 'ours folds, assesses and announces each event before it answers; the floor stores its bytes and nothing else' },
    { ...line('open', 'p99', limited), note: 'from the scheduled send' }, line('closed', 'p50', free), line('open', 'p50', free),
  ];
}
