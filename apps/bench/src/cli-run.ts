import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { SERVER_DIST } from '@orderwatch/rig';

export interface CliRun {
  /** What it printed with `--json`. */
  readonly json: Readonly<Record<string, unknown>>;
  /** From the start of the process to its end. */
  readonly ms: number;
}

/** The operator's command line, as a process. */
export async function runCli(databaseUrl: string, args: readonly string[]): Promise<CliRun> {
  const started = performance.now();
  const child = spawn(process.execPath, [join(SERVER_DIST, 'cli/main.js'), ...args, '--json'], {
    env: { ...process.env, NODE_ENV: 'production', DATABASE_URL: databaseUrl, ORDERWATCH_SECRET: 'the master secret of the rig', ORDERWATCH_DEMO: '0' }, stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}`);
  return { json: JSON.parse(text) as Record<string, unknown>, ms: performance.now() - started };
}

/** Milliseconds of the work alone: what the same command takes on an empty database is its start-up. */
export async function workOf(databases: { readonly full: string; readonly empty: string }, args: readonly string[]): Promise<CliRun> {
  const startUp = await runCli(databases.empty, args);
  const run = await runCli(databases.full, args);
  return { ...run, ms: run.ms - startUp.ms };
}
