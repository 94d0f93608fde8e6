import { resolve } from 'node:path';

/** The repository's root. */
export const ROOT = resolve(import.meta.dirname, '../../..');
/** The built server: what the rig runs is what users run. */
export const SERVER_DIST = resolve(ROOT, 'apps/server/dist');
