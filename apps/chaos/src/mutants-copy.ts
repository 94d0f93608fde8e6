import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { ROOT } from '@orderwatch/rig';
import type { Mutant } from './mutants/index.js';

/** What is made, not written. */
const MADE = new Set(['node_modules', 'dist', '.git', '.nx', 'coverage', 'results']);
const COPIED = ['apps', 'libs', 'tools', 'jest.config.mjs', 'package.json', 'tsconfig.base.json'];
/** Tests that hang have noticed something, too. */
const LONGEST_MS = 180_000;

export interface TestRun {
  readonly passed: number;
  readonly failed: number;
  /** Why a test file could not be run at all, which says nothing about its tests. */
  readonly broken: readonly string[];
  readonly output: string;
}

interface JestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly { readonly name: string; readonly message: string; readonly assertionResults: readonly unknown[] }[];
}

/** The Jest project of a test file: the others' files need not be listed. */
const projectOf = (spec: string): string => spec.split('/')[1] ?? '';

/** A copy of the sources with which a test run can do what it likes; its packages are those of the repository. */
export class SourceCopy {
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

  /** Runs those test files here. @param withinMs then it is ended, and has failed. */
  async test(specs: readonly string[], databaseUrl: string, withinMs = LONGEST_MS): Promise<TestRun> {
    const report = join(this.root, 'report.json');
    rmSync(report, { force: true });
    const args = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', join(this.root, 'node_modules/jest/bin/jest.js'), '--runInBand', '--bail', '--selectProjects', ...new Set(specs.map(projectOf)), '--silent', '--json', `--outputFile=${report}`, `--cacheDirectory=${join(this.root, '.cache')}`, '--runTestsByPath', ...specs.map((spec) => join(this.root, spec))];
    // What takes longer under fire (models) is tried here as often as a bug needs to be seen, however long the whole run may take.
    const output = await this.run(args, { TEST_DATABASE_URL: databaseUrl, ORDERWATCH_CHAOS: '', REPEAT: '150' }, withinMs);
    if (!existsSync(report)) return { passed: 0, failed: 1, broken: [], output };
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8')) as JestReport;
    const broken = testResults.filter((result) => result.assertionResults.length === 0 && result.message !== '').map((result) => result.message);
    return { passed: numPassedTests, failed: numFailedTests, broken, output };
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  private run(args: readonly string[], env: NodeJS.ProcessEnv, withinMs: number): Promise<string> {
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, args, { cwd: this.root, env: { ...process.env, ...env, NODE_OPTIONS: '', FORCE_COLOR: '0' }, stdio: ['ignore', 'pipe', 'pipe'] });
      const late = setTimeout(() => child.kill('SIGKILL'), withinMs);
      let output = '';
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output = (output + chunk.toString()).slice(-6_000)));
      child.on('error', reject);
      child.on('close', () => {
        clearTimeout(late);
        resolve(output);
      });
    });
  }
}

