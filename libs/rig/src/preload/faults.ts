/**
 * Named points in a server that knows nothing of them: before and after every statement, every answer and every outgoing call.
 * Loaded with `--import`, in tests only. They count from the first time the process said it is ready.
 *   FAULT_AT=<point>[#n]   ends the process with SIGKILL when it gets there for the n-th time; a process that runs is told by the
 *                          message { faultAt: '<point>[#n]' }, and counts from then on
 *   FAULT_LIST=<file>      appends `seen <point> <times>` (times: powers of two), and `dead <point>` just before the end
 */
import { appendFileSync } from 'node:fs';
import { ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { statementName } from './statement-name.js';

let aim = '';
/** How often it must still get there. */
let left = 0;
const list = process.env['FAULT_LIST'];
const counts = new Map<string, number>();
let isArmed = false;

function aimAt(text: string): void {
  const [point = '', nth = '1'] = text.split('#');
  [aim, left] = [point, Number(nth)];
}

aimAt(process.env['FAULT_AT'] ?? '');
if (process.channel) {
  process.on('message', (message: { readonly faultAt?: string }) => aimAt(message.faultAt ?? ''));
  // To be told must not keep it alive.
  process.channel.unref();
}

function write(line: string): void {
  if (list) appendFileSync(list, `${line}\n`);
}

function reach(point: string): void {
  if (!isArmed) return;
  const count = (counts.get(point) ?? 0) + 1;
  counts.set(point, count);
  if ((count & (count - 1)) === 0) write(`seen ${point} ${count}`);
  if (point !== aim) return;
  left -= 1;
  if (left !== 0) return;
  write(`dead ${point}`);
  process.kill(process.pid, 'SIGKILL');
}

/** The result, once the point behind it was passed. */
async function passing<T>(work: Promise<T>, point: string): Promise<T> {
  const result = await work;
  reach(point);
  return result;
}

type Method = (this: unknown, ...args: unknown[]) => unknown;

/** Replaces a method by one that calls it. */
function around(owner: object, name: string, make: (original: Method) => Method): void {
  const original = Reflect.get(owner, name) as Method;
  Reflect.set(owner, name, make(original));
}

/** Statements that travel together: each is a place of its own, before all are sent and after its own answer. */
interface Round {
  readonly statements: { readonly text: string; resolve: (answer: unknown) => void }[];
}

function passThrough({ statements }: Round): void {
  for (const statement of statements) {
    const what = statementName(statement.text);
    const { resolve } = statement;
    reach(`${what}:before`);
    statement.resolve = (answer) => {
      reach(`${what}:after`);
      resolve(answer);
    };
  }
}

const isRound = (config: unknown): config is Round => typeof config === 'object' && config !== null && 'statements' in config;

const { Client } = createRequire(import.meta.url)('pg') as { Client: { prototype: object } };
around(Client.prototype, 'query', (original) => function query(...args) {
  const [config] = args;
  if (isRound(config)) {
    passThrough(config);
    return original.apply(this, args);
  }
  const text = typeof config === 'string' ? config : (config as { text?: string } | null)?.text;
  if (text === undefined) return original.apply(this, args);
  const what = statementName(text);
  reach(`${what}:before`);
  const last = args.length - 1;
  const callback = args[last];
  if (typeof callback === 'function') {
    const told = (...results: unknown[]): void => {
      if (!results[0]) reach(`${what}:after`);
      (callback as Method).apply(this, results);
    };
    return original.apply(this, [...args.slice(0, last), told]);
  }
  const result = original.apply(this, args);
  return result instanceof Promise ? passing(result, `${what}:after`) : result;
});

around(ServerResponse.prototype, 'end', (original) => function end(this: unknown, ...args) {
  const response = this as ServerResponse;
  const url = response.req.url ?? '';
  const what = url.startsWith('/webhooks/') ? 'answer-webhook' : url.startsWith('/graphql') ? 'answer-graphql' : undefined;
  if (what) {
    reach(`${what}:before`);
    response.once('finish', () => reach(`${what}:after`));
  }
  const result = original.apply(this, args);
  if (url === '/health/ready' && response.statusCode === 200) isArmed = true;
  return result;
});

around(globalThis, 'fetch', (original) => function fetch(...args) {
  const { body } = (args[1] ?? {}) as { body?: unknown };
  const operation = typeof body === 'string' ? /(?:query|mutation) (\w+)/.exec(body)?.[1] : undefined;
  const what = operation ? `call-shopify-${operation}` : 'call-out';
  reach(`${what}:before`);
  return passing(original.apply(this, args) as Promise<unknown>, `${what}:after`);
});
