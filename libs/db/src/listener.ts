import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import pg from 'pg';
import { SERVER_NOTICES } from './data-source.js';

export interface ListenerOptions {
  readonly url: string;
  readonly channels: readonly string[];
  /** `payload` is empty when the connection was made (again): anything may have been missed. */
  readonly onNotice: (channel: string, payload: string) => void;
  readonly onTrouble?: (error: Error) => void;
  readonly heartbeatMs?: number;
}

const HEARTBEAT = 'orderwatch_heartbeat';
/** Dead links are noticed within three of these. */
const HEARTBEAT_MS = 4_000;
/** How long a goodbye may take. */
const GOODBYE_MS = 1_000;

/**
 * LISTEN on a connection of its own. A connection can die without a word, so it sends itself a notice and is
 * built again after two that did not come back. NOTIFY only wakes; whoever listens also looks by itself now and then.
 */
export class Listener {
  private client: pg.Client | undefined;
  private timer: NodeJS.Timeout | undefined;
  private retry: NodeJS.Timeout | undefined;
  private missed = 0;
  private failures = 0;
  private isStopped = false;
  private readonly me = randomUUID();

  constructor(private readonly options: ListenerOptions) {}

  async start(): Promise<void> {
    await this.connect();
    this.timer = setInterval(() => this.beat(), this.options.heartbeatMs ?? HEARTBEAT_MS);
    this.timer.unref();
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    clearInterval(this.timer);
    clearTimeout(this.retry);
    await this.drop();
  }

  private async connect(): Promise<void> {
    const client = new pg.Client({ connectionString: this.options.url, application_name: 'orderwatch listener', connectionTimeoutMillis: 5_000, keepAlive: true, options: SERVER_NOTICES });
    client.on('error', (error) => this.lost(client, error));
    client.on('end', () => this.lost(client, new Error('listener connection ended')));
    client.on('notification', (notice) => this.heard(notice.channel, notice.payload ?? ''));
    this.client = client;
    try {
      await client.connect();
      for (const channel of [HEARTBEAT, ...this.options.channels]) await client.query(`listen ${channel}`);
      this.missed = 0;
      this.failures = 0;
      for (const channel of this.options.channels) this.options.onNotice(channel, '');
    } catch (error) {
      this.lost(client, error instanceof Error ? error : new Error(String(error)));
    }
  }

  private heard(channel: string, payload: string): void {
    if (channel !== HEARTBEAT) this.options.onNotice(channel, payload);
    else if (payload === this.me) this.missed = 0;
  }

  private beat(): void {
    const client = this.client;
    if (!client) return;
    this.missed += 1;
    if (this.missed > 2) this.lost(client, new Error('listener heard nothing of its own heartbeat'));
    else client.query('select pg_notify($1, $2)', [HEARTBEAT, this.me]).catch((error: Error) => this.lost(client, error));
  }

  private lost(client: pg.Client, error: Error): void {
    if (this.isStopped || this.client !== client) return;
    this.options.onTrouble?.(error);
    void this.drop();
    this.failures += 1;
    this.retry = setTimeout(() => void this.connect(), Math.min(5_000, 100 * 2 ** this.failures));
  }

  private async drop(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    if (!client) return;
    // On a dead link nobody answers a goodbye.
    const late = setTimeout(() => streamOf(client).destroy(), GOODBYE_MS);
    await client.end().catch(() => undefined);
    clearTimeout(late);
  }
}

/** pg keeps its socket to itself. */
function streamOf(client: pg.Client): Socket {
  return (client as unknown as { readonly connection: { readonly stream: Socket } }).connection.stream;
}
