import { HttpSocket, latencyOf, type Latency } from '@orderwatch/rig';
import { answer } from '../child-program.js';

/** Requests that are sent in turn, each connection its next one when the last was answered. */
export interface ListLoad {
  readonly port: number;
  readonly token: string;
  /** GraphQL bodies as JSON. */
  readonly bodies: readonly string[];
  readonly connections: number;
  /** Stops after so long, or so many. */
  readonly seconds?: number;
  readonly count?: number;
}

export interface ListResult {
  readonly requests: number;
  readonly seconds: number;
  /** Milliseconds. */
  readonly latency: Latency;
}

function requestOf(token: string, body: string): Buffer {
  return Buffer.from(`POST /graphql HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${token}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}

/** A generator of its own process: reading lists costs it next to nothing, so that it does not slow what it measures. */
answer(async ({ port, token, bodies, connections, seconds = Infinity, count = Infinity }: ListLoad): Promise<ListResult> => {
  const requests = bodies.map((body) => requestOf(token, body));
  const samples: number[] = [];
  const started = performance.now();
  let next = 0;
  await Promise.all(Array.from({ length: connections }, async () => {
    const socket = new HttpSocket(port);
    while (next < count && performance.now() - started < seconds * 1000) {
      const request = requests[next % requests.length];
      next += 1;
      if (!request) continue;
      const from = performance.now();
      const { status } = await socket.send(request);
      if (status !== 200) throw new Error(`a list was answered ${status}`);
      samples.push(performance.now() - from);
    }
    socket.close();
  }));
  return { requests: samples.length, seconds: (performance.now() - started) / 1000, latency: latencyOf(samples) };
});
