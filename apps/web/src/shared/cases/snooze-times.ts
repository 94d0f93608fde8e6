import type { LabelKey } from '../i18n';

export type SnoozePreset = 'later' | 'tomorrow' | 'two-days' | 'monday' | 'week' | 'promise';

export interface SnoozeChoice {
  id: SnoozePreset;
  label: LabelKey;
  until: Date;
}

const at = (base: Date, days: number, hour: number): Date => {
  const date = new Date(base);
  date.setDate(date.getDate() + days);
  date.setHours(hour, 0, 0, 0);
  return date;
};

/** The few sensible times to look again, none of them in the past. With a promise that is still to be kept, also the morning after it. */
export const snoozeChoices = (now: Date, promisedAt?: string | null): SnoozeChoice[] => {
  const toMonday = (8 - now.getDay()) % 7 || 7;
  const later = new Date(now.getTime() + 3 * 3_600_000);
  const promise = promisedAt ? new Date(promisedAt) : undefined;
  return [
    { id: 'later', label: 'cases:snooze.later', until: later },
    { id: 'tomorrow', label: 'cases:snooze.tomorrow', until: at(now, 1, 9) },
    { id: 'two-days', label: 'cases:snooze.twoDays', until: at(now, 2, 9) },
    { id: 'monday', label: 'cases:snooze.monday', until: at(now, toMonday, 9) },
    { id: 'week', label: 'cases:snooze.week', until: at(now, 7, 9) },
    ...(promise && promise > now ? [{ id: 'promise', label: 'cases:snooze.promise', until: at(promise, 1, 9) } as const] : []),
  ];
};
