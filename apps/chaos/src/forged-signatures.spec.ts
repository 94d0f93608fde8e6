import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect } from '@jest/globals';
import type { ConnectionKind } from '@orderwatch/db';
import { createTestDatabase } from '@orderwatch/db/testing';
import { HttpSocket, Random, SECRETS, ServerProcess } from '@orderwatch/rig';
import { figure, ordeal, SEED } from './figures.js';
import { Connections, KINDS, NEW, OLD } from './forged-signatures-connections.js';
import { FORGERIES } from './forged-signatures-forgeries.js';
import { freshBody, headersWith, keyOf, macOf, requestOf, type Signed, written } from './forged-signatures-requests.js';

const COUNT = figure({ full: 100_000, test: 5_000 });
const SOCKETS = 16;
/** One delivery in so many is genuine: a door that refuses everything would pass otherwise. */
const GENUINE = 50;

/** The door of one server, with a record of what was sent through it. */
class Door {
  private readonly free: HttpSocket[];
  /** Answers 401 by connection. */
  readonly refused: Record<string, number> = {};
  /** Hashes of genuine bodies that were taken. */
  readonly taken: string[] = [];

  constructor(port: number) {
    this.free = Array.from({ length: SOCKETS }, () => new HttpSocket(port));
  }

  async send(connection: string, request: Buffer): Promise<number> {
    const socket = this.free.pop();
    if (!socket) throw new Error('more at once than there are sockets');
    const { status } = await socket.send(request);
    this.free.push(socket);
    const name = connection.replace(/\?.*/, '');
    if (status === 401) this.refused[name] = (this.refused[name] ?? 0) + 1;
    return status;
  }

  /** Signed with that secret, for that connection. */
  async sendSigned(kind: ConnectionKind, connection: string, secret: string, signed: Signed): Promise<number> {
    const headers = headersWith(kind, signed, written(kind, macOf(kind, keyOf(kind, secret), signed)));
    const status = await this.send(connection, requestOf({ connection, headers, body: signed.body }));
    if (status < 300) this.taken.push(createHash('sha256').update(signed.body).digest('hex'));
    return status;
  }

  close(): void {
    for (const socket of this.free) socket.close();
  }
}

const signedNow = (kind: ConnectionKind, id: string): Signed => ({ id, timestamp: String(Math.floor(Date.now() / 1000)), body: freshBody(kind, id, Date.now()) });

/** @returns names of forgeries that were answered otherwise than 401. */
async function forge(door: Door, replay: Record<string, string>): Promise<string[]> {
  const wrong: string[] = [];
  const queue = Array.from({ length: COUNT }, (_, n) => n).values();
  const only = process.env['FORGERY'];
  await Promise.all(Array.from({ length: SOCKETS }, async () => {
    for (const n of queue) {
      if (only !== undefined && n !== Number(only)) continue;
      const { kind, name, forge: make } = FORGERIES[n % FORGERIES.length]!;
      const draft = make({ kind, random: new Random('forged', SEED, n), signed: signedNow(kind, `${SEED}-${n}`), now: Date.now() });
      const status = await door.send(draft.connection, requestOf(draft));
      if (status !== 401) {
        wrong.push(`${n}: ${kind}, ${name}: ${status}`);
        replay['FORGERY'] = String(n);
      }
      if (n % GENUINE === 0) expect([n, await door.sendSigned(kind, kind, SECRETS[kind], signedNow(kind, `${SEED}-genuine-${n}`))]).toEqual([n, kind === 'events' ? 202 : 200]);
    }
  }));
  return wrong;
}

/** Both secrets are good while one replaces the other; the retired one is not, as soon as every process knows. */
async function rotate(door: Door, connections: Connections): Promise<void> {
  for (const kind of KINDS) {
    const name = `${kind}-rotating`;
    const ok = kind === 'events' ? 202 : 200;
    const send = (secret: string, id: string): Promise<number> => door.sendSigned(kind, name, secret, signedNow(kind, `${SEED}-${id}`));
    expect([await send(OLD[kind], 'old'), await send(NEW[kind], 'new'), await send(SECRETS[kind], 'foreign')]).toEqual([ok, ok, 401]);
    await connections.retire(kind);
    for (let n = 0; (await send(OLD[kind], `fading-${n}`)) !== 401; n += 1) await wait(20);
    expect([await send(OLD[kind], 'retired'), await send(NEW[kind], 'only')]).toEqual([401, ok]);
  }
}

describe('forged signatures', () => {
  ordeal('are refused, all of them, counted, and leave nothing behind', async (replay) => {
    const database = await createTestDatabase();
    const connections = await Connections.open(database.url);
    const server = await ServerProcess.on({ databaseUrl: database.url, env: { ORDERWATCH_UNSAFE_DATABASE: '1', ORDERWATCH_LOG_LEVEL: 'error' } });
    const door = new Door(server.port);
    try {
      await server.start();
      expect(await forge(door, replay)).toEqual([]);
      await rotate(door, connections);
      expect(await connections.kept()).toEqual([...door.taken].sort());
      // Written once a second.
      while (Object.values(await connections.rejected()).reduce((a, b) => a + b, 0) < Object.values(door.refused).reduce((a, b) => a + b, 0)) await wait(50);
      expect(await connections.rejected()).toEqual(door.refused);
      expect(await server.end('SIGTERM')).toBe(0);
    } finally {
      door.close();
      await server.end('SIGKILL');
      await connections.close();
      await database.drop();
    }
  }, 'forged-signatures');
});
