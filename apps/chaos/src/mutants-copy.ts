import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { ROOT } from '@orderwatch/rig';
import type { Mutant } from './mutants/index.js';

/** What is made, not written. */
const MADE = new Set(['node_modules', 'dist', '.git', '.nx', 'coverage', 'results']);
const COPIED = ['apps', 'libs', 'tools', 'jest.config.mjs', 'package.json', 'tsconfig.base.json'];
/** Tests that hang have noticed something, too. */
const LONGEST_MS = 180_000;
/** Jest keeps some of every run; a process that has grown to this many bytes is followed by a new one. */
const LARGEST = 600_000_000;

export interface TestRun {
  readonly passed: number;
  readonly failed: number;
  /** Why a test file could not be run at all, which says nothing about its tests. */
  readonly broken: readonly string[];
  readonly output: string;
}

/** What a lane says of a run, and of itself after it. */
export interface LaneAnswer extends TestRun {
  /** What the tests left open, by kind. */
  readonly left: readonly string[];
  /** Bytes of memory. */
  readonly resident: number;
}

/** A copy of the sources with which a test run can do what it likes; its packages are those of the repository. */
export class SourceCopy {
  private lane: Lane | undefined;

  private constructor(readonly root: string) {}

  static make(): SourceCopy {
    const root = mkdtempSync(join(tmpdir(), 'orderwatch-mutants-'));
    for (const name of COPIED) cpSync(join(ROOT, name), join(root, name), { recursive: true, filter: (source) => !MADE.has(basename(source)) });
    const packages = join(root, 'node_modules');
    mkdirSync(packages);
    for (const name of readdirSync(join(ROOT, 'node_modules'))) if (name !== '@orderwatch' && name !== '.cache') symlinkSync(join(ROOT, 'node_modules', name), join(packages, name));
    mkdirSync(join(packages, '@orderwatch'));
    for (const folder of ['apps', 'libs']) for (const name of readdirSync(join(root, folder))) symlinkSync(join(root, folder, name), join(packages, '@orderwatch', name));
    return new SourceCopy(root);
  }

  has(file: string): boolean {
    return existsSync(join(this.root, file));
  }

  /** Makes the bug, does the work, and takes the bug back. */
  async with<T>({ id, file, find, replace }: Mutant, work: () => Promise<T>): Promise<T> {
    const path = join(this.root, file);
    const source = readFileSync(path, 'utf8');
    if (source.split(find).length !== 2) throw new Error(`mutant "${id}": its text stands ${source.split(find).length - 1} times in ${file}`);
    writeFileSync(path, source.replace(find, () => replace));
    try {
      return await work();
    } finally {
      writeFileSync(path, source);
    }
  }

  /**
   * Runs those test files here, up to the first test that fails. The process that does it is used again as long as the tests leave
   * nothing open that could reach into the next run. @param withinMs then it is ended, and has failed.
   */
  async test(specs: readonly string[], databaseUrl: string, withinMs = LONGEST_MS): Promise<TestRun> {
    const lane = (this.lane ??= Lane.start(this.root, databaseUrl));
    const answer = await lane.run(specs, withinMs);
    if (answer && answer.left.length === 0 && answer.resident < LARGEST) return answer;
    this.lane = undefined;
    await lane.end();
    return answer ?? { passed: 0, failed: 1, broken: [], output: `nothing came within ${withinMs} ms` };
  }

  async remove(): Promise<void> {
    await this.lane?.end();
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** A process that runs test files in a copy. */
class Lane {
  private output = '';
  private readonly ended: Promise<void>;

  private constructor(private readonly child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (this.output = (this.output + chunk.toString()).slice(-6_000)));
    this.ended = new Promise((resolve) => child.once('close', () => resolve()));
  }

  static start(root: string, databaseUrl: string): Lane {
    return new Lane(fork(join(root, 'apps/chaos/src/mutants-lane.ts'), {
      cwd: root, execArgv: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'], stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // What takes longer under fire (models) is tried here as often as a bug needs to be seen, however long the whole run may take.
      env: { ...process.env, NODE_OPTIONS: '', FORCE_COLOR: '0', TEST_DATABASE_URL: databaseUrl, ORDERWATCH_CHAOS: '', REPEAT: '150' },
    }));
  }

  /** @returns nothing when it took too long. */
  async run(specs: readonly string[], withinMs: number): Promise<LaneAnswer | undefined> {
    const done = new AbortController();
    const answered = once(this.child, 'message', { signal: done.signal }) as Promise<[LaneAnswer]>;
    this.child.send(specs);
    try {
      return await Promise.race([
        answered.then(([answer]) => ({ ...answer, output: answer.output || this.output })),
        this.ended.then(() => Promise.reject(new Error(`the process of the tests ended by itself:\n${this.output}`))),
        setTimeout(withinMs, undefined, { signal: done.signal }),
      ]);
    } finally {
      answered.catch(() => undefined);
      done.abort();
    }
  }

  async end(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }
}
