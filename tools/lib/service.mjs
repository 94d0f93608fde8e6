import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pinnedNode, root } from './paths.mjs';

// How V8 and the allocator are set, and what each setting costs and saves: ADR 13, 15 and 17.
const runtime = JSON.parse(readFileSync(join(root, 'apps/server/runtime.json'), 'utf8'));
const LOG_LIMIT = 20 * 1024 * 1024;

export const tail = (file, lines = 15) => (existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n') : '');

/** Starts one of our programs, bound to this process. With `log`, what it prints goes to that file. */
export function startNode(script, { args = [], env, log }) {
  const isLong = log && existsSync(log) && statSync(log).size > LOG_LIMIT;
  const output = log ? openSync(log, isLong ? 'w' : 'a', 0o600) : 'inherit';
  const child = spawn(
    pinnedNode,
    ['--enable-source-maps', ...runtime.nodeArgs, '--import', join(root, 'tools/lib/with-parent.mjs'), join(root, script), ...args],
    // Own process group: a Ctrl-C reaches this process only, which then ends the others in the right order.
    { cwd: root, env: { ...(env ?? process.env), ...runtime.env }, stdio: [log ? 'ignore' : 'inherit', output, output, 'ipc'], detached: Boolean(log) },
  );
  if (log) closeSync(output);
  const ended = new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: 1, signal: null, error }));
    child.on('exit', (code, signal) => resolve({ code, signal }));
  });
  let isEnded = false;
  void ended.then(() => (isEnded = true));
  const stop = async (graceMs) => {
    if (isEnded) return;
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
    await ended;
    clearTimeout(timer);
  };
  return { pid: child.pid, ended, stop, isEnded: () => isEnded };
}

export async function runToEnd(script, options) {
  const { code, signal } = await startNode(script, options).ended;
  return signal ? 1 : code;
}

/** Waits until the address answers 2xx; false when the process ended first. */
export async function isReady(url, service) {
  while (!service.isEnded()) {
    try {
      if ((await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok) return true;
    } catch {
      // Not listening yet.
    }
    await sleep(60);
  }
  return false;
}

const listen = (port, host) =>
  new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject);
    probe.listen({ port, host, exclusive: true }, () => {
      const { port: taken } = probe.address();
      probe.close(() => resolve(taken));
    });
  });

export const freePort = () => listen(0, '127.0.0.1');

export async function isPortFree(port) {
  for (const host of ['0.0.0.0', '127.0.0.1']) {
    try {
      await listen(port, host);
    } catch (error) {
      if (error.code === 'EADDRINUSE') return false;
      throw error;
    }
  }
  return true;
}
