import { describe, expect, it } from '@jest/globals';
import { snoozeChoices } from './snooze-times';

describe('snoozeChoices', () => {
  it('never offers a time that has passed, on any day of the week', () => {
    for (let day = 16; day <= 22; day += 1) {
      const now = new Date(2026, 10, day, 23, 59);
      for (const choice of snoozeChoices(now)) expect(choice.until.getTime()).toBeGreaterThan(now.getTime());
    }
  });
  it('means the coming Monday, a week ahead when today is one', () => {
    const monday = (day: number): number | undefined => snoozeChoices(new Date(2026, 10, day, 10)).find((choice) => choice.id === 'monday')?.until.getDate();
    expect(monday(20)).toBe(23);
    expect(monday(22)).toBe(23);
    expect(monday(23)).toBe(30);
  });
});
