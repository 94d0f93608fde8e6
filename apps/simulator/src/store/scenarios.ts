import { DAY, HOUR, MINUTE } from '../shared/time.js';
import type { FaultId } from './faults.js';
import { scan } from './journey.js';
import type { Happening, Home, Plan, Stage } from './model.js';
import { planOrder } from './plan.js';

/** A story with a known end: what is told, and which instant of it is now. */
interface Scenario {
  readonly fault: FaultId | 'none';
  /** The instant that falls on now. */
  readonly pivot: (plan: Plan) => number;
  /** What is left out although it happened before the pivot. */
  readonly untold?: (happening: Happening, plan: Plan) => boolean;
  /** What is told on top. */
  readonly extra?: (now: number) => readonly Happening[];
  readonly home?: Home;
  readonly split?: boolean;
}

const heardOf = (match: (happening: Happening) => boolean) => (plan: Plan): number => {
  const found = plan.happenings.find(match);
  if (!found) throw new Error(`nothing of the kind happens to ${plan.order.key}`);
  return found.heardAt;
};
const stage = (...stages: readonly Stage[]) => (happening: Happening): boolean => happening.kind === 'scan' && stages.includes(happening.stage);
const untilStage = (fault: Scenario['fault'], ...stages: readonly Stage[]): Scenario => ({ fault, pivot: heardOf(stage(...stages)) });
const kind = (name: Happening['kind']) => (happening: Happening): boolean => happening.kind === name;
const after = (match: (happening: Happening) => boolean, by: number) => (plan: Plan): number => heardOf(match)(plan) + by;
const scansBeyond = (...known: readonly Stage[]) => (happening: Happening): boolean => happening.kind === 'scan' && !known.includes(happening.stage);
const smallTalk = (happening: Happening): boolean => happening.kind === 'contact' || happening.kind === 'status_checked';

/** Every scenario that can be asked for by name; most are named after the rule they open. */
export const SCENARIOS = {
  placed: { fault: 'none', pivot: heardOf(kind('placed')) },
  paid: { fault: 'none', pivot: heardOf(kind('paid')) },
  fulfilled: { fault: 'none', pivot: heardOf(kind('fulfilled')) },
  in_transit: untilStage('none', 'arrived'),
  out_for_delivery: untilStage('none', 'out_for_delivery'),
  delivered: { fault: 'none', split: false, pivot: heardOf(stage('delivered')), untold: smallTalk },
  unfulfilled_late: { fault: 'none', pivot: after(kind('paid'), 5 * DAY), untold: (happening) => happening.kind !== 'placed' && happening.kind !== 'paid' },
  not_picked_up: { fault: 'none', split: false, pivot: after(kind('fulfilled'), 48 * HOUR + MINUTE), untold: (happening) => smallTalk(happening) || scansBeyond('label_created')(happening) },
  no_movement: { fault: 'none', split: false, pivot: (plan) => lastOf(plan, stage('accepted', 'arrived', 'departed')) + 48 * HOUR + MINUTE, untold: (happening) => smallTalk(happening) || stage('out_for_delivery', 'delivered')(happening) },
  promise_missed: {
    fault: 'none', split: false, pivot: (plan) => Date.parse(`${plan.order.promisedBy}T23:59:59Z`) + 37 * HOUR,
    untold: (happening) => smallTalk(happening) || stage('out_for_delivery', 'delivered')(happening),
    extra: (now) => [{ ...scan(0, 'arrived', 'Neuenstein', { message: 'Arrived at facility, processing delayed' }), at: now - 3 * HOUR, heardAt: now - 3 * HOUR + MINUTE }],
  },
  promise_slipped: untilStage('estimate_slipped', 'delayed'),
  partly_shipped: { fault: 'partly_shipped', split: true, pivot: (plan) => Math.max(heardOf(isOf(0, 'delivered'))(plan), lastOf(plan, isOf(1, 'accepted', 'label_created'))) + 7 * DAY + 2 * HOUR, untold: (happening) => smallTalk(happening) || isOf(1, 'arrived', 'departed', 'out_for_delivery', 'delivered')(happening) },
  delivery_attempt_failed: untilStage('delivery_attempt_failed', 'delivery_attempted'),
  address_problem: untilStage('address_problem', 'exception'),
  customs_hold: untilStage('customs_hold', 'exception'),
  refused: untilStage('refused', 'exception'),
  damaged: untilStage('damaged', 'exception'),
  lost: untilStage('lost', 'lost'),
  carrier_exception: untilStage('carrier_exception', 'exception'),
  pickup_expiring: { fault: 'pickup_waiting', pivot: after(stage('ready_for_pickup'), 5 * DAY + HOUR) },
  returned_to_sender: untilStage('returned_to_sender', 'returning'),
  cancelled_after_shipment: { fault: 'cancelled_after_shipment', pivot: heardOf(kind('cancelled')) },
  unmapped_status: { ...untilStage('unmapped_status', 'unheard_of'), home: 'shopify' },
  status_conflict: { fault: 'contradiction', home: 'shopify', pivot: heardOf((happening) => happening.kind === 'scan' && happening.toldByShop === true) },
  delivered_not_received: { fault: 'delivered_not_received', home: 'feed', pivot: heardOf(kind('contact')) },
  missing_item: { fault: 'missing_item', home: 'feed', pivot: heardOf(kind('contact')) },
} as const satisfies Readonly<Record<string, Scenario>>;

