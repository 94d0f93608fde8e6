import { toCloudEvent, type CloudEvent } from './feed/cloud-events.js';
import { Random } from './shared/random.js';
import { DAY, dayNumber, HOUR } from './shared/time.js';
import { HISTORY_FAULTS } from './store/faults.js';
import type { Plan } from './store/model.js';
import { planOrder } from './store/plan.js';

/** Which stretch of the demo store's past is wanted; times in epoch milliseconds. */
export interface HistoryWindow {
  readonly seed: string;
  readonly from: number;
  readonly to: number;
}

/** Orders on an ordinary day; weekends bring a third less. */
const ORDERS_PER_DAY = 45;

/** Day 0 of the order numbers, so that they stay in the ten thousands. */
const FIRST_DAY = dayNumber(Date.UTC(2026, 0, 1));

/**
 * The orders placed on one UTC day, each with its whole life, also what lies in the future.
 * Drawn from the day alone, so that any window and any restart see the same orders.
 */
export function plansOfDay(seed: string, day: number): Plan[] {
  const random = new Random(seed, 'day', day);
  const weekday = new Date(day * DAY).getUTCDay();
  const count = Math.round(ORDERS_PER_DAY * (weekday === 0 || weekday === 6 ? 0.68 : 1.1) * random.between(0.85, 1.15));
  const times = Array.from({ length: count }, () => day * DAY + hourOfDay(random) * HOUR).sort((a, b) => a - b);
  return times.map((placedAt, index) =>
    planOrder({
      seed, home: 'feed', key: `mk-${day}-${String(index + 1).padStart(3, '0')}`, placedAt: Math.round(placedAt / 1000) * 1000,
      number: 10_000 + (day - FIRST_DAY) * 70 + index + 1, faults: HISTORY_FAULTS,
    }));
}

/** People buy in the evening rather than at four in the morning. */
function hourOfDay(random: Random): number {
  return random.chance(0.75) ? random.between(8, 23) : random.between(0, 24);
}

/** All orders placed in the window. */
export function plansOf({ seed, from, to }: HistoryWindow): Plan[] {
  const plans: Plan[] = [];
  for (let day = dayNumber(from); day <= dayNumber(to); day += 1) {
    plans.push(...plansOfDay(seed, day).filter((plan) => plan.order.placedAt >= from && plan.order.placedAt < to));
  }
  return plans;
}

/** Everything that was heard in the window, in the order in which it was heard, each event with `receivedat`. */
export function demoHistory(window: HistoryWindow): CloudEvent[] {
  return plansOf(window)
    .flatMap((plan) => plan.happenings.filter((happening) => happening.heardAt < window.to).map((happening) => ({ plan, happening })))
    .sort((a, b) => a.happening.heardAt - b.happening.heardAt || a.happening.at - b.happening.at || (a.plan.order.key < b.plan.order.key ? -1 : 1))
    .map(({ plan, happening }) => ({ ...toCloudEvent(plan.order, happening), receivedat: new Date(Math.round(happening.heardAt)).toISOString() }));
}
