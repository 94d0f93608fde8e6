import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../../../..');
const dist = resolve(root, 'apps/server/dist');

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
