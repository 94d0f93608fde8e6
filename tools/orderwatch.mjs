// The operator's command line: npm run --silent orderwatch -- <command>. Standard output belongs to the command alone.
import { join } from 'node:path';
import { build } from './lib/build.mjs';
import { baseEnvironment } from './lib/environment.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { root } from './lib/paths.mjs';
import { continueOnPinned } from './lib/pinned.mjs';
import { main, sayOnStandardError } from './lib/say.mjs';

sayOnStandardError();
await main(async () => {
  await ensureInstalled();
  await build({ names: ['domain', 'contract', 'connectors', 'db', 'server'] });
  continueOnPinned(join(root, 'apps/server/dist/cli/main.js'), process.argv.slice(2), baseEnvironment());
});
