import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPostmaster } from './cluster.js';
import { identity, isSameProcess } from './liveness.js';
import { stopPostmaster } from './postmaster.js';
import { type Embedded, startEmbedded } from './start-embedded.js';

const PREFIX = 'orderwatch-test-';

/** A run that was killed leaves its cluster; the next one clears it. The folder's name says whose it was. */
async function sweep(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const owner = /^orderwatch-test-(\d+@?\d*)-/.exec(name)?.[1];
    if (!owner || isSameProcess(owner)) continue;
    const dataDir = join(tmpdir(), name);
    const cluster = join(dataDir, 'postgres');
    const running = readPostmaster(cluster);
    if (running) await stopPostmaster(running.pid, cluster);
    rmSync(dataDir, { recursive: true, force: true });
  }
}

export interface ThrowawayOptions {
  /** Survives a crash; off by default, since only a crash could tell. */
  readonly durable?: boolean;
  /** Server settings on top. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** A data dir for one run; should the run be killed, a later one clears it. */
export async function throwawayFolder(): Promise<string> {
  await sweep();
  const dataDir = mkdtempSync(join(tmpdir(), `${PREFIX}${identity(process.pid) ?? process.pid}-`));
  chmodSync(dataDir, 0o755);
  return dataDir;
}

/** A cluster for one run of tests or benchmarks. */
export async function startThrowaway({ durable = false, settings: more = {} }: ThrowawayOptions = {}): Promise<Embedded> {
  const dataDir = await throwawayFolder();
  const settings = { ...(durable ? {} : { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }), ...more };
  const embedded = await startEmbedded({ dataDir, main: true, settings });
  const stop = async (): Promise<void> => {
    await embedded.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { ...embedded, stop };
}
