import { assess, renameSubjects, summarise } from '@orderwatch/domain';
import type { CaseRecord } from '../cases/case-record.js';
import { writeChanges, type NewChange } from '../changes/write-changes.js';
import type { Configuration, ConfigurationStore } from '../config/configuration.js';
import type { CustomerStore } from '../customers/customer.store.js';
import type { Tx } from '../transactions.js';
import { Asked } from './asked.js';
import { decideCases, storeCases } from './case-decisions.js';
import { readHistories, storeEvents, type StoredEvents } from './event-rows.js';
import { placeFacts, type AddressedFact, type Placed } from './identity.js';
import type { EventRow, WriteInput, WriteResult } from './incoming.js';
import { isSameOrder, movesDeadline, statusesOf, writeOrders, type OrderToWrite, type StoredOrder } from './order-rows.js';
import { foldAll, foldOn, type Folded } from './refold.js';

interface Work {
  readonly input: WriteInput;
  readonly config: Configuration;
  readonly placed: Placed;
  readonly events: StoredEvents;
  readonly stored: ReadonlyMap<string, StoredOrder>;
  readonly cases: readonly CaseRecord[];
  readonly nowOf: (orderId: string) => number;
}

/**
 * For few rows, planning anew looks cheaper to the database than a plan for any number: it planned the same statements for every event.
 * Everything here is found by its key; a plan made while a table was small must not read all of it when it has grown.
 */
const KEEP_PLANS = `select set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true)`;

/**
 * The only way in which an order changes: facts in, and in the caller's transaction its history, state, parcels, case and
 * change rows out. Deliveries, deadlines, imports, people's acts and remedies all come through here.
 */
export class OrderWriter {
  constructor(
    private readonly customers: CustomerStore,
    private readonly configuration: ConfigurationStore,
  ) {}

  /** Asks for what can be told of the facts before their deliveries have ids: the claim of these and this question are one round. */
  askAtOnce(tx: Tx, facts: readonly AddressedFact[]): Asked {
    tx.defer(tx.prepared(KEEP_PLANS));
    return Asked.atOnce(tx, this.configuration, facts);
  }

  /** Asks for those groups of facts that can be written without waiting for anybody: {@link Asked.ofFree}. */
  askFree<T>(tx: Tx, groups: readonly T[], factsOf: (group: T) => readonly AddressedFact[]): Promise<{ readonly free: readonly T[]; readonly asked: Asked }> {
    tx.defer(tx.prepared(KEEP_PLANS));
    return Asked.ofFree(tx, this.configuration, groups, factsOf);
  }

  private ask(tx: Tx, facts: readonly AddressedFact[]): Asked {
    tx.defer(tx.prepared(KEEP_PLANS));
    return Asked.begin(tx, this.configuration, facts);
  }

  async write(tx: Tx, input: WriteInput): Promise<WriteResult> {
    const { now, facts = [], asked = this.ask(tx, facts), isReplay = false } = input;
    const placed = await placeFacts(tx, facts, await asked.links, isReplay);
    await asked.about([...new Set([...placed.rows.map((row) => row.orderId), ...(input.orders ?? [])])], placed.rows);
    const [config, events] = await Promise.all([asked.config, storeEvents(tx, placed.rows, asked.events, isReplay)]);
    if (input.customers?.length) await this.customers.note(tx, input.customers);
    const touched = [...new Set([...events.added.map((row) => row.orderId), ...events.amended, ...(input.orders ?? [])])].sort();
    const work: Work = { input, config, placed, events, stored: asked.stored, cases: asked.cases, nowOf: typeof now === 'number' ? () => now : now };
    const written = touched.length > 0 ? await this.rewrite(tx, touched, work) : { orders: new Map<string, number>(), casesOpened: 0, casesClosed: 0, changes: [] };
    const changes = placed.waiting > 0 ? [...written.changes, healthChange(input)] : written.changes;
    tx.defer(writeChanges(tx, changes));
    return {
      added: events.added.length, repeated: events.repeated, waiting: placed.waiting, reused: [...events.reused, ...placed.reused],
      orders: written.orders, casesOpened: written.casesOpened, casesClosed: written.casesClosed,
    };
  }

