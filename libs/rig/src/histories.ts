import type { FeedEvent, FeedType } from '@orderwatch/contract';
import { numberOf, parcelSteps, type Parcel } from './histories-parcels.js';
import { DAY, dayText, HOUR, type Step } from './histories-steps.js';
import { Random } from './random.js';

export interface HistoryOptions {
  readonly seed: string;
  /** How many orders the store has in all: their customers, and the numbers they share, are among them. */
  readonly orders: number;
  /** Epoch ms of the first order, and how many days the store takes orders. Long over, so that no deadline is still to come. */
  readonly from?: number;
  readonly days?: number;
  /** Put before the orders' ids. */
  readonly prefix?: string;
}

/** A leap year: its 29 February, and both changes of the clocks, are among the days. */
const FROM = Date.UTC(2024, 0, 2);
const DAYS = 330;
/** Of a history's events, how many are dated to the same instant as the one before. */
const TIES = 0.15;

const ZONES = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'UTC'] as const;
const NAMES = ['Ada Lövelace', 'Zoë O’Neill', 'Jürgen Groß', '山田 太郎', 'Mía Núñez', 'Sam "Ace" Hill'] as const;
const CURRENCIES = ['EUR', 'USD', 'JPY', 'KWD'] as const;

/** Everything the generic feed tells of one order, in the order in which it happened. The same number and seed give the same events. */
export function historyOf(n: number, options: HistoryOptions): FeedEvent[] {
  const steps = new Course(n, options).steps().sort((a, b) => a.at - b.at);
  const random = new Random('ties', options.seed, n);
  const subject = `${options.prefix ?? 'H-'}${n}`;
  for (const [i, step] of steps.entries()) if (i > 0 && random.chance(TIES)) step.at = steps[i - 1]?.at ?? step.at;
  return steps.map(({ at, type, data }, i) => ({
    specversion: '1.0', id: `${subject}/${i}`, source: sourceOf(type), type, subject, time: timeText(at, random), data,
  }));
}

/** So many events or a few more, of whole orders, as their sources write them, in the order in which they happened; and of how many orders anything is told. */
export function historyTexts(atLeast: number, options: Omit<HistoryOptions, 'orders'>): { readonly texts: readonly string[]; readonly orders: number } {
  const orders = Math.max(1, Math.ceil(atLeast / EVENTS_PER_ORDER));
  const told: { readonly at: number; readonly text: string }[] = [];
  let toldOf = 0;
  for (let n = 0; told.length < atLeast; n += 1) {
    const events = historyOf(n, { ...options, orders });
    if (events.length > 0) toldOf += 1;
    for (const event of events) told.push({ at: Date.parse(event.time), text: JSON.stringify(event) });
  }
  told.sort((a, b) => a.at - b.at);
  return { texts: told.map(({ text }) => text), orders: toldOf };
}

/** About so many, on average. */
const EVENTS_PER_ORDER = 18;

/** Several systems write into one feed, each with ids of its own. */
function sourceOf(type: FeedType): string {
  return type.startsWith('shipment') ? 'carriers' : type.startsWith('fulfillment') ? 'warehouse' : type.startsWith('contact') ? 'desk' : 'shop';
}

/** The same instant can be written with any offset. */
function timeText(at: number, random: Random): string {
  if (random.chance(0.8)) return new Date(at).toISOString();
  const hours = random.below(23) - 11;
  const local = new Date(at + hours * HOUR).toISOString().slice(0, -1);
  return `${local}${hours < 0 ? '-' : '+'}${String(Math.abs(hours)).padStart(2, '0')}:00`;
}

/** How one order goes. Each part happens with some chance; what goes wrong is far more frequent than in life. */
class Course {
  private readonly all: Step[] = [];
  private readonly random: Random;
  private readonly placedAt: number;
  private readonly lines: { readonly id: string; readonly sku: string; readonly [key: string]: unknown }[];
  private readonly currency: string;
  private readonly promisedAt: number;

