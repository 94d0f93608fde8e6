import { setTimeout as wait } from 'node:timers/promises';
import type { Transactions } from '@orderwatch/db';
import { corpus, Dashboard, type Message, type Random, type ServerProcess, signedRequest } from '@orderwatch/rig';
import { Caller, type Told } from './graceful-stop-caller.js';

const CALLERS = 20;
const PER_SECOND = 200;
const HEALTH_EVERY_MS = 20;
/** The stop falls into a time in which nothing can be stored: so there is something in flight. */
const BLOCKED_BEFORE_MS = 100;
const BLOCKED_AFTER_MS = 400;

export interface Round {
  readonly server: ServerProcess;
  readonly db: Transactions;
  readonly cookie: string;
  readonly seed: string;
  readonly random: Random;
}

/** What everybody saw of one stop. */
export interface Seen {
  /** Of the sources, the sender of a large body among them. */
  readonly told: readonly Told[];
  readonly health: readonly Told[];
  readonly stoppedAt: number;
  readonly exitCode: number | null;
  readonly exitedAfterMs: number;
  /** Written before the stop, not answered before it. */
  readonly inFlight: number;
  /** Connections that ended with an error instead of an orderly goodbye. */
  readonly errors: readonly string[];
  /** What the dashboard was told out of order, or not at all. */
  readonly dashboardBreaks: readonly string[];
}

const HEALTH = Buffer.from('GET /health/ready HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n');

/** Load at 200 a second over connections that are kept, a dashboard, and a stop in the middle of it. */
export async function stopUnderLoad({ server, db, cookie, seed, random }: Round): Promise<Seen> {
  const messageOf = corpus({ kind: 'movements', seed, orders: 499, bytes: 1_000, from: Date.now() - 86_400_000 });
  const callers = await Promise.all(Array.from({ length: CALLERS }, () => Caller.open(server.port)));
  const [health, uploader, idle] = [await Caller.open(server.port), await Caller.open(server.port), await Caller.open(server.port)];
  const dashboard = await Dashboard.open({ port: server.port, cookie, topic: 'queue' });
  const all = [...callers, health, uploader, idle];
  let next = 0;
  const message = (): { readonly id: string; readonly request: Buffer; readonly content: Message } => {
    const n = next;
    next += 1;
    const content = messageOf(n);
    return { id: `${seed}-${n}`, request: signedRequest(content, `${seed}-${n}`, Date.now()), content };
  };
  const source = async (caller: Caller, offset: number): Promise<void> => {
    await wait(offset);
    while (caller.isFree) {
      const { id, request } = message();
      await caller.send(id, request);
      await wait((CALLERS * 1_000) / PER_SECOND);
    }
  };
  const sources = callers.map((caller, i) => source(caller, (i * 1_000) / PER_SECOND));
  const looks = (async () => {
    while (health.isFree) {
      await health.send('health', HEALTH);
      await wait(HEALTH_EVERY_MS);
    }
  })();
  await wait(200 + random.below(400));

  const blocked = random.chance(0.5) ? block(db) : Promise.resolve();
  await wait(BLOCKED_BEFORE_MS);
  // A body whose second half comes after the stop.
  const large = message();
  const middle = large.request.length - random.below(large.content.body.length);
  uploader.begin(large.request.subarray(0, middle));
  await wait(random.below(20));

  const stoppedAt = performance.now();
  const exited = server.end('SIGTERM').then((code) => ({ code, after: performance.now() - stoppedAt }));
  await wait(random.below(300));
  const upload = uploader.isFree ? uploader.finish(large.id, large.request.subarray(middle)) : Promise.resolve();
  const { code, after } = await exited;
  await Promise.all([blocked, upload, looks, ...sources, ...all.map((caller) => caller.closed), dashboard.closed]);
  const told = [...callers, uploader].flatMap((caller) => caller.told);
  return {
    told, health: health.told, stoppedAt, exitCode: code, exitedAfterMs: after, inFlight: told.filter((one) => one.writtenAt < stoppedAt && one.answeredAt > stoppedAt).length,
    errors: all.flatMap((caller) => caller.error ?? []), dashboardBreaks: dashboard.chain.breaks,
  };
}

/** Nothing can be stored for a while. */
async function block(db: Transactions): Promise<void> {
  await db.run(async (tx) => {
    await tx.query('lock table inbox in access exclusive mode');
    await wait(BLOCKED_BEFORE_MS + BLOCKED_AFTER_MS);
  });
}
