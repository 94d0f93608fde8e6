import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { transformFile } from '@swc/core';

const source = join(import.meta.dirname, '..');
const cache = join(source, '../../../node_modules/.cache/orderwatch');

/** The simulator compiled into a folder of its own, for tests that must kill a real process. */
export async function compileSimulator(): Promise<{ readonly folder: string; remove(): void }> {
  const folder = join(cache, `simulator-${process.pid}-${Date.now()}`);
  for (const name of readdirSync(source, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts') || name.endsWith('.spec.ts') || name.startsWith('testing')) continue;
    const { code } = await transformFile(join(source, name), { swcrc: false, configFile: false, module: { type: 'es6' }, jsc: { target: 'es2024', parser: { syntax: 'typescript' }, transform: { verbatimModuleSyntax: true } } });
    const target = join(folder, name.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, code);
  }
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A running simulator and the address of its stand-in. */
export interface RunningSimulator {
  readonly child: ChildProcess;
  readonly url: string;
}

/** Starts a compiled simulator over IPC and waits until its stand-in listens. */
export async function startSimulator(folder: string, env: Readonly<Record<string, string>>): Promise<RunningSimulator> {
  const child = spawn(process.execPath, [join(folder, 'main.js')], { env: { PATH: process.env['PATH'], ...env }, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const { port } = await new Promise<{ port: number }>((resolve, reject) => {
    child.once('message', (message) => resolve(message as { port: number }));
    child.once('exit', (code) => reject(new Error(`the simulator ended with ${String(code)}`)));
  });
  return { child, url: `http://127.0.0.1:${port}` };
}

/** Ends when the process has. */
export function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once('exit', (code) => resolve(code)));
}
