import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { pinnedNode, root } from './paths.mjs';

const running = new Set();
let isStopped = false;

/** Runs a program of node_modules on the pinned Node: its exit code and, when asked for, what it printed. */
export function runTool(script, args, { env = {}, capture = false, nodeArgs = [] } = {}) {
  return new Promise((resolve, reject) => {
    if (isStopped) return;
    const child = spawn(pinnedNode, [...nodeArgs, join(root, script), ...args], {
      cwd: root,
      env: { ...process.env, PATH: `${join(root, 'node_modules/.bin')}${delimiter}${process.env.PATH ?? ''}`, NX_DAEMON: 'false', NX_TUI: 'false', NX_NO_CLOUD: 'true', FORCE_COLOR: '0', NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/node-compile'), ...env },
      stdio: capture ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    });
    running.add(child);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      running.delete(child);
      if (!isStopped) resolve({ code: code ?? 1, output });
    });
  });
}

/** Ends what still runs; nothing starts or answers afterwards. */
export function stopTools() {
  isStopped = true;
  for (const child of running) child.kill('SIGTERM');
}

/** Works on the items, so many at a time, and keeps their order in the answer. */
export async function mapPooled(items, width, work) {
  const results = [];
  const queue = items.entries();
  const worker = async () => {
    for (const [index, item] of queue) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: width }, worker));
  return results;
}

export const runJest = (args, env) =>
  runTool('node_modules/jest/bin/jest.js', ['--passWithNoTests', ...args], { env, nodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'] });
