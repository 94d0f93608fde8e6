import type { Call } from '@orderwatch/rig';

/** While its database is away a server says so, and when to come again; it hangs up on nobody. */
export const isPutOff = ({ status, retryAfter }: Call): boolean => status === 503 && retryAfter !== null;
