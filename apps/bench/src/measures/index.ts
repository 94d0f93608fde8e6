import type { Measure } from '../measure.js';

/** All measures, in the order in which they run. */
export const measures: readonly Measure[] = [];