  constructor(
    private readonly n: number,
    private readonly options: HistoryOptions,
  ) {
    const { seed, from = FROM, days = DAYS } = options;
    this.random = new Random('history', seed, n);
    const { random } = this;
    this.placedAt = from + random.below(days) * DAY + random.below(24 * 60) * 60_000;
    this.currency = random.pick(CURRENCIES);
    this.promisedAt = this.placedAt + (2 + random.below(8)) * DAY;
    this.lines = Array.from({ length: random.below(5) }, (_, i) => ({ id: `${i + 1}`, sku: `SKU-${random.below(900)}`, quantity: 1 + random.below(3), price: this.money(random.below(90)), ...(random.chance(0.15) ? { promisedBy: this.promise(this.promisedAt + random.below(5) * DAY) } : {}) }));
  }

  steps(): Step[] {
    this.place();
    this.pay();
    if (this.random.chance(0.08)) this.interrupt();
    const isCancelled = this.random.chance(0.08);
    const cancelledAt = this.placedAt + this.within(0.2, 6) * DAY;
    if (isCancelled) this.say('order.cancelled', cancelledAt, { reason: this.random.pick(['customer', 'fraud', 'inventory']) });
    const delivered = this.random.chance(0.07) ? this.placedAt + 4 * DAY : this.ship();
    if (isCancelled && this.random.chance(0.6)) this.say('payment.refunded', cancelledAt + HOUR, { amount: this.money(40), currency: this.currency });
    this.contact(delivered);
    if (this.random.chance(0.12)) this.giveBack(delivered);
    return this.all;
  }

  private say(type: FeedType, at: number, data: Step['data'] = {}): void {
    // Sources stamp by the second or the minute.
    const grain = this.random.pick([1, 1000, 1000, 60_000]);
    this.all.push({ type, at: Math.floor(at / grain) * grain, data });
  }

  private within(low: number, high: number): number {
    return low + this.random.next() * (high - low);
  }

  /** Major units, as a number or as text. */
  private money(units: number): number | string {
    const decimals = this.currency === 'JPY' ? 0 : 2;
    const amount = (units + this.random.below(100) / 100).toFixed(decimals);
    return this.random.chance(0.5) ? amount : Number(amount);
  }

  private promise(at: number): string {
    return this.random.chance(0.6) ? dayText(at) : new Date(at).toISOString();
  }

  private customer(): Step['data'] {
    const who = this.random.below(Math.ceil(this.options.orders / 3));
    return { id: `C-${who}`, name: NAMES[who % NAMES.length], email: `customer${who}@example.com`, locale: who % 2 === 0 ? 'de' : 'en-GB' };
  }

  private place(): void {
    const { random } = this;
    if (random.chance(0.03)) return; // nobody ever announces it
    this.say('order.placed', this.placedAt, {
      name: `#${1000 + this.n}`, customer: this.customer(), currency: this.currency, total: this.money(10 + random.below(300)), timeZone: random.pick(ZONES),
      ...(random.chance(0.85) ? { promisedBy: this.promise(this.promisedAt) } : {}), ...(this.lines.length > 0 ? { lines: this.lines } : {}),
      ...(random.chance(0.1) ? { tags: ['vip', 'gift'].slice(random.below(2)) } : {}), ...(random.chance(0.04) ? { preorderUntil: dayText(this.placedAt + 10 * DAY) } : {}),
    });
    if (!random.chance(0.12)) return;
    const edits: Step['data'][] = [{ promisedBy: this.promise(this.promisedAt + 2 * DAY) }, { promisedBy: null }, { lines: [...this.lines, { id: '9', sku: 'SKU-9', quantity: 1 }] }, { total: this.money(20), currency: this.currency }, { tags: ['rush'] }];
    for (let i = 1 + random.below(2); i > 0; i -= 1) this.say('order.edited', this.placedAt + this.within(0.1, 5) * DAY, random.pick(edits));
  }

  private pay(): void {
    const { random } = this;
    const at = this.placedAt + this.within(0, 2) * HOUR;
    if (random.chance(0.1)) this.say('payment.failed', at, { reason: 'card_declined' });
    if (random.chance(0.5)) this.say('payment.authorized', at + 60_000, { amount: this.money(40), currency: this.currency });
    if (random.chance(0.92)) this.say('payment.captured', at + this.within(0.1, 30) * HOUR, random.chance(0.7) ? { amount: this.money(40), currency: this.currency } : {});
    if (random.chance(0.03)) this.say('payment.disputed', at + 20 * DAY, { reason: 'fraudulent' });
  }

