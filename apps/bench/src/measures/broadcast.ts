import { createDataSource, Transactions, writeChanges } from '@orderwatch/db';
import { ServerProcess } from '@orderwatch/rig';
import { ChildProgram } from '../child-program.js';
import { startCluster } from '../cluster.js';
import { ADMINISTRATOR, Dashboards, signIn } from '../dashboards.js';
import { alternate, type Line, type Measure, type MeasureOptions, type Sample } from '../measure.js';

const SOCKETS = 1_000;
/** A person may open 50 windows, and those of a crowd that has just left may still count. */
const PEOPLE = 40;
const DEAF = 50;
const TOPIC = 'queue';
/** Changes committed together: as many as a busy second's commits have, and singly. */
const TOGETHER = 10;
/** Messages under way at a time, so that nobody waits for the producer. */
const AHEAD = 20;
const LOOK_MS = 100;
const MEGABYTE = 1 << 20;

/** Cells of a case, as long as those of a real one. */
const PATCH = {
  id: '00000000-0000-4000-8000-000000000000', number: 'EX-10482', version: 1, orderId: '00000000-0000-4000-8000-000000000000', orderName: '#10482', shop: 'events', rule: 'carrier_exception', ruleLabel: 'Carrier exception',
  otherRules: [], severity: 'normal', state: 'new', reason: 'UPS reports an exception in Leipzig hub, 21 Nov: “Processed at facility”', since: '2026-11-21T08:12:44.000Z', openedAt: '2026-11-21T08:12:45.120Z',
  dueAt: '2026-11-22T08:12:45.120Z', value: { minor: 12_900, currency: 'EUR' }, promisedAt: '2026-11-24T22:59:59.000Z', promiseText: null, carrier: 'UPS', parcelCount: 1, owner: null, leaseUntil: null, snoozedUntil: null,
  waitingFor: null, reopened: 0, dataAgeSeconds: 31, feedLate: false, outcome: null, resolvedAt: null, resolvedBy: null,
};

/** Makes messages; resolves when they are on their way. */
type Produce = (count: number) => Promise<void>;

/** B10: one room, a thousand dashboards. */
export const broadcast: Measure = {
  id: 'B10',
  title: '1,000 dashboards in one room: deliveries per s, and memory when 5 % never read',
  async run(options) {
    const { pairs, isQuick, say } = options;
    const cluster = await startCluster();
    const [dashboards, plainDashboards] = [new Dashboards(), new Dashboards()];
    const plain = ChildProgram.start('floors/plain-socketio.js');
    const databaseUrl = await cluster.createMigrated('ours');
    const server = await ServerProcess.on({ databaseUrl, env: ADMINISTRATOR });
    const transactions = new Transactions(await createDataSource(databaseUrl, { poolSize: 1 }));
    try {
      await server.start();
      const crowd = { port: server.port, cookies: await signIn(server.url, databaseUrl, PEOPLE), sockets: SOCKETS, topic: TOPIC };
      await dashboards.open(crowd);
      const produce = producer(transactions);
      await deliver({ produce, dashboards, sockets: SOCKETS, seconds: 1, together: TOGETHER });
      const [, message] = JSON.parse((await dashboards.look()).last.slice(2)) as [string, unknown];
      await plainDashboards.open({ ...crowd, port: await plain.ask<number>({ kind: 'listen' }), cookies: ['none=none'] });
      const produceBare: Produce = (count) => plain.ask({ kind: 'emit', topic: TOPIC, message, count });
      const seconds = isQuick ? 3 : 10;
      const side = async (name: string, run: Delivery, used: () => number): Promise<Run> => {
        const one = async (together: number): Promise<Sample> => {
          const before = used();
          const { deliveries, perSecond } = await deliver({ ...run, seconds, together });
          const cpuMsPerEvent = (used() - before) / deliveries;
          say(`${name}, ${together} at a time: ${Math.round(perSecond).toLocaleString('en')} deliveries/s, ${(cpuMsPerEvent * 1000).toFixed(2)} µs CPU each`);
          return { value: perSecond, cpuMsPerEvent };
        };
        return { together: await one(TOGETHER), singly: await one(1) };
      };
      const result = await alternate(
        pairs,
        () => side('ours', { produce, dashboards, sockets: SOCKETS }, () => server.usage().cpuMs + cluster.usage().cpuMs),
        () => side('floor', { produce: produceBare, dashboards: plainDashboards, sockets: SOCKETS }, () => plain.usage().cpuMs),
      );
      plainDashboards.end();
      plain.end();
      const growth: Sample[] = [];
      for (let i = 0; i < (isQuick ? 1 : Math.min(3, pairs)); i += 1) growth.push(await memory({ server, dashboards, crowd, produce, options }));
      return [
        {
          ...lineOf('B10 deliveries', 'together', result), must: 0.7, aim: 1,
          note: `messages of ${JSON.stringify(message).length} bytes, ten at a time; ours are changes committed to the database and read from it, and what was committed together goes to a socket in one write`,
        },
        { ...lineOf('B10 deliveries, singly', 'singly', result), must: null, aim: null, note: 'one message at a time: ours makes a durable commit for each' },
        { name: 'B10 memory growth MB', unit: 'MB', better: 'lower', must: 64, aim: 32, absolute: true, ours: growth, floor: [], note: `most memory while ${DEAF} of ${SOCKETS} never read, over the most while all read, at the greatest rate` },
      ];
    } finally {
      dashboards.end();
      plainDashboards.end();
      plain.end();
      await transactions.close();
      await server.end('SIGTERM');
      await cluster.stop();
    }
  },
};

