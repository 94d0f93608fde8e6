export { readSlowly } from './export-transaction.js';
export { streamQueue, type QueuePortion } from './stream-queue.js';