  private interrupt(): void {
    const at = this.placedAt + this.within(0.1, 1) * DAY;
    this.say('order.held', at, { reason: 'address check' });
    if (this.random.chance(0.7)) this.say('order.released', at + this.within(0.2, 4) * DAY);
  }

  /** @returns about when the last parcel comes. */
  private ship(): number {
    const { random } = this;
    const parts = random.pick([1, 1, 1, 1, 2, 2, 3]);
    let last = this.placedAt;
    for (let part = 0; part < parts; part += 1) {
      const fulfillmentId = `F-${this.n}-${part}`;
      const at = this.placedAt + this.within(0.2, random.chance(0.12) ? 6 : 2) * DAY;
      const lines = this.lines.filter((_, i) => i % parts === part).map((line) => line.id);
      const isTold = random.chance(0.9);
      if (isTold) this.say('fulfillment.created', at, { fulfillmentId, ...(lines.length > 0 && random.chance(0.7) ? { lines } : {}), ...(random.chance(0.5) ? { location: 'Leipzig' } : {}) });
      if (isTold && random.chance(0.06)) {
        this.say('fulfillment.cancelled', at + this.within(0.1, 3) * DAY, { fulfillmentId });
        if (random.chance(0.6)) continue;
      }
      for (let box = random.pick([1, 1, 1, 2, 3]); box > 0; box -= 1) last = Math.max(last, this.send(`${fulfillmentId}-${box}`, isTold || random.chance(0.5) ? fulfillmentId : undefined, at));
    }
    return last;
  }

  private send(shipmentId: string, fulfillmentId: string | undefined, at: number): number {
    const { random, options, n } = this;
    const carrier = random.pick(['UPS', 'DHL Paket', 'FedEx', 'Royal Mail', '']);
    const parcel: Parcel = {
      shipmentId, ...(fulfillmentId ? { fulfillmentId } : {}), ...(carrier ? { carrier } : {}),
      ...(random.chance(0.9) ? { trackingNumber: numberOf(n, shipmentId, options.orders, random) } : {}), ...(random.chance(0.4) ? { service: 'standard' } : {}),
    };
    const steps = parcelSteps(parcel, at + this.within(0.1, 1) * DAY, this.promisedAt, random);
    for (const step of steps) this.say(step.type, step.at, step.data);
    return steps.reduce((latest, step) => Math.max(latest, step.at), at);
  }

  private contact(delivered: number): void {
    const { random } = this;
    if (random.chance(0.15)) this.say('contact.received', this.placedAt + this.within(1, 6) * DAY, { kind: 'where_is_it', text: 'Where is it?\nThanks', channel: 'email', sentiment: 'neutral' });
    if (random.chance(0.1)) for (let i = 1 + random.below(3); i > 0; i -= 1) this.say('contact.status_checked', this.placedAt + this.within(1, 3) * DAY, { channel: 'web' });
    if (!random.chance(0.12)) return;
    const kind = random.pick(['not_received', 'missing_item', 'damaged', 'complaint', 'other']);
    this.say('contact.received', delivered + this.within(-0.5, 3) * DAY, { kind, channel: 'chat', ticketId: `T-${this.n}`, sentiment: 'negative' });
  }

  private giveBack(delivered: number): void {
    const { random } = this;
    const returnId = `R-${this.n}`;
    const course: FeedType[] = random.chance(0.15) ? ['return.requested', 'return.declined'] : ['return.requested', 'return.approved', 'return.in_transit', 'return.received', 'return.inspected', 'return.refunded', 'return.closed'];
    let at = delivered + this.within(1, 9) * DAY;
    for (const type of course.slice(0, 1 + random.below(course.length))) {
      this.say(type, at, { returnId, ...(type === 'return.requested' ? { reason: 'does not fit', lines: this.lines.slice(0, 1).map((line) => line.id) } : {}) });
      if (type === 'return.refunded') this.say('payment.refunded', at, { amount: this.money(15), currency: this.currency, reason: 'return' });
      at += this.within(0.2, 5) * DAY;
    }
  }
}
