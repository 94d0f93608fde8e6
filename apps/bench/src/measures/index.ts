import type { Measure } from '../measure.js';
import { webhookLatency } from './webhook-latency.js';
import { processed } from './processed.js';
import { accepted } from './accepted.js';
import { backlog } from './backlog.js';
import { naive } from './naive.js';

/** All measures, in the order in which they run. */
export const measures: readonly Measure[] = [accepted, processed, backlog, webhookLatency, naive];
