import { type CorpusOptions, type Latency, ServerProcess } from '@orderwatch/rig';
import { ChildProgram } from '../child-program.js';
import { startCluster } from '../cluster.js';
import { ADMINISTRATOR, Dashboards, signIn } from '../dashboards.js';
import { alternate, type Line, type Measure } from '../measure.js';
import { seedStock } from '../stock.js';

/** So many that at 1,000/s an order has one event in five seconds: the message about it cannot be taken for another's. */
const ORDERS = 5_000;
/** A socket may join 50 topics, a person open 50 sockets. */
const PEOPLE = 3;
const WARM_UP = { perSecond: 200, count: 400 };
const RATES = [
  { name: 'quiet', perSecond: 5, seconds: 30, quickSeconds: 6 },
  { name: '200/s', perSecond: 200, seconds: 12, quickSeconds: 3 },
  { name: '1,000/s', perSecond: 1_000, seconds: 12, quickSeconds: 3 },
] as const;

interface Timed extends Pick<Latency, 'p50' | 'p99'> {
  readonly cpuMsPerEvent?: number;
}
type Run = readonly Timed[];

/** B5: how long it takes from a POST until a socket is told. */
export const eventToSocket: Measure = {
  id: 'B5',
  title: 'POST → socket message, open loop at 5/s, 200/s and 1,000/s',
  async run({ pairs, isQuick, say }) {
    const cluster = await startCluster();
    const dashboards = new Dashboards();
    const floor = ChildProgram.start('floors/commit-and-ping.js');
    const databaseUrl = await cluster.createMigrated('ours');
    const server = await ServerProcess.on({ databaseUrl, env: ADMINISTRATOR });
    try {
      await seedStock(databaseUrl, { orders: ORDERS, open: ORDERS / 10 });
      await server.start();
      const cookies = await signIn(server.url, databaseUrl, PEOPLE);
      const from = Date.now();
      let next = 0;
      /** Every run tells of events that nobody has told of. */
      const slice = (count: number): { readonly corpus: CorpusOptions; readonly first: number; readonly count: number } => {
        const first = next;
        next += count;
        return { corpus: { kind: 'movements', seed: `B5 ${from}`, orders: ORDERS, bytes: 4096, from }, first, count };
      };
      const ask = (perSecond: number, count: number) => dashboards.events({ port: server.port, cookies, perSecond, ...slice(count) });
      const { messageBytes } = await ask(WARM_UP.perSecond, WARM_UP.count);
      await floor.ask({ kind: 'open', databaseUrl: await cluster.create('floor'), orders: ORDERS, messageBytes });
      for (const kind of ['commits', 'pings']) await floor.ask({ kind, perSecond: WARM_UP.perSecond, ...slice(WARM_UP.count) });

      const countOf = (rate: (typeof RATES)[number]): number => rate.perSecond * (isQuick ? rate.quickSeconds : rate.seconds);
      const ours = async (): Promise<Run> => inTurn(async (rate) => {
        const before = server.usage().cpuMs + cluster.usage().cpuMs;
        const { latency, answered } = await ask(rate.perSecond, countOf(rate));
        const cpuMsPerEvent = (server.usage().cpuMs + cluster.usage().cpuMs - before) / countOf(rate);
        // At rest most of it is what the server does anyway, once a second.
        const isQuiet = rate.name === 'quiet';
        say(`ours ${rate.name}: P50 ${latency.p50.toFixed(2)} P99 ${latency.p99.toFixed(2)} ms; answered P50 ${answered.p50.toFixed(2)} P99 ${answered.p99.toFixed(2)} ms; ${cpuMsPerEvent.toFixed(2)} ms CPU`);
        return { ...latency, ...(isQuiet ? {} : { cpuMsPerEvent }) };
      });
      const bare = async (): Promise<Run> => inTurn(async (rate) => {
        const commit = await floor.ask<Latency>({ kind: 'commits', perSecond: rate.perSecond, ...slice(countOf(rate)) });
        const ping = await floor.ask<Latency>({ kind: 'pings', perSecond: rate.perSecond, ...slice(countOf(rate)) });
        say(`floor ${rate.name}: commit P50 ${commit.p50.toFixed(2)} P99 ${commit.p99.toFixed(2)} ms; ping P50 ${ping.p50.toFixed(2)} P99 ${ping.p99.toFixed(2)} ms`);
        return { p50: commit.p50 + ping.p50, p99: commit.p99 + ping.p99 };
      });
      const { ours: mine, floor: theirs } = await alternate(pairs, ours, bare);
      return RATES.flatMap((rate, i) => [lineOf(rate.name, 'p50', mine, theirs, i), lineOf(rate.name, 'p99', mine, theirs, i)]);
    } finally {
      floor.end();
      dashboards.end();
      await server.end('SIGTERM');
      await cluster.stop();
    }
  },
};

async function inTurn(one: (rate: (typeof RATES)[number]) => Promise<Timed>): Promise<Run> {
  const run: Timed[] = [];
  for (const rate of RATES) run.push(await one(rate));
  return run;
}

function lineOf(rate: string, at: 'p50' | 'p99', ours: readonly Run[], floor: readonly Run[], index: number): Line {
  const limits = at === 'p50' ? { must: 4, aim: 2 } : { must: 3, aim: 1.5 };
  const pick = (runs: readonly Run[]) => runs.map((run) => {
    const { cpuMsPerEvent } = run[index] ?? {};
    return { value: run[index]?.[at] ?? Number.NaN, ...(cpuMsPerEvent === undefined ? {} : { cpuMsPerEvent }) };
  });
  return {
    name: `B5 ${rate} ${at.toUpperCase()}`, unit: 'ms', better: 'lower', ...limits, ours: pick(ours), floor: pick(floor),
    ...(rate === 'quiet' ? { note: `the floor is the ${at.toUpperCase()} of one durable commit plus the ${at.toUpperCase()} of one ping to and fro, timed apart${at === 'p99' ? '; with so few events the P99 is about the slowest but one' : ''}` } : {}),
  };
}
