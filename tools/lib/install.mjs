import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { withLock } from './lock.mjs';
import { pinnedNode, root } from './paths.mjs';
import { PlainError, say, step } from './say.mjs';

const readLock = (file) => JSON.parse(readFileSync(join(root, file), 'utf8')).packages;

/** Whether node_modules is exactly what package-lock.json asks for. npm writes its own record as the last act of an install. */
export function isInstalled() {
  if (!existsSync(pinnedNode) || !existsSync(join(root, 'node_modules/.package-lock.json'))) return false;
  const wanted = readLock('package-lock.json');
  const present = readLock('node_modules/.package-lock.json');
  for (const [path, entry] of Object.entries(wanted)) {
    if (!path.startsWith('node_modules/')) continue;
    if (entry.link ? !existsSync(join(root, path)) : present[path]?.version !== entry.version && !entry.optional) return false;
  }
  return true;
}

/** npm must run on the machine's own Node: the pinned one lies in the folder that `npm ci` deletes first. */
function npm(args) {
  const path = (process.env.PATH ?? '').split(delimiter).filter((part) => !/node_modules[\\/]\.bin[\\/]?$/.test(part)).join(delimiter);
  const env = { ...process.env, PATH: path };
  for (const name of ['npm_node_execpath', 'npm_execpath', 'NODE', 'NODE_OPTIONS']) delete env[name];
  return new Promise((resolve, reject) => {
    const child = spawn('npm', args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const abort = (signal) => {
      child.kill(signal);
      process.exit(1);
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, abort);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output = (output + chunk).slice(-20_000)));
    child.on('error', reject);
    child.on('exit', (code) => {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(signal, abort);
      if (code === 0) resolve();
      else reject(new PlainError(`npm ${args.join(' ')} failed:\n${output}`));
    });
  });
}

/** Brings node_modules to what package-lock.json asks for; does nothing when it is. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  await withLock(join(root, '.prepare.lock'), () => say('Another process is installing; waiting for it …'), async () => {
    if (isInstalled()) return;
    await step('Installing packages (about a minute, the first time)', () => npm(['ci', '--no-audit', '--no-fund', '--loglevel=error']));
    if (!existsSync(pinnedNode)) {
      throw new PlainError('npm did not run the install script of the package "node", so the pinned Node is missing.\nIs "ignore-scripts" set in your npm configuration? Orderwatch needs it off (npm config set ignore-scripts false).');
    }
  });
}
