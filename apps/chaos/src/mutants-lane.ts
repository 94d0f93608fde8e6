// Runs test files, one list after the other, as often as it is asked: to start Node and to load Jest takes several times what
// most of them take. It runs from its source, in a copy that is not built, and may therefore import nothing of ours but types.
import { join } from 'node:path';
import { runCLI } from 'jest';
import type { LaneAnswer, TestRun } from './mutants-copy.js';

/** Runs them in this order, up to the first test that fails. */
async function run(specs: readonly string[]): Promise<TestRun> {
  const root = process.cwd();
  let passed = 0;
  for (const spec of specs) {
    // Not with `bail`: then Jest ends the process.
    const { results } = await runCLI({
      _: [join(root, spec)], $0: 'jest', runTestsByPath: true, runInBand: true, silent: true, reporters: [], cacheDirectory: join(root, '.cache'),
      testEnvironment: join(root, 'tools/lib/jest-first-failure.cjs'),
      // The files of the other projects need not be listed.
      selectProjects: [spec.split('/')[1] ?? ''],
    }, [root]);
    passed += results.numPassedTests;
    const output = results.testResults.map(({ failureMessage }) => failureMessage ?? '').join('\n');
    if (results.numFailedTests > 0) return { passed, failed: results.numFailedTests, broken: [], output };
    if (!results.success || results.numTotalTestSuites !== 1) return { passed, failed: 0, broken: [output || `${spec} was not run`], output };
  }
  return { passed, failed: 0, broken: [], output: '' };
}

async function answer(specs: readonly string[]): Promise<LaneAnswer> {
  const result = await run(specs);
  const left = process.getActiveResourcesInfo();
  for (const kind of own) if (left.includes(kind)) left.splice(left.indexOf(kind), 1);
  return { ...result, left, resident: process.memoryUsage.rss() };
}

const said = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));

process.on('message', (specs: readonly string[]) => {
  void answer(specs).then((told) => process.send?.(told), (error: unknown) => {
    // What Jest itself cannot do ends the process, and is told there.
    process.stderr.write(`${said(error)}\n`);
    process.exit(1);
  });
});
process.on('disconnect', () => process.exit(0));
// While a test runs Jest listens itself. In between this is what a broken one left behind, such as a connection that its pool was never
// given: no fault of the next, and no reason to end.
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => process.stderr.write(`left behind: ${said(error)}\n`));
}
/** The pipes to who started it; those for output are opened when they are first asked for. */
process.stdout.write('');
process.stderr.write('');
const own = process.getActiveResourcesInfo();
