import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect } from '@jest/globals';
import type { Change, ResumeAnswer, SubscribeAnswer } from '@orderwatch/contract';
import { type Transactions, writeChanges } from '@orderwatch/db';
import { Cluster, DashboardSocket, ServerProcess } from '@orderwatch/rig';
import { onDatabase } from './convergence-picture.js';
import { figure, isFull, ordeal } from './figures.js';

const SLOW = figure({ full: 50, test: 5 });
const DASHBOARDS = SLOW * 10;
/** A person may open fifty windows. */
const PEOPLE = ['agent', 'agent2', 'lead', 'manager', 'manager2', 'admin', 'more0', 'more1', 'more2', 'more3', 'more4', 'more5'];
const OF_ONE = 45;
const PASSWORD = 'orderwatch-demo';
const GROWTH = 64 << 20;
/** A message of some kilobytes fills the buffers between us and a socket sooner; what is in it does not matter here. */
const PATCH = { reason: 'x'.repeat(6_000) };
const CUT_WITHIN_MS = isFull ? 10_000 : 60_000;

interface Watcher {
  readonly socket: DashboardSocket;
  readonly seen: number[];
  last: string;
  gaps: number;
}

async function signIn(url: string, email: string): Promise<string> {
  const response = await fetch(`${url}/auth/sign-in`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ email, password: PASSWORD }) });
  if (response.status !== 204) throw new Error(`${email} cannot sign in: ${response.status}`);
  return response.headers.get('set-cookie')?.split(';')[0] ?? '';
}

async function watch(port: number, cookie: string): Promise<Watcher> {
  const socket = await DashboardSocket.open(port, cookie);
  const watcher: Watcher = { socket, seen: [], last: '', gaps: 0 };
  socket.onChange = (packet) => {
    const [, change] = JSON.parse(packet.subarray(2).toString()) as [string, Change];
    if (watcher.last !== '' && change.prev !== watcher.last) watcher.gaps += 1;
    watcher.last = change.seq ?? '';
    watcher.seen.push(change.version);
  };
  await socket.ask('subscribe', { topics: ['queue'] });
  return watcher;
}

/** Copies of a person of the demo, who can sign in with the same password. */
async function addPeople(db: Transactions): Promise<void> {
  await db.query(`insert into person (id, email, name, role, password) select gen_random_uuid(), 'more' || n || '@demo.test', 'More ' || n, 'agent', p.password from person p, generate_series(0, 5) as n where p.email = 'agent@demo.test'`);
}

const socketsOf = async (url: string): Promise<number> => Number(/^orderwatch_sockets (\d+)/m.exec(await (await fetch(`${url}/metrics`)).text())?.[1]);

describe('dashboards that stop reading', () => {
  ordeal('are cut and catch up, while the others miss nothing', async () => {
    const cluster = await Cluster.make();
    const server = await ServerProcess.on({ databaseUrl: cluster.url, env: { ORDERWATCH_DEMO: '1' } });
    try {
      await server.start();
      await onDatabase(cluster.url, async (db) => {
        await addPeople(db);
        const cookies = await Promise.all(PEOPLE.map((name) => signIn(server.url, `${name}@demo.test`)));
        const watchers: Watcher[] = [];
        for (let i = 0; i < DASHBOARDS; i += 1) watchers.push(await watch(server.port, cookies[Math.floor(i / OF_ONE)] ?? ''));
        const [slow, others] = [watchers.slice(0, SLOW), watchers.slice(SLOW)];
        let sent = 0;
        const tell = (count: number): Promise<void> => db.run(async (tx) => {
          await writeChanges(tx, Array.from({ length: count }, () => ({ topic: 'queue', entity: 'case' as const, id: 'somebody', version: (sent += 1), patch: PATCH })));
        });
        await tell(10);
        while (watchers.some((w) => w.seen.length < sent)) await wait(10);
        const before = server.usage().memory;
        for (const { socket } of slow) socket.stopReading();
        const stopped = performance.now();
        while ((await socketsOf(server.url)) > others.length) {
          await tell(40);
          while (others.some((w) => w.seen.length < sent)) await wait(10);
          expect(performance.now() - stopped).toBeLessThan(CUT_WITHIN_MS);
        }
        expect(server.usage().memory - before).toBeLessThan(GROWTH + SLOW * (2 << 20));
        const all = Array.from({ length: sent }, (_, i) => i + 1);
        for (const other of others) expect([other.gaps, other.seen]).toEqual([0, all]);
        await expectCatchesUp(server.port, cookies[0] ?? '', slow[0]);
        for (const { socket } of watchers) socket.end();
      });
    } finally {
      await server.end('SIGKILL');
      await cluster.stop();
    }
  }, 'slow-dashboards');
});

/** Comes back, and asks from the last message it saw: gets exactly what it missed, or is told to read anew. */
async function expectCatchesUp(port: number, cookie: string, cut: Watcher | undefined): Promise<void> {
  if (!cut) throw new Error('nobody was slow');
  const back = await DashboardSocket.open(port, cookie);
  const { joined } = (await back.ask('subscribe', { topics: ['queue'] })) as SubscribeAnswer;
  const answer = (await back.ask('resume', { topic: 'queue', seq: cut.last })) as ResumeAnswer;
  if ('changes' in answer) {
    expect(answer.changes[0]?.prev).toBe(cut.last);
    expect(answer.changes.at(-1)?.seq).toBe(joined['queue']);
  } else expect(answer).toEqual({ gap: true });
  back.end();
}
