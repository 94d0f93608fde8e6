import type { CorpusOptions, Message } from './corpus.js';
import { corpus } from './corpus.js';
import { HttpSocket } from './http-socket.js';
import { signedRequest } from './signed-request.js';

/** `closed`: every connection sends its next request when the last was answered. `open`: requests leave on schedule whatever the answers do. */
export type Pace = { readonly kind: 'closed' } | { readonly kind: 'open'; readonly perSecond: number };

export interface LoadOptions {
  readonly port: number;
  readonly connections: number;
  readonly pace: Pace;
  readonly corpus: CorpusOptions;
  /** Number of the first message; a run that goes on after another begins where that one ended. */
  readonly first?: number;
  /** Stops after so many messages or so long, whichever comes first. */
  readonly count?: number;
  readonly seconds?: number;
  /** Latencies of the first seconds are not counted. */
  readonly warmUpSeconds?: number;
}

/** What became of a run. Only `ok` obliges the server to anything; `unknown` may have been stored or not. */
export interface LoadResult {
  readonly sent: number;
  readonly ok: number;
  /** Answers other than 2xx, by status. */
  readonly refused: Readonly<Record<string, number>>;
  /** Connections that broke before the answer. */
  readonly unknown: number;
  readonly seconds: number;
  /** Milliseconds, of answers 2xx; in the open loop from the scheduled instant. */
  readonly latency: Latency;
  /** Number of the message after the last. */
  readonly next: number;
}

export interface Latency {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

export function latencyOf(samples: readonly number[]): Latency {
  const sorted = Float64Array.from(samples).sort();
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}

/** Called for every message when its fate is known. */
export type OnAnswer = (n: number, message: Message, outcome: 'ok' | 'refused' | 'unknown', status: number) => void;

/** Sends signed webhooks. In a process of its own: see `runLoad`. */
export async function sendLoad(options: LoadOptions, onAnswer?: OnAnswer): Promise<LoadResult> {
  const { port, connections, pace, first = 0, count = Infinity, seconds = Infinity, warmUpSeconds = 0 } = options;
  const messageOf = corpus(options.corpus);
  const sockets = Array.from({ length: connections }, () => new HttpSocket(port));
  const started = performance.now();
  const ends = started + seconds * 1000;
  const samples: number[] = [];
  const refused: Record<string, number> = {};
  let [next, ok, unknown] = [first, 0, 0];
  const isOver = (): boolean => next >= first + count || performance.now() >= ends;

  const one = async (socket: HttpSocket, scheduled: number): Promise<void> => {
    const n = next;
    next += 1;
    const message = messageOf(n);
    const request = signedRequest(message, `${options.corpus.seed}-${n}`, Date.now());
    const from = pace.kind === 'open' ? scheduled : performance.now();
    try {
      const { status } = await socket.send(request);
      const isOk = status >= 200 && status < 300;
      if (isOk) {
        ok += 1;
        if (from - started >= warmUpSeconds * 1000) samples.push(performance.now() - from);
      } else refused[status] = (refused[status] ?? 0) + 1;
      onAnswer?.(n, message, isOk ? 'ok' : 'refused', status);
    } catch {
      unknown += 1;
      onAnswer?.(n, message, 'unknown', 0);
    }
  };

  if (pace.kind === 'closed') {
    await Promise.all(sockets.map(async (socket) => {
      while (!isOver()) await one(socket, 0);
    }));
  } else await openLoop(sockets, 1000 / pace.perSecond, { started, isOver, one });
  for (const socket of sockets) socket.close();
  return { sent: next - first, ok, refused, unknown, seconds: (performance.now() - started) / 1000, latency: latencyOf(samples), next };
}

interface Loop {
  readonly started: number;
  isOver(): boolean;
  one(socket: HttpSocket, scheduled: number): Promise<void>;
}

/** A request whose time has come takes a free connection, or the first that becomes free; the wait counts. */
async function openLoop(sockets: readonly HttpSocket[], every: number, { started, isOver, one }: Loop): Promise<void> {
  const free = [...sockets];
  const waiting: number[] = [];
  const inFlight = new Set<Promise<void>>();
  const launch = (socket: HttpSocket, scheduled: number): void => {
    const work = one(socket, scheduled).finally(() => {
      inFlight.delete(work);
      const due = waiting.shift();
      if (due === undefined) free.push(socket);
      else launch(socket, due);
    });
    inFlight.add(work);
  };
  for (let scheduled = started; !isOver(); scheduled += every) {
    for (let left = scheduled - performance.now(); left > 0; left = scheduled - performance.now()) await new Promise<void>((again) => void setTimeout(again, Math.max(1, left)));
    const socket = free.pop();
    if (socket) launch(socket, scheduled);
    else waiting.push(scheduled);
  }
  waiting.length = 0;
  while (inFlight.size > 0) await Promise.all(inFlight);
}
