// Builds what is stale.  node tools/build.mjs [project…] [--force]
import { build } from './lib/build.mjs';
import { main } from './lib/say.mjs';

const args = process.argv.slice(2);
await main(() => build({ names: args.filter((arg) => !arg.startsWith('--')), force: args.includes('--force') }));
