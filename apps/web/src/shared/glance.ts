/** How often a glance is read again while changes pour in, in milliseconds; cells that are pushed are shown at once all the same. */
export const GLANCE_MS = 15_000;

/** For the `meta` of a query that is not worked with, only looked at in passing: twenty rows that have left a list must not ask forty times a second. */
export const glance: Readonly<Record<string, unknown>> = { isGlance: true };

export const isGlance = (meta: Readonly<Record<string, unknown>> | undefined): boolean => meta?.['isGlance'] === true;
