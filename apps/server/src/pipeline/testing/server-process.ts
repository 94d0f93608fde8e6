import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../../../..');
const dist = resolve(root, 'apps/server/dist');

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Builds what is stale: the process under test is the built one. */
export async function buildServer(...more: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, ['tools/build.mjs', 'domain', 'contract', 'connectors', 'db', 'server', ...more], { cwd: root, stdio: 'ignore' });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error('the server could not be built');
}

/** Begins a command of the built command line; its standard input stays open. */
export function startCli(args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.execPath, [resolve(dist, 'cli/main.js'), ...args], { env, stdio: ['pipe', 'ignore', 'ignore'] });
}

/** Runs a command of the built command line. */
export async function runCli(args: readonly string[], env: NodeJS.ProcessEnv): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
  const child = spawn(process.execPath, [resolve(dist, 'cli/main.js'), ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

/** The built server as a process of its own, which can be killed. */
export class ServerProcess {
  private child: ChildProcess | undefined;

  constructor(private readonly env: NodeJS.ProcessEnv) {}

  async start(): Promise<void> {
    const child = spawn(process.execPath, [resolve(dist, 'main.js')], { env: this.env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child = child;
    let log = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (log = (log + chunk.toString()).slice(-4_000)));
    const url = `http://127.0.0.1:${this.env['PORT']}/health/ready`;
    while (child.exitCode === null) {
      const isReady = await fetch(url).then((r) => r.ok, () => false);
      if (isReady) return;
      await new Promise((again) => setTimeout(again, 25));
    }
    throw new Error(`the server did not start:\n${log}`);
  }

  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const exited = once(child, 'exit') as Promise<[number | null]>;
    child.kill(signal);
    return (await exited)[0];
  }
}
