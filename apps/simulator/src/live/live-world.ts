import type { Outgoing } from '../delivery/outgoing.js';
import { Random } from '../shared/random.js';
import { MINUTE, SECOND } from '../shared/time.js';
import type { Home, Plan, StoreOrder } from '../store/model.js';
import { speak, unreadable } from '../store/mouths.js';
import { planOrder } from '../store/plan.js';
import { play, type ScenarioId } from '../store/scenarios.js';
import { INCIDENTS } from './incidents.js';
import { bend, complain, nextAt, parcelUnderWay, toldSoFar, type Running } from './running.js';

/** What a restart needs to go on where the world stopped. Plain JSON. */
export interface SavedWorld {
  readonly version: 1;
  readonly seed: string;
  readonly run: string;
  readonly orders: number;
  readonly incidents: number;
  readonly nextOrderAt: number;
  readonly nextIncidentAt: number;
  readonly running: readonly Running[];
  readonly delivered: readonly Running[];
}

export interface WorldSettings {
  readonly seed: string;
  readonly ordersPerMinute: number;
  readonly startedAt: number;
  readonly saved?: SavedWorld | undefined;
  /** Parcels of the history that are still on their way, and orders delivered lately. */
  readonly inherited?: readonly Running[];
}

/** A delivery and the moment at which it leaves: chance holds some back and sends some twice. */
export interface Dispatch {
  readonly outgoing: Outgoing;
  readonly at: number;
}

/** How a scenario is to be played. */
export interface PlayNow {
  readonly home: Home;
  readonly now: number;
  /** Milliseconds until its decisive instant; 0 = it has just come. */
  readonly ahead?: number;
  readonly goesOn: boolean;
}

const INCIDENT_EVERY = 60 * SECOND;
const REMEMBERED_DELIVERIES = 60;

/** The store's present. `advance` is deterministic: the same seed and clock give the same deliveries, however often it is called. */
export class LiveWorld {
  private readonly seed: string;
  private readonly run: string;
  private readonly orderEvery: number;
  private running: Running[];
  private delivered: Running[];
  private orders: number;
  private incidents: number;
  private nextOrderAt: number;
  private nextIncidentAt: number;

  /** Called when an order of the shop is first told of, so that the stand-in for its Admin API knows it. */
  onShopOrder: (order: StoreOrder) => void = () => undefined;

  constructor(settings: WorldSettings) {
    const { saved, startedAt } = settings;
    this.seed = settings.seed;
    this.orderEvery = settings.ordersPerMinute > 0 ? MINUTE / settings.ordersPerMinute : Infinity;
    this.run = saved?.run ?? Math.floor(startedAt / SECOND).toString(36);
    this.orders = saved?.orders ?? 0;
    this.incidents = saved?.incidents ?? 0;
    this.nextOrderAt = this.orderEvery === Infinity ? Infinity : Math.max(saved?.nextOrderAt ?? 0, startedAt + 2 * SECOND);
    this.nextIncidentAt = this.orderEvery === Infinity ? Infinity : Math.max(saved?.nextIncidentAt ?? 0, startedAt + 12 * SECOND);
    const all = [...(saved?.running ?? []), ...(saved?.delivered ?? []), ...(settings.inherited ?? [])];
    this.running = all.filter((story) => nextAt(story) !== undefined);
    this.delivered = all.filter((story) => nextAt(story) === undefined).slice(-REMEMBERED_DELIVERIES);
  }

  /** Everything that is heard up to `now`, in the order in which it is heard. */
  advance(now: number): Dispatch[] {
    const out: Dispatch[] = [];
    for (;;) {
      const index = this.earliest();
      const storyAt = (index >= 0 ? nextAt(this.running[index] as Running) : undefined) ?? Infinity;
      const due = Math.min(storyAt, this.nextOrderAt, this.nextIncidentAt);
      if (due > now) return out;
      if (due === storyAt) this.tellNext(index, due, out);
      else if (due === this.nextOrderAt) this.placeOrder(due);
      else this.letSomethingHappen(due, out);
    }
  }

  /** Plays a scenario right now and returns its deliveries. Its story goes on only when asked to. */
  playNow(id: ScenarioId, how: PlayNow): { readonly order: StoreOrder; readonly deliveries: readonly Outgoing[] } {
    const { plan, told } = play(id, { seed: this.seed, ...this.name(how.home), home: how.home, now: how.now, ahead: how.ahead ?? 0 });
    if (plan.order.home === 'shopify') this.onShopOrder(plan.order);
    const deliveries = Array.from({ length: told }, (_, index) => speak(plan.order, plan.happenings.slice(0, index + 1))).flat();
    if (how.goesOn) this.adopt(plan, told, how.now);
    return { order: plan.order, deliveries };
  }

