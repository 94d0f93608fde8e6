import type { Doing, Present } from '@orderwatch/contract';

export interface PersonAt {
  id: string;
  name: string;
  /** `away`: their window is hidden, or idle for a minute. */
  state: 'viewing' | 'away' | 'acting';
  /** With `acting`. */
  doing: Doing | null;
}

const nobody: readonly PersonAt[] = [];
const orders = new Map<string, readonly PersonAt[]>();
const listeners = new Map<string, Set<() => void>>();

const tell = (orderId: string): void => {
  for (const listener of listeners.get(orderId) ?? []) listener();
};

/** Takes what the server says of one order; undefined when the connection is lost, for then nobody knows. */
export const showPresent = (present: Present | undefined): void => {
  if (present) {
    if (present.people.length > 0) orders.set(present.orderId, present.people);
    else orders.delete(present.orderId);
    tell(present.orderId);
    return;
  }
  const known = [...orders.keys()];
  orders.clear();
  for (const orderId of known) tell(orderId);
};

/** Everybody who is at the order, oneself too; the same array until it changes. */
export const peopleAt = (orderId: string): readonly PersonAt[] => orders.get(orderId) ?? nobody;

/** Calls when it changes for that one order: a list of thousands draws one row. */
export const onPeopleAt = (orderId: string, listener: () => void): (() => void) => {
  const set = listeners.get(orderId) ?? new Set();
  listeners.set(orderId, set.add(listener));
  return () => {
    set.delete(listener);
    if (set.size === 0) listeners.delete(orderId);
  };
};
