import { useMemo, useSyncExternalStore } from 'react';
import { onPreferences, preferences } from './preferences/store';

/** Whose clock the whole screen shows. */
export type ZoneMode = 'mine' | 'warehouse' | 'event' | 'utc';

export const zoneModes: readonly ZoneMode[] = ['mine', 'warehouse', 'event', 'utc'];

export const isZoneMode = (value: unknown): value is ZoneMode => zoneModes.some((mode) => mode === value);

/** The zone of the business, until the server says another; the reports' figures are for the same. */
let warehouse = 'UTC';
let mode: ZoneMode = 'mine';
const listeners = new Set<() => void>();

const changed = (): void => {
  for (const listener of listeners) listener();
};

export const zoneMode = (): ZoneMode => mode;

/** Told by the router from the address; nobody else sets it, so that a shared link shows the same. */
export const showZone = (next: ZoneMode): void => {
  if (next === mode) return;
  mode = next;
  changed();
};

export const setWarehouseZone = (zone: string): void => {
  if (zone === warehouse) return;
  warehouse = zone;
  changed();
};

export const nextZone = (from: ZoneMode): ZoneMode => zoneModes[(zoneModes.indexOf(from) + 1) % zoneModes.length] ?? 'mine';

const ZONE_MS = 1000;
let machine = { zone: 'UTC', until: 0 };

/** The machine's. It is asked for with every time that is drawn and dear to find out; whoever travels sees the new one after a second. */
const machineZone = (): string => {
  const now = performance.now();
  if (now >= machine.until) machine = { zone: Intl.DateTimeFormat().resolvedOptions().timeZone, until: now + ZONE_MS };
  return machine.zone;
};

export const ownZone = (): string => preferences().timeZone ?? machineZone();

/** The zone times are written in. Times that know where they happened use their own while the mode is `event`; the others fall back to mine. */
export const shownZone = (own?: string): string => (mode === 'utc' ? 'UTC' : mode === 'warehouse' ? warehouse : mode === 'event' && own !== undefined ? own : ownZone());

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  const stop = onPreferences(listener);
  return () => {
    listeners.delete(listener);
    stop();
  };
};

export interface ShownZone {
  mode: ZoneMode;
  /** For `Intl` and for libs/ui. */
  timeZone: string;
}

/** For every component that writes a time: it is drawn again when the zone changes. */
export const useShownZone = (): ShownZone => {
  const now = useSyncExternalStore(subscribe, zoneMode);
  const timeZone = useSyncExternalStore(subscribe, () => shownZone());
  return useMemo(() => ({ mode: now, timeZone }), [now, timeZone]);
};
