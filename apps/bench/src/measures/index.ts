import type { Measure } from '../measure.js';
import { webhookLatency } from './webhook-latency.js';
import { processed } from './processed.js';

/** All measures, in the order in which they run. */
export const measures: readonly Measure[] = [webhookLatency];
