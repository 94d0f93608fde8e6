import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, isPortFree } from './free-port.js';
import { ROOT, SERVER_DIST } from './paths.js';
import { SECRET_ENVIRONMENT } from './secrets.js';
import { type Usage, usageOf } from './usage.js';

/** How the server is run wherever it is run: its memory. */
export const RUNTIME = JSON.parse(readFileSync(join(ROOT, 'apps/server/runtime.json'), 'utf8')) as { readonly nodeArgs: readonly string[]; readonly env: Readonly<Record<string, string>> };

export interface ServerOptions {
  readonly databaseUrl: string;
  readonly role?: 'all' | 'api' | 'worker';
  /** Modules loaded before the server: faults, a shifted clock. */
  readonly preload?: readonly string[];
  readonly nodeArgs?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** The built server as a process of its own, as users run it; it can be killed, and says what it used. */
export class ServerProcess {
  private child: ChildProcess | undefined;
  private output = '';

  constructor(
    readonly port: number,
    private readonly options: ServerOptions,
  ) {}

  static async on(options: ServerOptions): Promise<ServerProcess> {
    return new ServerProcess(await freePort(), options);
  }

  /** Resolves when it is ready. It starts as in life but without source maps, which are an eighth of a start. */
  async start(more: Readonly<Record<string, string>> = {}): Promise<void> {
    const { databaseUrl, role = 'all', preload = [], nodeArgs = [], env = {} } = this.options;
    if (!(await isPortFree(this.port))) throw new Error(`port ${this.port} is taken by another program, which would answer for this one`);
    const child = spawn(process.execPath, [...RUNTIME.nodeArgs, ...nodeArgs, ...preload.flatMap((file) => ['--import', file]), join(SERVER_DIST, 'main.js')], {
      env: {
        ...process.env, ...RUNTIME.env, NODE_ENV: 'production', PORT: String(this.port), DATABASE_URL: databaseUrl, ORDERWATCH_SECRET: 'the master secret of the rig', ORDERWATCH_DEMO: '0', ORDERWATCH_ROLE: role,
        ORDERWATCH_LOG_LEVEL: 'warn', ...SECRET_ENVIRONMENT, ...env, ...more,
      },
      // The channel lets the server notice when whoever started it is killed without a word.
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.child = child;
    this.output = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (this.output = (this.output + chunk.toString()).slice(-20_000)));
    await this.untilReady();
  }

  /** Resolves when `/health/ready` says so; rejects when the process ended instead. */
  async untilReady(): Promise<void> {
    while (this.isRunning()) {
      const isReady = await fetch(`${this.url}/health/ready`, { signal: AbortSignal.timeout(2_000) }).then((r) => r.ok, () => false);
      if (isReady) return;
      await new Promise((again) => setTimeout(again, 20));
    }
    throw new Error(`the server did not start:\n${this.output}`);
  }

  /** Says something to what was loaded before the server. */
  tell(message: Readonly<Record<string, string>>): void {
    if (this.isRunning()) this.child?.send(message);
  }

  /** Sends the signal and waits for the end; answers the exit code (null after a signal that killed it). */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    const { child } = this;
    if (!child || !this.isRunning()) return child?.exitCode ?? null;
    const exited = once(child, 'exit') as Promise<[number | null]>;
    child.kill(signal);
    return (await exited)[0];
  }

  /** Resolves when the process has ended by itself (or was killed). */
  async ended(): Promise<void> {
    if (this.child && this.isRunning()) await once(this.child, 'exit');
  }

  isRunning(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** The last lines it wrote. */
  get log(): string {
    return this.output;
  }

  usage(): Usage {
    return usageOf(this.child?.pid);
  }
}
