import { HotRows1763700000000 } from './1763700000000-hot-rows.js';
import { QueueIndexes1763710000000 } from './1763710000000-queue-indexes.js';
import { Initial1763690000000 } from './1763690000000-initial.js';

/** All of them, in order. `schema` is what a test database's template is named after. */
export const MIGRATIONS = [Initial1763690000000, HotRows1763700000000, QueueIndexes1763710000000] as const;
