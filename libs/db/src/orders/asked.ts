import { readCases, type CaseRecord } from '../cases/case-record.js';
import type { Configuration, ConfigurationStore } from '../config/configuration.js';
import type { Tx } from '../transactions.js';
import { lockOrders, tryLockOrders } from './advisory-locks.js';
import { KnownEvents, type EventName } from './event-rows.js';
import { askLinks, type AddressedFact, type Links } from './identity.js';
import { readOrders, type StoredOrder } from './order-rows.js';

/** Somebody else writes one of the orders; the same again may succeed. */
class OrderIsBusy extends Error {
  readonly code = '55P03';
}

/** What a writer reads of orders, under their locks. */
export class Asked {
  readonly events = new KnownEvents();
  readonly stored = new Map<string, StoredOrder>();
  readonly cases: CaseRecord[] = [];
  private readonly locked = new Set<string>();
  private readonly begun: Promise<unknown>;

  private constructor(
    private readonly tx: Tx,
    readonly links: Promise<Links>,
    readonly config: Promise<Configuration>,
    { orders, events }: { readonly orders: readonly string[]; readonly events: readonly EventName[] },
  ) {
    this.begun = this.take(orders, events, (missing) => lockOrders(tx, missing));
    // A failure is told to whoever waits for it, if anybody does.
    for (const promise of [links, config, this.begun]) promise.catch(() => undefined);
  }

  /** Numbers are locked before orders; whose they are is known when the orders that the facts do not name can be locked. */
  static begin(tx: Tx, configuration: ConfigurationStore, facts: readonly AddressedFact[]): Asked {
    return new Asked(tx, askLinks(tx, facts), configuration.read(tx), { orders: [], events: [] });
  }

  /**
   * Everything in one round, where every fact names its order: for whoever may fail when an order that is found by a shared number
   * only is locked by somebody else. Orders locked in two steps could make two writers wait for each other.
   */
  static atOnce(tx: Tx, configuration: ConfigurationStore, facts: readonly AddressedFact[]): Asked {
    const links = askLinks(tx, facts);
    const named = facts.flatMap(({ to, fact }) => ('orderId' in to ? [{ orderId: to.orderId, fact }] : []));
    const events = named.length === facts.length ? named : [];
    return new Asked(tx, links, configuration.read(tx), { orders: [...new Set(events.map((event) => event.orderId))], events });
  }

  /** Locks and reads what is missing. */
  async about(orders: readonly string[], events: readonly EventName[]): Promise<void> {
    await this.begun;
    const isFirst = this.locked.size === 0;
    await this.take(orders, events, async (missing) => {
      if (isFirst) return lockOrders(this.tx, missing);
      const got = await tryLockOrders(this.tx, missing);
      if (got.length < missing.length) throw new OrderIsBusy('an order found by a shared number is being written');
    });
  }

  private async take(orders: readonly string[], events: readonly EventName[], lock: (missing: readonly string[]) => Promise<void>): Promise<void> {
    const missing = orders.filter((order) => !this.locked.has(order));
    for (const order of missing) this.locked.add(order);
    const [, stored, cases] = await Promise.all([missing.length > 0 ? lock(missing) : undefined, readOrders(this.tx, missing), readCases(this.tx, missing), this.events.ask(this.tx, events)]);
    for (const [orderId, order] of stored) this.stored.set(orderId, order);
    this.cases.push(...cases);
  }
}
