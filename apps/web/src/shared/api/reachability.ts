let unreachableSince: number | undefined;
const listeners = new Set<() => void>();

const change = (next: number | undefined): void => {
  if ((next === undefined) === (unreachableSince === undefined)) return;
  unreachableSince = next;
  for (const listener of listeners) listener();
};

/** Told by every request: whether a server answered at all. */
export const requestReached = (): void => change(undefined);
export const requestNotReached = (): void => change(Date.now());

/** Since when requests have found no server. */
export const notReachedSince = (): number | undefined => unreachableSince;

export const onReachability = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
