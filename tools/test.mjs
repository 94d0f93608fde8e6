// npm test: the same preparation as npm start, then every check there is. `npm test -- types lint` runs those stages only.
import { join } from 'node:path';
import { ensureInstalled } from './lib/install.mjs';
import { root } from './lib/paths.mjs';
import { continueOnPinned, isPinned } from './lib/pinned.mjs';
import { main } from './lib/say.mjs';

await main(async () => {
  await ensureInstalled();
  if (isPinned()) await import('./check.mjs');
  else continueOnPinned(join(root, 'tools/check.mjs'), process.argv.slice(2));
});
