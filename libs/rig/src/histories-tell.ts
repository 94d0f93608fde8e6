import { setTimeout as wait } from 'node:timers/promises';
import type { Telling } from './histories-disturb.js';
import { HttpSocket } from './http-socket.js';
import { signedRequest } from './signed-request.js';

export interface TellOptions {
  readonly ports: readonly number[];
  /** Requests in flight; 1 = one after the other, in their order. */
  readonly connections: number;
}

/** What the sources heard. */
export interface Told {
  readonly requests: number;
  /** Answers 503, each of which was followed by another try. */
  readonly putOff: number;
  /** Any other answer than 2xx and 503, with its count. */
  readonly refused: Readonly<Record<string, number>>;
}

const AGAIN_MS = 100;

/** Sends every request until it is answered 2xx, or refused for good: as sources do. */
export async function tell(requests: Iterable<Telling>, { ports, connections }: TellOptions): Promise<Told> {
  const queue = requests[Symbol.iterator]();
  const refused: Record<string, number> = {};
  let [count, putOff] = [0, 0];
  const work = async (port: number): Promise<void> => {
    const socket = new HttpSocket(port);
    for (let next = queue.next(); !next.done; next = queue.next()) {
      count += 1;
      for (;;) {
        const status = await socket.send(signedRequest(next.value.message, next.value.id, Date.now())).then((answer) => answer.status, () => 503);
        if (status >= 200 && status < 300) break;
        if (status !== 503) {
          refused[status] = (refused[status] ?? 0) + 1;
          break;
        }
        putOff += 1;
        await wait(AGAIN_MS);
      }
    }
    socket.close();
  };
  await Promise.all(Array.from({ length: connections }, (_, i) => work(ports[i % ports.length] ?? 0)));
  return { requests: count, putOff, refused };
}
