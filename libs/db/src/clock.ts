/** The time, injected everywhere: the demo history runs the real use cases at past instants. */
export interface Clock {
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };
