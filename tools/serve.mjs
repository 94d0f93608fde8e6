// The second half of npm start, on the pinned Node: builds, prepares the database, runs the server and, in demo mode,
// the synthetic store; stops all of it on a signal.
import { existsSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './lib/build.mjs';
import { baseEnvironment, demoEnvironment } from './lib/environment.mjs';
import { dataDir, root } from './lib/paths.mjs';
import { PlainError, say, seconds, step } from './lib/say.mjs';
import { freePort, isPortFree, isReady, startNode, tail } from './lib/service.mjs';
import { fail, isStopping, own, stopOnSignals } from './lib/shutdown.mjs';
import { takeStartLock } from './lib/start-lock.mjs';

const serverLog = join(dataDir, 'server.log');
const SIGN_INS = ['agent', 'agent2', 'lead', 'manager', 'manager2', 'admin'];

async function lockDataDir() {
  const lock = await takeStartLock();
  process.on('exit', () => lock.release());
  return lock;
}

/** Answers with the address of the database, migrated. */
async function prepareDatabase(env) {
  let url = env.DATABASE_URL;
  if (!url) {
    const { startEmbedded } = await import('@orderwatch/db/embedded');
    const embedded = await startEmbedded({ dataDir, log: (line) => say(`${line} …`), main: true });
    await own(() => embedded.stop());
    url = embedded.url;
  }
  const { runMigrations } = await import('@orderwatch/db');
  await runMigrations(url);
  return url;
}

async function makeHistory(env, isEmbedded) {
  // Beside the data it speaks of: a new database gets a new history.
  const marker = join(dataDir, 'postgres/demo-history-made');
  if (isEmbedded && existsSync(marker)) return;
  const { code } = await step('Making the demo history', async () => {
    const child = startNode('apps/server/dist/cli/main.js', { args: ['demo-history'], env });
    await own(() => child.stop(5_000));
    return child.ended;
  });
  if (code !== 0) throw new PlainError('The demo history could not be made.');
  if (isEmbedded) writeFileSync(marker, `${new Date().toISOString()}\n`);
}

async function startServer(env) {
  const server = startNode('apps/server/dist/main.js', { env, log: serverLog });
  await own(() => server.stop(6_000));
  if (await isReady(`http://127.0.0.1:${env.PORT}/health/ready`, server)) return server;
  throw new PlainError(`The server ended before it was ready. The end of ${serverLog}:\n${tail(serverLog)}`);
}

async function startSimulator(env, port) {
  const log = join(dataDir, 'simulator.log');
  const simulator = startNode('apps/simulator/dist/main.js', {
    env: { ...env, ORDERWATCH_URL: `http://127.0.0.1:${env.PORT}`, SIMULATOR_PORT: String(port), SIMULATOR_LEDGER: join(dataDir, 'simulator-ledger.jsonl') },
    log,
  });
  await own(() => simulator.stop(3_000));
  void simulator.ended.then(({ code, signal }) => {
    if (!isStopping()) say(`The synthetic store ended (${signal ?? code}); the dashboard goes on without it. See ${log}`);
  });
}

/** A server that ends without being told is an outage: nothing is left half running. */
function failWhenItEnds(server) {
  void server.ended.then(({ code, signal }) => {
    if (!isStopping()) void fail(new PlainError(`The server ended (${signal ?? code}). The end of ${serverLog}:\n${tail(serverLog)}`));
  });
}

/** npm run dev: builds what changed and, unless it was the web alone, starts the server anew. */
function rebuildOnChange(env, first) {
  let server = first;
  let timer = null;
  let turn = Promise.resolve();
  const again = async () => {
    try {
      const names = await build();
      if (names.every((name) => name === 'web')) return;
      await server.stop(6_000);
      server = await startServer(env);
      say(`Restarted after a change in ${names.join(', ')}`);
    } catch (error) {
      say(error.message);
    }
  };
  for (const folder of ['apps', 'libs']) {
    watch(join(root, folder), { recursive: true }, (_event, name) => {
      if (!name || /(^|\/)(dist|node_modules)\//.test(name)) return;
      clearTimeout(timer);
      timer = setTimeout(() => (turn = turn.then(again)), 150);
    });
  }
  say('Watching for changes');
}

function announce(env, isDemo, since) {
  say(`Orderwatch is ready on http://localhost:${env.PORT}`);
  if (isDemo) say(`Demo sign-ins, all with the password orderwatch-demo:\n${SIGN_INS.map((name) => `  ${name}@demo.test`).join('\n')}`);
  say(`Started in ${seconds(since)}. Ctrl-C stops it. What the server logs is in ${serverLog}`);
}

async function run() {
  const since = Date.now();
  const env = baseEnvironment();
  const isDemo = env.ORDERWATCH_DEMO === '1';
  const isEmbedded = !env.DATABASE_URL;
  const lock = await lockDataDir();
  stopOnSignals(() => lock.mark('stopping'));
  if (!(await isPortFree(Number(env.PORT)))) throw new PlainError(`Port ${env.PORT} is in use. Stop what uses it, or choose another: PORT=${Number(env.PORT) + 1} npm start`);
  await build();
  say('Preparing the database …');
  env.DATABASE_URL = await prepareDatabase(env);
  const simulatorPort = await freePort();
  if (isDemo) Object.assign(env, demoEnvironment(simulatorPort));
  if (isDemo) await makeHistory(env, isEmbedded);
  say('Starting the server …');
  const server = await startServer(env);
  announce(env, isDemo, since);
  if (isDemo) await startSimulator(env, simulatorPort);
  if (process.argv.includes('--watch')) rebuildOnChange(env, server);
  else failWhenItEnds(server);
}

run().catch(fail);
