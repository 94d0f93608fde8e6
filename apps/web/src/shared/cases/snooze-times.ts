export interface SnoozeChoice {
  id: string;
  label: string;
  until: Date;
}

const at = (base: Date, days: number, hour: number): Date => {
  const date = new Date(base);
  date.setDate(date.getDate() + days);
  date.setHours(hour, 0, 0, 0);
  return date;
};

/** The few sensible times to look again, none of them in the past. */
export const snoozeChoices = (now: Date): SnoozeChoice[] => {
  const toMonday = (8 - now.getDay()) % 7 || 7;
  const later = new Date(now.getTime() + 3 * 3_600_000);
  return [
    { id: 'later', label: 'In 3 hours', until: later },
    { id: 'tomorrow', label: 'Tomorrow 09:00', until: at(now, 1, 9) },
    { id: 'two-days', label: 'In 2 days, 09:00', until: at(now, 2, 9) },
    { id: 'monday', label: 'Monday 09:00', until: at(now, toMonday, 9) },
    { id: 'week', label: 'In a week, 09:00', until: at(now, 7, 9) },
  ];
};
