import { MINUTE, type Instant } from '../shared/time.js';
import { zoneOffset } from './zone.js';

/** Whether the text names a time zone (IANA) that we can reckon in. */
export function isKnownZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** The instant as the zone's clocks show it, to the second, with how far they are from UTC: `2026-03-29T03:00:00+02:00`. */
export function isoIn(zone: string, instant: Instant): string {
  const offset = zoneOffset(zone, instant);
  const minutes = Math.round(Math.abs(offset) / MINUTE);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${new Date(instant + offset).toISOString().slice(0, -5)}${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
