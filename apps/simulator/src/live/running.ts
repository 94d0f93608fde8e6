import type { Random } from '../shared/random.js';
import { HOUR } from '../shared/time.js';
import { contactText } from '../store/contacts.js';
import { interrupt, type InterruptionId } from '../store/interruptions.js';
import type { Happening, Plan, Scan } from '../store/model.js';
import { CUSTOMS_COUNTRIES } from '../store/people.js';

/** Live, an hour of a plan passes in a minute: a parcel is home within two hours instead of four days. */
export const SPEED = 60;

/** An order whose story is going on. Plain data, so that a restart can take it up again. */
export interface Running {
  readonly plan: Plan;
  /** How many of its happenings have been told. */
  readonly told: number;
  /** From this instant of the plan on, time runs at `SPEED`, starting at `anchorLive`. */
  readonly anchorPlan: number;
  readonly anchorLive: number;
  readonly isBent: boolean;
}

/** When an instant of the plan comes in the live world. Instants before the anchor have already been told as they are. */
export function liveTime(running: Running, at: number): number {
  return at <= running.anchorPlan ? at : running.anchorLive + (at - running.anchorPlan) / SPEED;
}

/** The next piece of news, in live time; undefined when the story is over. */
export function nextAt(running: Running): number | undefined {
  const next = running.plan.happenings[running.told];
  return next && liveTime(running, next.heardAt);
}

/** The first `count` happenings as the live world knows them. */
export function toldSoFar(running: Running, count = running.told): Happening[] {
  return running.plan.happenings.slice(0, count).map((happening) => ({ ...happening, at: liveTime(running, happening.at), heardAt: liveTime(running, happening.heardAt) }));
}

/** The parcel that could meet with something now: scanned, not at the door, and allowed for this interruption. */
export function parcelUnderWay(running: Running, id: InterruptionId): Scan | undefined {
  const { order, happenings } = running.plan;
  if (running.isBent || (running.plan.fault !== undefined && running.plan.fault !== 'late_news')) return undefined;
  if ((id === 'unmapped_status' || id === 'contradiction') && order.home !== 'shopify') return undefined;
  if (id === 'customs_hold' && !CUSTOMS_COUNTRIES.has(order.customer.countryCode)) return undefined;
  const last = happenings.slice(0, running.told).findLast((happening): happening is Scan => happening.kind === 'scan');
  const isDelivering = happenings.slice(running.told).some((happening) => happening.kind === 'scan' && happening.stage === 'delivered' && happening.parcel === last?.parcel);
  return last && isDelivering && !['label_created', 'delivered', 'delayed'].includes(last.stage) ? last : undefined;
}

/** Bends a running order: the interruption's news comes at once, the rest of that parcel's way later or never. */
export function bend(running: Running, id: InterruptionId, scan: Scan, now: number, random: Random): Running {
  const planNow = running.anchorPlan + (now - running.anchorLive) * SPEED;
  const { news, resumesAfter } = interrupt(id, { order: running.plan.order, parcel: scan.parcel, at: planNow, place: scan.place, random });
  const early = Math.min(...news.map((entry) => entry.at)) - planNow;
  const heardNews = news.map((entry): Happening => ({ ...entry.what, at: entry.at - early, heardAt: entry.at - early + 60_000 }));
  const rest = running.plan.happenings.slice(running.told);
  const own = rest.filter((happening) => 'parcel' in happening && happening.parcel === scan.parcel);
  const others = rest.filter((happening) => !own.includes(happening) && happening.kind !== 'contact' && happening.kind !== 'status_checked');
  const shift = resumesAfter === undefined ? 0 : Math.max(HOUR, planNow + resumesAfter / 3 - Math.min(...own.map((happening) => happening.at)));
  const resumed = resumesAfter === undefined ? [] : own.map((happening) => ({ ...happening, at: happening.at + shift, heardAt: happening.heardAt + shift }));
  const coming = [...others, ...heardNews, ...resumed].sort((a, b) => a.heardAt - b.heardAt || a.at - b.at);
  return { ...running, isBent: true, plan: { ...running.plan, fault: id, happenings: [...running.plan.happenings.slice(0, running.told), ...coming] } };
}

/** A customer writes now about a parcel that was delivered. */
export function complain(running: Running, contact: 'not_received' | 'missing_item', now: number, random: Random): Running {
  const planNow = running.anchorPlan + (now - running.anchorLive) * SPEED;
  const news: Happening = {
    kind: 'contact', contact, text: contactText(contact, running.plan.order, random), channel: random.pick(['email', 'chat', 'phone']), sentiment: 'negative',
    at: planNow, heardAt: planNow,
  };
  return { ...running, isBent: true, plan: { ...running.plan, fault: contact, happenings: [...running.plan.happenings.slice(0, running.told), news] } };
}
