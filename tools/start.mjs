// npm start (and, with --watch, npm run dev). Plain JavaScript that the machine's own Node can run: it installs what
// is missing and goes on, in serve.mjs, on the Node that package-lock.json pins.
import { join } from 'node:path';
import { ensureInstalled } from './lib/install.mjs';
import { root } from './lib/paths.mjs';
import { continueOnPinned, isPinned } from './lib/pinned.mjs';
import { PlainError, main } from './lib/say.mjs';

await main(async () => {
  if (Number.parseInt(process.versions.node, 10) < 20) throw new PlainError(`Orderwatch needs Node 20 or newer to start; this is ${process.version}.`);
  await ensureInstalled();
  if (isPinned()) await import('./serve.mjs');
  else continueOnPinned(join(root, 'tools/serve.mjs'), process.argv.slice(2));
});
