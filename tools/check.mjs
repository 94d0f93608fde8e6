// The second half of npm test, on the pinned Node. The last line it prints is the sum: N passed, N failed, N skipped.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './lib/build.mjs';
import { findChromium } from './lib/chromium.mjs';
import { root } from './lib/paths.mjs';
import { mapPooled, runJest, runTool, stopTools } from './lib/run.mjs';
import { PlainError, say, seconds } from './lib/say.mjs';
import { withTestDatabase } from './lib/test-database.mjs';

const TYPED = ['domain', 'connectors', 'contract', 'db', 'ui', 'server', 'web', 'simulator', 'rig', 'bench', 'chaos'];
const folderOf = (name) => join(existsSync(join(root, 'apps', name)) ? 'apps' : 'libs', name);
const cache = join(root, 'node_modules/.cache/orderwatch');
const NOTHING = { passed: 0, failed: 0, skipped: 0, flaky: 0 };
const one = (isPassed) => ({ ...NOTHING, [isPassed ? 'passed' : 'failed']: 1 });
const sum = (counts) => counts.reduce((a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped, flaky: a.flaky + b.flaky }), NOTHING);

/** What runs on Node and what runs in the browser, each as one program, so that no file is looked at twice. */
async function types() {
  const check = async (program) => {
    const { code, output } = await runTool('node_modules/typescript/bin/tsc', ['-p', `tsconfig.${program}.json`, '--pretty', 'false'], { capture: true });
    if (code !== 0) say(`types of what runs on ${program}:\n${output}`);
    return one(code === 0);
  };
  return sum(await mapPooled(['node', 'browser'], 2, check));
}

/** The same two programs. The rule of who may import whom reads Nx's project graph, and without one it skips itself and says that all is well. */
async function lint() {
  const graph = await runTool('node_modules/nx/dist/bin/nx.js', ['show', 'projects'], { capture: true });
  if (graph.code !== 0) throw new PlainError(`Nx found no project graph.\n${graph.output}`);
  const isBrowser = (name) => name === 'web' || name === 'ui';
  const sides = [TYPED.filter(isBrowser).map(folderOf), [...TYPED.filter((name) => !isBrowser(name)).map(folderOf), 'tools', 'eslint.config.mjs', 'jest.config.mjs']];
  const check = async (paths) => {
    const { code, output } = await runTool('node_modules/eslint/bin/eslint.js', ['--max-warnings', '0', ...paths], { capture: true });
    if (output.includes('The rule will be skipped')) throw new PlainError('The import boundaries were not checked: ESLint found no project graph.');
    if (code !== 0) say(output);
    return one(code === 0);
  };
  return sum(await mapPooled(sides, 2, check));
}

/** What the built dashboard weighs on the wire, against the budgets of .size-limit.mjs. */
async function size() {
  const { output } = await runTool('node_modules/size-limit/bin.js', ['--json'], { capture: true });
  const checks = JSON.parse(output.slice(output.indexOf('[')));
  for (const { name, size: bytes, sizeLimit, passed } of checks) if (!passed) say(`${name}: ${(bytes / 1000).toFixed(1)} kB of ${sizeLimit / 1000} kB`);
  return sum(checks.map(({ passed }) => one(passed)));
}

async function jest(projects, env, more = []) {
  const report = join(cache, `jest-${projects[0]}.json`);
  rmSync(report, { force: true });
  const { code } = await runJest(['--selectProjects', ...projects, '--json', `--outputFile=${report}`, '--silent', ...more], env);
  if (!existsSync(report)) return one(false);
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(report, 'utf8'));
  const failed = numFailedTests + numRuntimeErrorTestSuites;
  return { ...NOTHING, passed: numPassedTests, failed: failed || (code === 0 ? 0 : 1), skipped: numPendingTests + numTodoTests };
}

const failedFiles = () => {
  const report = join(cache, 'jest-e2e.json');
  return existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')).testResults.filter(({ status }) => status === 'failed').map(({ name }) => name) : [];
};

/**
 * Browser tests, two files at a time. One file that fails in that company is run once more, alone: if it passes then, it is called flaky, in
 * so many words and with what it said, and somebody has to find out why; what fails twice, or two files, has failed.
 */
async function browserTests(env) {
  const first = await jest(['e2e'], env, ['--maxWorkers=2']);
  const [file, ...others] = failedFiles();
  if (first.failed === 0 || !file || others.length > 0) return first;
  const alone = await jest(['e2e'], env, ['--runInBand', '--runTestsByPath', file]);
  if (alone.failed > 0) return first;
  say(`FLAKY: ${file} failed beside another file (its words are above) and passed alone. That is a fault: find its cause.`);
  return { ...first, passed: first.passed + first.failed, failed: 0, flaky: 1 };
}

/** Every stage, in order. Those that need the build come after the others, so that a broken build hides nothing else. */
const stages = {
  types,
  lint,
  build: async () => {
    await build();
    return one(true);
  },
  size,
  unit: () => withTestDatabase(stopTools, (env) => jest([...TYPED.filter((name) => name !== 'chaos'), 'tools'], env)),
  chaos: async () => {
    // Those that bound how long something may take come first and alone; the others wait for processes more than they work. An hour's soak says nothing in half a minute, and the model of remedies runs among the unit tests.
    const alone = 'storm|slow-dashboards|graceful-stop|half-open|hostile-bodies';
    const runs = async (env) => sum([await jest(['chaos'], env, ['--runInBand', `apps/chaos/src/(${alone})\\.spec`]), await jest(['chaos'], env, ['--maxWorkers=2', `apps/chaos/src/(?!(${alone}|soak|remedies-model)\\.spec)`])]);
    // Those that crash a database have one of their own. On the other, several installations of up to five processes work at once.
    return withTestDatabase(stopTools, runs, { max_connections: '400' });
  },
  e2e: async () => {
    const CHROMIUM_PATH = await findChromium();
    return withTestDatabase(stopTools, (env) => browserTests({ ...env, CHROMIUM_PATH }));
  },
};

async function runStage(name) {
  const since = Date.now();
  say(`\n== ${name}`);
  let count;
  try {
    count = await stages[name]();
  } catch (error) {
    say(error instanceof PlainError ? error.message : (error.stack ?? String(error)));
    count = one(false);
  }
  say(`== ${name}: ${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped in ${seconds(since)}`);
  return count;
}

async function run() {
  const asked = process.argv.slice(2);
  const unknown = asked.find((name) => !stages[name]);
  if (unknown) throw new PlainError(`There is no stage "${unknown}"; there are ${Object.keys(stages).join(', ')}.`);
  const names = Object.keys(stages).filter((name) => asked.length === 0 || asked.includes(name) || (name === 'build' && asked.some((other) => ['size', 'unit', 'chaos', 'e2e'].includes(other))));
  mkdirSync(cache, { recursive: true });
  const counts = [];
  for (const name of names) {
    const count = await runStage(name);
    counts.push(count);
    if (name === 'build' && count.failed) break;
  }
  return sum(counts);
}

try {
  const { passed, failed, skipped, flaky } = await run();
  say(`\nAll of it took ${seconds()}`);
  if (flaky > 0) say(`${flaky} test file passed only when it ran alone: look for FLAKY above`);
  say(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  process.exit(failed === 0 && passed > 0 ? 0 : 1);
} catch (error) {
  say(error instanceof PlainError ? error.message : (error.stack ?? String(error)));
  say('0 passed, 1 failed, 0 skipped');
  process.exit(1);
}