  /** Takes a story over at `now`, with `told` of its happenings already told. */
  adopt(plan: Plan, told: number, now: number): void {
    this.keep({ plan, told, anchorPlan: now, anchorLive: now, isBent: true });
  }

  /** A delivery of a fresh order that nobody can read. */
  playUnreadable(now: number): Outgoing | undefined {
    const plan = planOrder({ seed: this.seed, ...this.name('shopify'), home: 'shopify', placedAt: now, fault: 'none' });
    return unreadable(plan.order, plan.happenings.slice(0, 1));
  }

  save(): SavedWorld {
    const { seed, run, orders, incidents, nextOrderAt, nextIncidentAt, running, delivered } = this;
    return { version: 1, seed, run, orders, incidents, nextOrderAt, nextIncidentAt, running, delivered };
  }

  private earliest(): number {
    let found = -1;
    let least = Infinity;
    this.running.forEach((story, index) => {
      const at = nextAt(story) ?? Infinity;
      if (at < least) [found, least] = [index, at];
    });
    return found;
  }

  private tellNext(index: number, at: number, out: Dispatch[]): void {
    const story = this.running[index];
    if (!story) return;
    const told: Running = { ...story, told: story.told + 1 };
    const { order } = told.plan;
    if (order.home === 'shopify' && told.told === 1) this.onShopOrder(order);
    for (const outgoing of speak(order, toldSoFar(told))) out.push(...disturbed(this.seed, outgoing, at));
    this.running.splice(index, 1);
    this.keep(told);
  }

  private keep(story: Running): void {
    if (nextAt(story) !== undefined) this.running.push(story);
    else if (story.plan.order.home === 'feed' && !story.isBent) this.delivered = [...this.delivered, story].slice(-REMEMBERED_DELIVERIES);
  }

  private name(home: Home): { readonly key: string; readonly number: number } {
    this.orders += 1;
    return home === 'shopify'
      ? { key: `sh-${this.run}-${this.orders}`, number: 24_000 + this.orders }
      : { key: `mk-${this.run}-${String(this.orders).padStart(4, '0')}`, number: 80_000 + this.orders };
  }

  private placeOrder(at: number): void {
    const random = new Random(this.seed, this.run, 'next order', this.orders);
    const home: Home = random.chance(0.65) ? 'shopify' : 'feed';
    const plan = planOrder({ seed: this.seed, ...this.name(home), home, placedAt: at, fault: 'none' });
    this.running.push({ plan, told: 0, anchorPlan: at, anchorLive: at, isBent: false });
    this.nextOrderAt = at + this.orderEvery * random.between(0.6, 1.4);
  }

  private letSomethingHappen(at: number, out: Dispatch[]): void {
    const random = new Random(this.seed, this.run, 'incident', this.incidents);
    this.incidents += 1;
    this.nextIncidentAt = at + INCIDENT_EVERY * random.between(0.6, 1.25);
    if (random.chance(0.05)) {
      const cutOff = this.playUnreadable(at);
      if (cutOff) out.push({ outgoing: cutOff, at });
    }
    const incident = random.weighted(INCIDENTS);
    const { interruption, contact } = incident;
    if (interruption) {
      const fitting = this.running.filter((story) => parcelUnderWay(story, interruption));
      const story = fitting.length > 0 ? random.pick(fitting) : undefined;
      const scan = story && parcelUnderWay(story, interruption);
      if (story && scan) {
        this.running.splice(this.running.indexOf(story), 1, bend(story, interruption, scan, at, random));
        return;
      }
    }
    if (contact && this.delivered.length > 0) {
      const story = random.pick(this.delivered);
      this.delivered = this.delivered.filter((other) => other !== story);
      this.running.push(complain(story, contact, at, random));
      return;
    }
    const home: Home = random.chance(0.6) ? 'shopify' : 'feed';
    const { deliveries } = this.playNow(incident.scenario, { home, now: at, ahead: incident.ahead ?? 0, goesOn: true });
    for (const outgoing of deliveries) out.push(...disturbed(this.seed, outgoing, at));
  }
}

/** Networks repeat and overtake: some deliveries leave later than their successors, some leave twice. */
function disturbed(seed: string, outgoing: Outgoing, at: number): Dispatch[] {
  const random = new Random(seed, 'network', outgoing.id);
  const first: Dispatch = { outgoing, at: random.chance(0.04) ? at + random.between(6, 30) * SECOND : at };
  return random.chance(0.03) ? [first, { outgoing, at: first.at + random.between(2, 25) * SECOND }] : [first];
}
