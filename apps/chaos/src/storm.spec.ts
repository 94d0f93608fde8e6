import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect } from '@jest/globals';
import { Cluster, corpus, DashboardSocket, HttpSocket, latencyOf, type Message, Random, ServerProcess, signedRequest } from '@orderwatch/rig';
import { onDatabase, operator, type Verified } from './convergence-picture.js';
import { figure, isFull, ordeal, SEED } from './figures.js';
import { untilProcessed } from './support/truth.js';

const EVENTS = figure({ full: 600_000, test: 20_000 });
const CONNECTIONS = 64;
const MEMORY = 512 << 20;
const DUPLICATES = 0.3;
const HOT = 0.05;
/** Sizes of bodies and their shares; the last takes what is left. */
const SIZES: readonly (readonly [bytes: number, share: number])[] = [[2_000, 0.2], [40_000, 0.04], [200_000, 0.01], [4_096, 1]];
const AGAIN_MS = 100;

/** What is sent as number n: a new event, or again one from before. */
function drawMessages(random: Random): (n: number) => { readonly id: number; readonly message: Message } {
  const from = Date.now() - 6 * 3_600_000;
  const of = (bytes: number, orders: number, what: string): ((n: number) => Message) => corpus({ kind: 'movements', seed: `${SEED}-${what}`, orders, bytes, from });
  const corpora = SIZES.map(([bytes]) => of(bytes, 5_000, String(bytes)));
  const hot = of(4_096, 1, 'hot');
  const drawn: ((n: number) => Message)[] = [];
  return (n) => {
    const isAgain = n > 100 && random.chance(DUPLICATES);
    const id = isAgain ? random.below(n) : n;
    const size = random.next();
    const corpusOf = drawn[id] ?? (random.chance(HOT) ? hot : (corpora[SIZES.findIndex(([, share], i) => size < share + SIZES.slice(0, i).reduce((sum, [, s]) => sum + s, 0))] ?? hot));
    drawn[n] = corpusOf;
    return { id, message: corpusOf(id) };
  };
}

interface Weather {
  readonly statuses: Record<string, number>;
  readonly latencies: number[];
  readonly stored: Set<number>;
  memory: number;
}

async function blow(server: ServerProcess, weather: Weather): Promise<void> {
  const messageOf = drawMessages(new Random('storm', SEED));
  let next = 0;
  await Promise.all(Array.from({ length: CONNECTIONS }, async () => {
    const socket = new HttpSocket(server.port);
    while (next < EVENTS) {
      const n = next++;
      const { id, message } = messageOf(n);
      for (let tries = 1; ; tries += 1) {
        const began = performance.now();
        const { status, retryAfter } = await socket.send(signedRequest(message, `${SEED}-${n}-${tries}`, Date.now()));
        const isOk = status >= 200 && status < 300;
        const name = isOk ? '2xx' : status === 503 && retryAfter !== null ? 'later' : String(status);
        weather.statuses[name] = (weather.statuses[name] ?? 0) + 1;
        weather.latencies.push(performance.now() - began);
        if (isOk) weather.stored.add(id);
        if (name !== 'later') break;
        await wait(AGAIN_MS);
      }
      if (n % 500 === 0) weather.memory = Math.max(weather.memory, server.usage().memory);
    }
    socket.close();
  }));
}

describe('fifty times the usual', () => {
  ordeal('is taken in, and everything else goes on', async () => {
    const cluster = await Cluster.make();
    const server = await ServerProcess.on({ databaseUrl: cluster.url, env: { ORDERWATCH_DEMO: '1' } });
    try {
      await server.start();
      const signedIn = await fetch(`${server.url}/auth/sign-in`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ email: 'lead@demo.test', password: 'orderwatch-demo' }) });
      const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
      const dashboard = await DashboardSocket.open(server.port, cookie);
      let told = 0;
      dashboard.onChange = () => (told += 1);
      await dashboard.ask('subscribe', { topics: ['report', 'queue'] });
      const weather: Weather = { statuses: {}, latencies: [], stored: new Set(), memory: 0 };
      let isOver = false;
      const reading = (async () => {
        let answered = 0;
        while (!isOver) {
          const response = await fetch(`${server.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', cookie }, body: JSON.stringify({ query: '{ queue(view: all, first: 20) { total rows { id } } }' }) });
          expect(response.status).toBe(200);
          answered += 1;
          await wait(250);
        }
        return answered;
      })();
      await blow(server, weather);
      isOver = true;
      const { '2xx': ok = 0, later = 0, ...others } = weather.statuses;
      expect(others).toEqual({});
      expect(ok / (ok + later)).toBeGreaterThanOrEqual(0.999);
      expect(weather.memory).toBeLessThanOrEqual(MEMORY);
      expect(await reading).toBeGreaterThan(0);
      expect(told).toBeGreaterThan(0);
      const { p99, max } = latencyOf(weather.latencies);
      process.stderr.write(`storm: ${ok} of 2xx, ${later} put off, P99 ${p99.toFixed(0)} ms, slowest ${max.toFixed(0)} ms, memory ${Math.round(weather.memory / 2 ** 20)} MB\n`);
      if (isFull) expect([p99 <= 1_000, max <= 4_000]).toEqual([true, true]);
      await onDatabase(cluster.url, async (db) => {
        await untilProcessed(db);
        const [row] = await db.query<{ n: number }>(`select count(*)::int as n from inbox where state = 'done'`);
        expect(row?.n).toBe(weather.stored.size);
      });
      expect((await operator<Verified>(cluster.url, 'verify')).json.mismatches).toBe(0);
      dashboard.end();
    } finally {
      await server.end('SIGKILL');
      await cluster.stop();
    }
  }, 'storm');
});
