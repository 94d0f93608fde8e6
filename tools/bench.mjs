// npm run bench [-- B1 B7] [--pairs 5] [--quick]: the benchmarks beside their floors, as a table and as JSON in bench/results/.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureInstalled } from './lib/install.mjs';
import { pinnedNode, root } from './lib/paths.mjs';
import { continueOnPinned, isPinned } from './lib/pinned.mjs';
import { main } from './lib/say.mjs';

await main(async () => {
  await ensureInstalled();
  if (!isPinned()) return continueOnPinned(join(root, 'tools/bench.mjs'), process.argv.slice(2));
  const { build } = await import('./lib/build.mjs');
  await build();
  const child = spawn(pinnedNode, [join(root, 'apps/bench/dist/main.js'), ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => process.exit(code ?? 1));
});
