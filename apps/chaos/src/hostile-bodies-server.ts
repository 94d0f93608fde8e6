import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createDataSource, Transactions } from '@orderwatch/db';
import { createTestDatabase, type TestDatabase } from '@orderwatch/db/testing';
import { corpus, HttpSocket, RUNTIME, ServerProcess, signedRequest, usageOf } from '@orderwatch/rig';

const ROUNDS = 10;
/** The C library gives back what is freed, instead of keeping it for the next peak: resident memory then is what the server holds. Beside how every server is run. */
const PLAIN_ALLOCATOR = { MALLOC_TRIM_THRESHOLD_: '131072' };

/** The young generation has all of its room from the start: when it grows, which is chance, would else be taken for what the server holds. */
const ALL_ROOM = RUNTIME.nodeArgs.filter((arg) => arg.startsWith('--max-semi-space-size')).map((arg) => arg.replace('max', 'min'));

/** The built server, watched from outside. */
export class WatchedServer {
  private peak = 0;
  private readonly watch: NodeJS.Timeout;
  private readonly ordinary: HttpSocket;
  private sent = 0;

  private constructor(
    private readonly database: TestDatabase,
    readonly process: ServerProcess,
    readonly transactions: Transactions,
    private readonly seed: string,
  ) {
    this.watch = setInterval(() => (this.peak = Math.max(this.peak, usageOf(process.pid).memory)), 10);
    this.ordinary = new HttpSocket(process.port);
  }

  static async start(seed: string): Promise<WatchedServer> {
    const database = await createTestDatabase();
    const server = await ServerProcess.on({ databaseUrl: database.url, preload: [join(import.meta.dirname, 'hostile-bodies-settle.ts')], nodeArgs: ['--expose-gc', ...ALL_ROOM], env: { ORDERWATCH_UNSAFE_DATABASE: '1', ORDERWATCH_LOG_LEVEL: 'error', ...PLAIN_ALLOCATOR } });
    const transactions = new Transactions(await createDataSource(database.url, { applicationName: 'orderwatch chaos', poolSize: 2 }));
    const watched = new WatchedServer(database, server, transactions, seed);
    try {
      await server.start();
    } catch (error) {
      await watched.drop();
      throw error;
    }
    return watched;
  }

  /** An ordinary delivery; @returns its answer. */
  async deliver(): Promise<number> {
    this.sent += 1;
    const message = corpus({ kind: 'movements', seed: `${this.seed}-ordinary`, orders: 500, bytes: 4_000, from: Date.UTC(2026, 0, 6) })(this.sent);
    return (await this.ordinary.send(signedRequest(message, `${this.seed}-${this.sent}`, Date.now()))).status;
  }

  /** Waits until nothing is left to do. */
  async idle(): Promise<void> {
    while ((await this.transactions.query(`select 1 from inbox where state = 'new' limit 1`)).length > 0) {
      if (!this.process.isRunning()) throw new Error(`the server ended:\n${this.process.log}`);
      await wait(50);
    }
  }

  /** Resident memory in bytes once everything that nobody uses is let go: the smallest of several looks. */
  async settled(): Promise<number> {
    await this.idle();
    const looks: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      if (this.process.pid !== undefined) globalThis.process.kill(this.process.pid, 'SIGUSR2');
      await wait(100);
      looks.push(usageOf(this.process.pid).memory);
    }
    return Math.min(...looks);
  }

  /** Largest resident memory since the last time this was asked, bytes. */
  takePeak(): number {
    const { peak } = this;
    this.peak = 0;
    return peak;
  }

  async drop(): Promise<void> {
    clearInterval(this.watch);
    this.ordinary.close();
    await this.process.end('SIGKILL');
    await this.transactions.close();
    await this.database.drop();
  }
}
