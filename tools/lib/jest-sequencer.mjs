import { statSync } from 'node:fs';

/**
 * The files that take longest, longest first. On a machine that never ran them Jest begins with the largest file, and one that
 * waits for minutes then may come last, alone, beside a core that has nothing to do.
 */
const LONGEST = [
  'crash', 'mutants', 'clock', 'convergence', 'poison', 'database-crash',
  'accessibility.e2e', 'stuck.e2e', 'remedies.e2e', 'silence.e2e', 'grid.e2e', 'races.e2e', 'frame.e2e', 'texts.e2e', 'queue-work.e2e', 'order.e2e', 'accessibility-acts.e2e', 'approvals.e2e', 'queue-team.e2e',
  'remedies-model', 'main', 'boundaries',
].map((name) => new RegExp(`/${name.replace('.', '\\.')}\\.spec\\.`));

const placeOf = ({ path }) => {
  const place = LONGEST.findIndex((name) => name.test(path));
  return place < 0 ? LONGEST.length : place;
};

/** In which order Jest begins test files: these, then the largest first. */
export default class Sequencer {
  sort(tests) {
    const sized = tests.map((test) => ({ test, place: placeOf(test), size: statSync(test.path).size }));
    return sized.sort((a, b) => a.place - b.place || b.size - a.size).map(({ test }) => test);
  }

  /** Those that failed last, for `--onlyFailures`: nothing is remembered. */
  allFailedTests() {
    return [];
  }

  shard(tests) {
    return tests;
  }

  cacheResults() {}
}
