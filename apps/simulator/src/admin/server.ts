import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { answer, type Echo } from './api.js';
import { readJson, reply } from './http.js';
import type { Ledger } from './ledger.js';
import type { ShopBooks } from './shop-books.js';
import type { Outside, OutsideAnswer } from './outside.js';
import { isTrouble, TROUBLES, TroublePlan, type Trouble } from './trouble.js';

/** Plays a scenario by name; undefined when there is none of that name. */
export type Emit = (request: Readonly<Record<string, unknown>>) => Promise<unknown>;

export interface AdminServerSettings {
  readonly books: ShopBooks;
  readonly ledger: Ledger;
  readonly echo: Echo;
  readonly emit: Emit;
  /** Other systems that the same process stands in for. */
  readonly outsides?: readonly Outside[];
  /** The access token callers must show; undefined = any that is not empty. */
  readonly token: string | undefined;
}

const GRAPHQL = /^\/admin\/api\/([^/]+)\/graphql\.json$/;

/** The stand-in for Shopify's Admin API with its control endpoints. It listens on 127.0.0.1 only: it is a toy with a till. */
export class AdminServer {
  private readonly server: Server;
  private readonly trouble = new TroublePlan();
  private readonly settings: AdminServerSettings;

  constructor(settings: AdminServerSettings) {
    this.settings = settings;
    this.server = createServer((request, response) => {
      this.handle(request, response).catch((error: unknown) => reply(response, 500, { errors: String(error) }));
    });
  }

  /** Starts listening and returns the port, a free one when `port` is 0. */
  async listen(port: number): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, '127.0.0.1', resolve);
    });
    const address = this.server.address();
    return typeof address === 'object' && address ? address.port : port;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://stand-in');
    const version = GRAPHQL.exec(pathname)?.[1];
    if (version !== undefined && request.method === 'POST') return this.graphql(version, request, response);
    const outside = this.settings.outsides?.find(({ prefix }) => pathname.startsWith(`${prefix}/`));
    if (outside) return this.outside(outside, { path: pathname.slice(outside.prefix.length), query: searchParams }, request, response);
    switch (`${request.method ?? ''} ${pathname}`) {
      case 'GET /__ledger':
        return reply(response, 200, this.settings.ledger.all());
      case 'GET /__health':
        return reply(response, 200, { ok: true, trouble: this.trouble.describe() });
      case 'POST /__control':
        return this.control(request, response);
      case 'POST /__emit': {
        const body = await readJson(request);
        const done = body && (await this.settings.emit(body));
        return done ? reply(response, 200, done) : reply(response, 400, { error: 'unknown scenario' });
      }
      default:
        return reply(response, 404, { errors: 'Not Found' });
    }
  }

  private async control(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = (await readJson(request)) ?? {};
    const { mode, times, delayMs, echo } = body;
    if (mode !== undefined && !isTrouble(mode)) return reply(response, 400, { error: `mode is one of ${TROUBLES.join(', ')}` });
    if (mode !== undefined) this.trouble.set(mode, typeof times === 'number' ? times : undefined);
    if (typeof delayMs === 'number') this.trouble.delay = delayMs;
    if (typeof echo === 'boolean') this.trouble.echoes = echo;
    reply(response, 200, this.trouble.describe());
  }

  private async graphql(version: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const token = request.headers['x-shopify-access-token'];
    if (!token || (this.settings.token !== undefined && token !== this.settings.token)) {
      return reply(response, 401, { errors: '[API] Invalid API key or access token (unrecognized login or wrong password)' });
    }
    const trouble = this.trouble.take();
    if (trouble === 'throttled') return reply(response, 200, throttled());
    if (await this.isOver(trouble, response)) return;
    const body = await readJson(request);
    if (typeof body?.['query'] !== 'string') return reply(response, 400, { errors: { query: 'Required parameter missing or invalid' } });
    const { query, variables, operationName } = body;
    const result = await answer(this.settings.books, this.echo(), {
      query, version,
      variables: variables !== null && typeof variables === 'object' ? (variables as Record<string, unknown>) : undefined,
      operationName: typeof operationName === 'string' ? operationName : undefined,
    });
    this.end(trouble, request, response, { status: 200, body: result });
  }

  private async outside(outside: Outside, at: { readonly path: string; readonly query: URLSearchParams }, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!request.headers.authorization?.startsWith('Basic ')) return reply(response, 401, { message: 'Unauthorized' });
    const trouble = this.trouble.take();
    if (trouble === 'throttled') return reply(response, 429, { message: 'Too Many Requests' }, { 'retry-after': '1' });
    if (await this.isOver(trouble, response)) return;
    const body = request.method === 'GET' ? {} : await readJson(request);
    if (!body) return reply(response, 400, { message: 'Bad Request' });
    this.end(trouble, request, response, outside.answer({ ...at, method: request.method ?? 'GET', body, headers: request.headers }) ?? { status: 404, body: { message: 'Not Found' } });
  }

  /** Whether the trouble ends the request before it has an effect. */
  private async isOver(trouble: Trouble, response: ServerResponse): Promise<boolean> {
    if (trouble === '4xx') reply(response, 422, { errors: 'Unprocessable Entity' });
    if (trouble === '5xx_before') reply(response, 503, { errors: 'Service Unavailable' });
    if (trouble === 'slow') await wait(this.trouble.delay);
    return trouble === '4xx' || trouble === '5xx_before' || trouble === 'timeout_before';
  }

  /** Answers, unless the trouble takes the answer away. */
  private end(trouble: Trouble, request: IncomingMessage, response: ServerResponse, { status, body }: OutsideAnswer): void {
    if (trouble === '5xx_after') return reply(response, 502, { errors: 'Bad Gateway' });
    if (trouble === 'timeout_after') return;
    if (trouble === 'reply_lost') return void request.socket.destroy();
    reply(response, status, body);
  }

  private echo(): Echo {
    return this.trouble.echoes ? this.settings.echo : { refunded: () => undefined, ordered: () => undefined };
  }
}

function throttled(): object {
  return {
    errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED', documentation: 'https://shopify.dev/api/usage/rate-limits' } }],
    extensions: { cost: { requestedQueryCost: 10, actualQueryCost: null, throttleStatus: { maximumAvailable: 2000, currentlyAvailable: 0, restoreRate: 100 } } },
  };
}
