import { readCases, type CaseRecord } from '../cases/case-record.js';
import type { Configuration, ConfigurationStore } from '../config/configuration.js';
import type { Tx } from '../transactions.js';
import { lockOrders, tryLockHandles, tryLockOrders } from './advisory-locks.js';
import { KnownEvents, type EventName } from './event-rows.js';
import { askLinks, handlesOf, readLinks, type AddressedFact, type Links } from './identity.js';
import { readOrders, type StoredOrder } from './order-rows.js';

/** Somebody else writes one of the orders; the same again may succeed. */
class OrderIsBusy extends Error {
  readonly code = '55P03';
}

/** Orders that facts name, and those of the numbers they speak of. */
function ordersOf(facts: readonly AddressedFact[], links: Links): string[] {
  return [...facts.flatMap(({ to }) => ('orderId' in to ? to.orderId : [])), ...handlesOf(facts).flatMap((handle) => [...(links.get(handle) ?? [])])];
}

/** What a writer reads of orders, under their locks. */
export class Asked {
  readonly events = new KnownEvents();
  readonly stored = new Map<string, StoredOrder>();
  readonly cases: CaseRecord[] = [];
  /** Asked about. */
  private readonly known = new Set<string>();
  /** Locked before anything was asked; whoever holds such locks must not wait for others. */
  private held: ReadonlySet<string> = new Set();
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

  /**
   * For whoever can come again: takes what nobody else writes right now, and waits for nobody. Of groups of facts that are written
   * together, `free` are those that can be. @throws OrderIsBusy when none can: the same has to wait its turn, in another transaction.
   */
  static async ofFree<T>(tx: Tx, configuration: ConfigurationStore, groups: readonly T[], factsOf: (group: T) => readonly AddressedFact[]): Promise<{ readonly free: readonly T[]; readonly asked: Asked }> {
    const config = configuration.read(tx);
    // Whoever asks may fail before anybody waits for it: with the connection, or because nothing is free.
    config.catch(() => undefined);
    const handles = handlesOf(groups.flatMap(factsOf));
    const trying = tryLockHandles(tx, handles);
    const [links, got] = await Promise.all([readLinks(tx, handles, trying), trying]);
    const ours = new Set<string>(got);
    const near = groups.filter((group) => handlesOf(factsOf(group)).every((handle) => ours.has(handle)));
    const held = new Set(await tryLockOrders(tx, [...new Set(near.flatMap((group) => ordersOf(factsOf(group), links)))]));
    const free = near.filter((group) => ordersOf(factsOf(group), links).every((order) => held.has(order)));
    if (free.length === 0 && groups.length > 0) throw new OrderIsBusy('every order of the batch is being written');
    const asked = new Asked(tx, Promise.resolve(links), config, { orders: [], events: [] });
    asked.held = held;
    return { free, asked };
  }

  /** Locks and reads what is missing. */
  async about(orders: readonly string[], events: readonly EventName[]): Promise<void> {
    await this.begun;
    const mayWait = this.known.size === 0 && this.held.size === 0;
    await this.take(orders, events, async (missing) => {
      if (mayWait) return lockOrders(this.tx, missing);
      const others = missing.filter((order) => !this.held.has(order));
      if ((await tryLockOrders(this.tx, others)).length < others.length) throw new OrderIsBusy('an order found by a shared number is being written');
    });
  }

  private async take(orders: readonly string[], events: readonly EventName[], lock: (missing: readonly string[]) => Promise<void>): Promise<void> {
    const missing = orders.filter((order) => !this.known.has(order));
    for (const order of missing) this.known.add(order);
    const [, stored, cases] = await Promise.all([missing.length > 0 ? lock(missing) : undefined, readOrders(this.tx, missing), readCases(this.tx, missing), this.events.ask(this.tx, events)]);
    for (const [orderId, order] of stored) this.stored.set(orderId, order);
    this.cases.push(...cases);
  }
}
