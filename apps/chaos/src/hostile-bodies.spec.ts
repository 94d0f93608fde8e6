import { createHash } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect } from '@jest/globals';
import { splitEvents } from '@orderwatch/connectors';
import { type Message, Random } from '@orderwatch/rig';
import { figure, isFull, ordeal, SEED } from './figures.js';
import { exchange, type Reply } from './hostile-bodies-exchange.js';
import { FRAMING_ATTACKS } from './hostile-bodies-framing.js';
import { type Attack, type Hostile, LARGE_ATTACKS, SMALL_ATTACKS } from './hostile-bodies-requests.js';
import { WatchedServer } from './hostile-bodies-server.js';

const COUNT = figure({ full: 10_000, test: 2_000 });
const LANES = 8;
/** Every so many attacks one is large; most of the time of a run goes into these. The same at every figure: a number names its attack. */
const LARGE_EVERY = 40;
const ORDINARY_EVERY = 20;
const MAY_GROW = 50 << 20;
const SLOW_SENDERS = 20;
/** Number of the first attack that is measured; those before it are the warm-up. */
const FIRST = 10_000;

/** Traces, statements, paths: nobody outside is to read how the inside looks. */
const LEAKS = /\bat \S+ \(|node_modules|node:internal|\.(?:ts|js|mjs):\d|select .* from |insert into|syntax error at|violates|pg_|relation "|stack|heap/i;

const small = Object.entries({ ...SMALL_ATTACKS, ...FRAMING_ATTACKS });
const large = Object.entries(LARGE_ATTACKS);

interface Finding {
  readonly attack: string;
  readonly answered: Reply['outcome'];
  readonly said: string;
}

const hash = (body: Buffer): string => createHash('sha256').update(body).digest('hex');
/** What must be in the inbox of an authentic delivery: the feed keeps events one by one, the others keep the bytes. */
const parts = ({ connection, body }: Message): string[] => (connection === 'events' ? splitEvents(body).map((item) => hash(item.body)) : [hash(body)]);

function attackOf(n: number): readonly [string, Attack] {
  const [list, at] = n % LARGE_EVERY === LARGE_EVERY - 1 ? [large, Math.floor(n / LARGE_EVERY)] : [small, n];
  return list[at % list.length]!;
}

/** Numbers of attacks that together are of every kind. */
const EVERY_KIND = Array.from({ length: Math.max(small.length, large.length * LARGE_EVERY) }, (_, n) => n).filter((n) => n < small.length || n % LARGE_EVERY === LARGE_EVERY - 1);

/** Does attack after attack, with ordinary deliveries between them. @returns what should not have been. */
async function attack(server: WatchedServer, numbers: Iterable<number>, owed: Set<string>): Promise<Finding[]> {
  const findings: Finding[] = [];
  const queue = numbers[Symbol.iterator]();
  const lane = async (): Promise<void> => {
    for (let next = queue.next(); !next.done; next = queue.next()) {
      const n = next.value;
      const [name, make] = attackOf(n);
      const hostile: Hostile = await make(new Random('hostile', SEED, n), `${SEED}-${n}`);
      const reply = await exchange(server.process.port, hostile);
      // What stands behind a request whose length lied is taken for the next one.
      const heard = reply.statuses.length > 0 ? reply.statuses : [reply.outcome];
      const isRight = (reply.outcome === 'closed' || heard.length >= (hostile.answers ?? 1)) && heard.every((one) => (hostile.allowed as readonly Reply['outcome'][]).includes(one));
      if (!isRight || LEAKS.test(reply.text)) findings.push({ attack: `ATTACK=${n} ${name}`, answered: reply.outcome, said: reply.text.slice(0, 2_000) });
      if (hostile.authentic && (reply.outcome === 200 || reply.outcome === 202)) for (const part of parts(hostile.authentic)) owed.add(part);
    }
  };
  let isOver = false;
  const ordinary = async (): Promise<void> => {
    while (!isOver) {
      const status = await server.deliver();
      if (status !== 202) findings.push({ attack: 'an ordinary delivery', answered: status, said: '' });
      await wait(ORDINARY_EVERY);
    }
  };
  const between = ordinary();
  await Promise.all(Array.from({ length: LANES }, lane));
  isOver = true;
  await between;
  return findings;
}

/** Connections that begin and never finish: half of them in their head, half in their body. */
function slowSenders(port: number): Socket[] {
  return Array.from({ length: SLOW_SENDERS }, (_, n) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.on('error', () => undefined);
    socket.write(n % 2 === 0 ? 'POST /webhooks/events HTTP/1.1\r\nhost: x\r\nx-slow: ' : 'POST /webhooks/events HTTP/1.1\r\nhost: x\r\ncontent-length: 1000000\r\n\r\n{');
    return socket;
  });
}

describe('hostile bodies', () => {
  ordeal('neither stop nor fill nor fool the server, and what was authentic is kept', async (replay) => {
    const server = await WatchedServer.start(SEED);
    const slow = slowSenders(server.process.port);
    const dripping = setInterval(() => slow.forEach((socket) => socket.writable && socket.write('x')), 500);
    try {
      const only = process.env['ATTACK'];
      const owed = new Set<string>();
      // Once over all kinds: the allocator keeps what a peak took, so that only what comes on top of one tells of a leak.
      if (only === undefined) expect(await attack(server, EVERY_KIND, owed)).toEqual([]);
      const before = await server.settled();
      server.takePeak();
      const findings = await attack(server, only === undefined ? Array.from({ length: COUNT }, (_, n) => FIRST + n) : [Number(only)], owed);
      const peak = server.takePeak();
      const [first] = findings;
      if (first) replay['ATTACK'] = /ATTACK=(\d+)/.exec(first.attack)?.[1] ?? '';
      expect(findings).toEqual([]);
      const after = await server.settled();
      process.stdout.write(`hostile bodies: ${(before / (1 << 20)).toFixed()} MB before, ${(peak / (1 << 20)).toFixed()} MB at most, ${(after / (1 << 20)).toFixed()} MB after\n`);
      expect(after - before).toBeLessThan(MAY_GROW);

      const rows = await server.transactions.query<{ hash: string }>(`select encode(body_hash, 'hex') as hash from inbox where state <> 'new'`);
      const kept = new Set(rows.map((row) => row.hash));
      expect([...owed].filter((one) => !kept.has(one))).toEqual([]);
      // Nothing that could not be understood went without its reason.
      expect(await server.transactions.query(`select id from inbox where state = 'dead' and (cause is null or coalesce(detail, '') = '')`)).toEqual([]);
      expect(({} as Record<string, unknown>)['isAdmin']).toBeUndefined();
      if (isFull) while (slow.some((socket) => !socket.destroyed)) await wait(100);
      expect(server.process.log).not.toMatch(/a promise failed|uncaught|FATAL/i);
      expect(await server.deliver()).toBe(202);
      for (const socket of slow) socket.destroy();
      expect(await server.process.end('SIGTERM')).toBe(0);
    } finally {
      clearInterval(dripping);
      for (const socket of slow) socket.destroy();
      await server.drop();
    }
  }, 'hostile-bodies');
});
