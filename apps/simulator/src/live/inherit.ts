import { plansOf, type HistoryWindow } from '../demo-history.js';
import { toCloudEvent } from '../feed/cloud-events.js';
import type { Outgoing } from '../delivery/outgoing.js';
import { stableHex } from '../shared/random.js';
import { DAY, HOUR } from '../shared/time.js';
import type { Plan } from '../store/model.js';
import type { Running } from './running.js';

/** The history's orders that the live world goes on with: parcels on their way, and orders delivered in the last two days. */
export function inheritFrom(window: HistoryWindow, now: number): Running[] {
  return plansOf(window).flatMap((plan): Running[] => {
    const told = plan.happenings.filter((happening) => happening.heardAt < window.to).length;
    const last = plan.happenings.at(-1);
    const isRecent = last !== undefined && last.heardAt > window.to - 2 * DAY;
    const isDelivered = told === plan.happenings.length && plan.fault === undefined && isRecent;
    if (told === plan.happenings.length && !isDelivered) return [];
    return [{ plan, told, anchorPlan: window.to, anchorLive: now, isBent: false }];
  });
}

/**
 * The history's last hours once more. The importer may have stopped a little before our idea of its end;
 * what it already has is a duplicate to it.
 */
export function lastHours(window: HistoryWindow, hours: number): Outgoing[] {
  const since = window.to - hours * HOUR;
  const events = plansOf(window).flatMap((plan: Plan) =>
    plan.happenings.filter((happening) => happening.heardAt >= since && happening.heardAt < window.to).map((happening) => toCloudEvent(plan.order, happening)));
  if (events.length === 0) return [];
  const id = `msg_${stableHex(24, window.seed, 'last hours', String(window.to))}`;
  return [{ id, connection: 'events', topic: 'batch', triggeredAt: window.to, eventId: id, body: JSON.stringify(events) }];
}
