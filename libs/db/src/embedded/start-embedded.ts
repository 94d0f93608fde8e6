import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkVersion, createCluster, freePort, logOf, readPostmaster, spawnPostmaster } from './cluster.js';
import { ensureDatabase, isOurs, urlOf } from './connect.js';
import { isAlive } from './liveness.js';
import { withLock } from './lock.js';
import { type Place, placeFor } from './place.js';
import { isPostmasterOf, stopPostmaster } from './postmaster.js';
import { Users } from './users.js';

export interface EmbeddedOptions {
  /** ORDERWATCH_DATA_DIR; the cluster is `<dataDir>/postgres`. */
  readonly dataDir: string;
  readonly log?: (line: string) => void;
  /** The one whose end is the database's end, whoever else uses it (`npm start`). Others leave, and the last one out stops it. */
  readonly main?: boolean;
  /** Server settings on top of ours. Only for throw-away clusters. */
  readonly settings?: Readonly<Record<string, string>>;
  /** The port it must have; default: a free one. */
  readonly port?: number;
}

export interface Embedded {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** False: another living process of ours was using the database already. */
  readonly owned: boolean;
  /** Gives the database up, and stops it when nobody else needs it. Safe to call twice. */
  stop(): Promise<void>;
}

/** Crash recovery replays what was not yet checkpointed: with 2 GB of it, on a slow disk, that is minutes. */
const START_LIMIT_MS = 300_000;

const tail = (file: string): string => readFileSync(file, 'utf8').split('\n').slice(-12).join('\n');

/** The server of this cluster that runs already, with its port; null when there is none (what a crash left behind is cleared). */
async function findRunning({ cluster }: Place, log: (line: string) => void): Promise<{ pid: number; port: number } | null> {
  const deadline = Date.now() + START_LIMIT_MS;
  for (;;) {
    const found = readPostmaster(cluster);
    if (!found || !isAlive(found.pid)) return null;
    if (found.isReady && (await isOurs(cluster, found.port))) return found;
    if (!isPostmasterOf(found.pid, cluster)) {
      // After a reboot the number may be another program's; PostgreSQL itself would take it for a running server.
      log('Clearing what a crashed database left behind');
      rmSync(join(cluster, 'postmaster.pid'), { force: true });
      return null;
    }
    if (Date.now() > deadline) throw new Error(`The database in ${cluster} (process ${found.pid}) neither answers nor ends; see ${logOf(cluster)}`);
    await sleep(50);
  }
}

async function launch(place: Place, settings: Readonly<Record<string, string>>, given?: number): Promise<{ pid: number; port: number }> {
  const deadline = Date.now() + START_LIMIT_MS;
  for (let attempt = 1; ; attempt += 1) {
    const port = given ?? (await freePort());
    const server = spawnPostmaster(place, port, settings);
    let ended = false;
    let failure: Error | null = null;
    void server.then((error) => {
      ended = true;
      failure = error;
    });
    while (!ended && Date.now() < deadline) {
      const seen = readPostmaster(place.cluster);
      if (seen?.isReady && seen.pid === server.pid) return { pid: seen.pid, port };
      await sleep(20);
    }
    const words = failure ? String(failure) : tail(logOf(place.cluster));
    // Backends of a killed server need a moment to notice that it is gone, and its parent one to bury it; and a free port may be taken
    // by the time we use it.
    const isWorthAnother = /pre-existing shared memory|lock file "postmaster.pid" already exists|could not bind|Address already in use/.test(words) && attempt < 50;
    if (!isWorthAnother) throw new Error(`The database did not start:\n${words}`);
    await sleep(200);
  }
}

/** Starts the embedded PostgreSQL of a data dir, or joins (or takes over) the one that runs. */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const { log = () => undefined, main = false, settings = {} } = options;
  const dataDir = resolve(options.dataDir);
  mkdirSync(dataDir, { recursive: true, mode: 0o755 });
  const lockFile = join(dataDir, 'postgres.lock');
  const users = new Users(join(dataDir, 'postgres.users'));
  return withLock(lockFile, async () => {
    const place = placeFor(dataDir);
    const { cluster } = place;
    if (!existsSync(join(cluster, 'PG_VERSION'))) {
      log('Creating the database');
      createCluster(place, { sync: settings['fsync'] !== 'off' });
    }
    checkVersion(cluster);
    const running = await findRunning(place, log);
    const isShared = users.hasOthers();
    if (running && !isShared) log('Taking over the database that was left running');
    const { pid, port } = running ?? (await launch(place, settings, options.port));
    users.enter();
    const url = urlOf(cluster, port);
    await ensureDatabase(url);
    const stop = (): Promise<void> =>
      withLock(lockFile, async () => {
        users.leave();
        if (main || !users.hasOthers()) await stopPostmaster(pid, cluster);
      });
    let stopping: Promise<void> | null = null;
    return { url, port, pid, owned: !running || !isShared, stop: () => (stopping ??= stop()) };
  });
}
