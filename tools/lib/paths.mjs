import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(fileURLToPath(import.meta.url), '../../..');
/** The Node that package-lock.json pins; the machine's own may be older. */
export const pinnedNode = join(root, 'node_modules/node/bin/node');
export const dataDir = resolve(root, process.env.ORDERWATCH_DATA_DIR || '.orderwatch');
