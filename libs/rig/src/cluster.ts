import { rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { runMigrations } from '@orderwatch/db';
import { startEmbedded, throwawayFolder, type Embedded } from '@orderwatch/db/embedded';
import { freePort } from './free-port.js';

/** `immediate`: SIGQUIT to the postmaster, as `pg_ctl stop -m immediate`. `kill`: SIGKILL, its backends find out by themselves. */
export type CrashKind = 'immediate' | 'kill';

/** A throw-away cluster, durable as users have it, that can be crashed and comes back on the same port with the same data. */
export class Cluster {
  private constructor(
    private readonly dataDir: string,
    private readonly settings: Readonly<Record<string, string>>,
    private running: Embedded,
  ) {}

  /** A new one with an empty, migrated database. */
  static async make(settings: Readonly<Record<string, string>> = {}): Promise<Cluster> {
    const dataDir = await throwawayFolder();
    const cluster = new Cluster(dataDir, settings, await startEmbedded({ dataDir, main: true, settings, port: await freePort() }));
    await runMigrations(cluster.url);
    return cluster;
  }

  get url(): string {
    return this.running.url;
  }

  get port(): number {
    return this.running.port;
  }

  /** Resolves when nobody listens on its port any more. */
  async crash(kind: CrashKind): Promise<void> {
    process.kill(this.running.pid, kind === 'kill' ? 'SIGKILL' : 'SIGQUIT');
    while (await isOpen(this.port)) await wait(5);
  }

  /** After a crash; resolves as soon as a connection can be made. */
  async start(): Promise<void> {
    const { dataDir, settings, port } = this;
    this.running = await startEmbedded({ dataDir, main: true, settings, port });
  }

  async stop(): Promise<void> {
    await this.running.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' });
    const tell = (is: boolean): void => {
      socket.destroy();
      resolve(is);
    };
    socket.once('connect', () => tell(true));
    socket.once('error', () => tell(false));
  });
}