export type ScenarioId = keyof typeof SCENARIOS;

export function isScenario(name: string): name is ScenarioId {
  return Object.hasOwn(SCENARIOS, name);
}

function isOf(parcel: number, ...stages: readonly Stage[]) {
  return (happening: Happening): boolean => happening.kind === 'scan' && happening.parcel === parcel && stages.includes(happening.stage);
}

function lastOf(plan: Plan, match: (happening: Happening) => boolean): number {
  const found = plan.happenings.findLast(match);
  if (!found) throw new Error(`nothing of the kind happens to ${plan.order.key}`);
  return found.heardAt;
}

export interface ScenarioSeed {
  readonly seed: string;
  readonly key: string;
  readonly number: number;
  readonly home: Home;
  readonly now: number;
  /** How long until the scenario's decisive instant; 0 = it has just come. */
  readonly ahead?: number;
}

/** A scenario played up to now: what has been told, and how the story would go on. */
export interface Played {
  readonly plan: Plan;
  readonly told: number;
}

/** Plans the scenario's order far enough in the past that its decisive instant is now. */
export function play(id: ScenarioId, from: ScenarioSeed): Played {
  const scenario: Scenario = SCENARIOS[id];
  const home = scenario.home ?? from.home;
  const decisive = from.now + (from.ahead ?? 0);
  const draw = (placedAt: number): Plan =>
    planOrder({ ...from, home, placedAt, fault: scenario.fault, ...(scenario.split === undefined ? {} : { split: scenario.split }) });
  // Everything moves with the placing, so a second look settles it; only a promise, being a calendar day, stays within a day of it.
  let placedAt = from.now;
  let plan = draw(placedAt);
  for (let look = 0; look < 3 && Math.abs(scenario.pivot(plan) - decisive) >= 1; look += 1) {
    placedAt -= Math.ceil(scenario.pivot(plan) - decisive);
    plan = draw(placedAt);
  }
  const isTold = (happening: Happening): boolean => happening.heardAt <= decisive && scenario.untold?.(happening, plan) !== true;
  const told = [...plan.happenings.filter(isTold), ...(scenario.extra?.(from.now) ?? [])]
    .map((happening) => ({ ...happening, heardAt: Math.min(happening.heardAt, from.now) }))
    .filter((happening) => happening.at <= from.now)
    .sort((a, b) => a.heardAt - b.heardAt || a.at - b.at);
  const rest = plan.happenings.filter((happening) => happening.heardAt > decisive || scenario.untold?.(happening, plan) === true);
  return { plan: { ...plan, happenings: [...told, ...goOn(rest, from.now)] }, told: told.length };
}

/** What was left untold happens from some hours after now on, in its own rhythm. */
function goOn(rest: readonly Happening[], now: number): Happening[] {
  const first = Math.min(...rest.map((happening) => happening.at));
  const shift = Math.max(0, now + 6 * HOUR - first);
  return rest.map((happening) => ({ ...happening, at: happening.at + shift, heardAt: happening.heardAt + shift })).sort((a, b) => a.heardAt - b.heardAt);
}