interface Run {
  readonly together: Sample;
  readonly singly: Sample;
}

function lineOf(name: string, how: keyof Run, { ours, floor }: { readonly ours: readonly Run[]; readonly floor: readonly Run[] }): Omit<Line, 'must' | 'aim'> {
  return { name, unit: '/s', better: 'higher', ours: ours.map((run) => run[how]), floor: floor.map((run) => run[how]) };
}

function producer(transactions: Transactions): Produce {
  let version = 0;
  return (count) => transactions.run(async (tx) => {
    const changes = Array.from({ length: count }, () => {
      version += 1;
      return { topic: TOPIC, entity: 'case' as const, id: PATCH.id, version, actor: 'system', patch: { ...PATCH, version } };
    });
    await writeChanges(tx, changes);
  });
}

interface Delivery {
  readonly produce: Produce;
  readonly dashboards: Dashboards;
  /** How many of them read. */
  readonly sockets: number;
}

/** As fast as they arrive. */
async function deliver({ produce, dashboards, sockets, seconds, together }: Delivery & { readonly seconds: number; readonly together: number }): Promise<{ readonly deliveries: number; readonly perSecond: number }> {
  const { deliveries: before } = await dashboards.look();
  const started = performance.now();
  let made = 0;
  while (performance.now() - started < seconds * 1000) {
    await produce(together);
    made += together;
    if (made > AHEAD) await dashboards.reached(before + (made - AHEAD) * sockets);
  }
  await dashboards.reached(before + made * sockets);
  const deliveries = made * sockets;
  return { deliveries, perSecond: (deliveries * 1000) / (performance.now() - started) };
}

interface MemoryRun {
  readonly server: ServerProcess;
  readonly dashboards: Dashboards;
  readonly crowd: Parameters<Dashboards['open']>[0];
  readonly produce: Produce;
  readonly options: MeasureOptions;
}

/** The same load twice: everybody reads, then some do not. */
async function memory({ server, dashboards, crowd, produce, options: { isQuick, say } }: MemoryRun): Promise<Sample> {
  const most = async (deaf: number): Promise<number> => {
    await dashboards.open(crowd);
    await dashboards.stopReading(deaf);
    let highest = 0;
    const looking = setInterval(() => (highest = Math.max(highest, server.usage().memory)), LOOK_MS);
    const { perSecond } = await deliver({ produce, dashboards, sockets: SOCKETS - deaf, seconds: isQuick ? 8 : 30, together: TOGETHER });
    clearInterval(looking);
    say(`${deaf} never read: at most ${(highest / MEGABYTE).toFixed(0)} MB, ${Math.round(perSecond).toLocaleString('en')} deliveries/s to the others`);
    return highest;
  };
  const calm = await most(0);
  return { value: ((await most(DEAF)) - calm) / MEGABYTE };
}