  private async rewrite(tx: Tx, touched: readonly string[], work: Work) {
    const { stored } = work;
    const folded = await this.fold(tx, touched, work);
    const records = casesUnderNewNames(work.cases, folded);
    const all = [...folded].map(([orderId, state]) => this.assessed(orderId, state, { before: stored.get(orderId), record: records.get(orderId) }, work));
    const orders = all.filter((order) => !isSameOrder(order));
    const decided = decideCases(all, records, work.nowOf, work.input.isImport ?? false);
    const { actor, mutationId = null } = work.input.cause;
    const moved = all.filter((order) => movesDeadline(order, work.nowOf(order.orderId), typeof work.input.now === 'function'));
    tx.defer(writeOrders(tx, orders, moved, work.config.policy));
    tx.defer(this.countOrders(tx, orders));
    const caseChanges = await storeCases(tx, decided, records, { actor, mutationId, now: latestNow(orders.length > 0 ? orders : all, work) });
    const changes = [...orders.map((order) => orderChange(order, work)), ...caseChanges, ...reportChange(orders, decided.opened + decided.closed, work)];
    return { orders: new Map(orders.map((o) => [o.orderId, o.version])), casesOpened: decided.opened, casesClosed: decided.closed, changes };
  }

  /** On top of the stored state where that gives the same, from all facts otherwise. */
  private async fold(tx: Tx, touched: readonly string[], { events, stored, config }: Work): Promise<Map<string, Folded>> {
    const added = new Map<string, EventRow[]>();
    for (const row of events.added) added.set(row.orderId, [...(added.get(row.orderId) ?? []), row]);
    const folded = new Map<string, Folded>();
    const fromAll: string[] = [];
    for (const orderId of touched) {
      const before = stored.get(orderId);
      const news = added.get(orderId) ?? [];
      // Events and state are written together: without a state there were no events before these.
      const result = !before ? (news.length > 0 ? foldAll(orderId, news, config) : undefined) : events.amended.has(orderId) ? undefined : foldOn(before, news, config);
      if (result) folded.set(orderId, result);
      else if (before) fromAll.push(orderId);
    }
    for (const [orderId, history] of await readHistories(tx, fromAll)) folded.set(orderId, foldAll(orderId, history, config, stored.get(orderId)));
    return folded;
  }

  private assessed(orderId: string, folded: Folded, known: { readonly before: StoredOrder | undefined; readonly record: CaseRecord | undefined }, { placed, config, nowOf }: Work): OrderToWrite {
    const { before, record } = known;
    const home = before ?? placed.homes.get(orderId);
    if (!home) throw new Error(`order ${orderId} has no home`);
    const assessment = assess(folded.state, { policy: config.policy, now: nowOf(orderId), heard: folded.early, silences: config.silences, open: new Set(record?.snapshot.findings.map((f) => f.key)) });
    return {
      orderId, home: home.home, homeId: home.homeId, version: (before?.version ?? 0) + 1, ...folded, summary: summarise(folded.state), assessment, nextDueAt: assessment.nextDueAt, before,
    };
  }

  private async countOrders(tx: Tx, orders: readonly OrderToWrite[]): Promise<void> {
    const counts = new Map<string, number>();
    for (const { summary, before } of orders) {
      const id = summary.customerId;
      if (id !== null && before?.customerId !== id) counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    await this.customers.countOrders(tx, counts);
  }
}

/** The cases there are, with their findings under the names that the parcels have now. */
function casesUnderNewNames(cases: readonly CaseRecord[], folded: ReadonlyMap<string, Folded>): Map<string, CaseRecord> {
  return new Map(cases.map((record) => [record.orderId, { ...record, snapshot: renameSubjects(record.snapshot, folded.get(record.orderId)?.state.names ?? {}) }]));
}

function latestNow(orders: readonly OrderToWrite[], { nowOf }: Work): number {
  return orders.reduce((latest, order) => Math.max(latest, nowOf(order.orderId)), 0);
}

function orderChange(order: OrderToWrite, { input, nowOf }: Work): NewChange {
  return {
    topic: `order:${order.orderId}`, entity: 'order', id: order.orderId, version: order.version, changed: changedIn(order), actor: input.cause.actor,
    mutationId: input.cause.mutationId ?? null, at: nowOf(order.orderId),
  };
}

function changedIn(order: OrderToWrite): string[] {
  const { before } = order;
  if (!before) return ['placed'];
  return [
    ...(before.stateText === order.stateText ? [] : ['state']), ...(before.statuses === statusesOf(order.summary) ? [] : ['status']),
    ...(before.heldBy.join() === order.assessment.heldBy.join() ? [] : ['held']),
  ];
}

/** One nudge per transaction for whoever looks at figures; which order it was does not matter to them. */
function reportChange(orders: readonly OrderToWrite[], cases: number, { input, nowOf }: Work): NewChange[] {
  const moved = orders.find((order) => order.before?.statuses !== statusesOf(order.summary)) ?? (cases > 0 ? orders[0] : undefined);
  if (!moved) return [];
  return [{ topic: 'report', entity: 'order', id: moved.orderId, version: moved.version, actor: input.cause.actor, at: nowOf(moved.orderId) }];
}

function healthChange(input: WriteInput): NewChange {
  return { topic: 'health', entity: 'source', id: input.cause.actor ?? 'system', version: 1, changed: ['unlinked'], actor: input.cause.actor };
}
