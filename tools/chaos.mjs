// npm run chaos [-- crash storm]: the tests under fire at their full figures; `npm test` runs the same at smaller ones.
// SEED, FAULT_AT and REPEAT come from what a failed run printed.
import { join } from 'node:path';
import { ensureInstalled } from './lib/install.mjs';
import { root } from './lib/paths.mjs';
import { continueOnPinned, isPinned } from './lib/pinned.mjs';
import { main } from './lib/say.mjs';

await main(async () => {
  await ensureInstalled();
  if (!isPinned()) return continueOnPinned(join(root, 'tools/chaos.mjs'), process.argv.slice(2));
  const { build } = await import('./lib/build.mjs');
  const { runJest } = await import('./lib/run.mjs');
  await build();
  const patterns = process.argv.slice(2).map((name) => `apps/chaos/src/${name}`);
  const { code } = await runJest(['--selectProjects', 'chaos', '--runInBand', '--verbose', ...patterns], { ORDERWATCH_CHAOS: 'full' });
  process.exit(code);
});
