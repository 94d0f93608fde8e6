import { connectorOf, orderIdOf, splitEvents, type CustomerRecord, type FeedItem } from '@orderwatch/connectors';
import { insertInRounds, isWorthARetry, type Accepted, type FeedHealthStore, type IncomingFact, type NewDelivery, type OrderWriter, type Sealer, type Transactions, type Tx } from '@orderwatch/db';
import { deliveryOf } from '../features/ingest/accept-webhook.js';

/** One event of a file, checked and translated. */
export interface HistoryEvent {
  readonly line: number;
  /** The order it is about, in its own system. */
  readonly subject: string;
  readonly receivedAt: number;
  readonly delivery: NewDelivery;
  readonly facts: readonly IncomingFact[];
  readonly customers: readonly CustomerRecord[];
}

export interface RejectedLine {
  readonly line: number;
  readonly error: string;
}

export interface ImportCounts {
  readonly accepted: number;
  readonly duplicates: number;
  readonly rejected: readonly RejectedLine[];
}

export interface ImportHow {
  /** The instant of the decisions. */
  readonly now: number | ((orderId: string) => number);
  /** Old findings go to the backlog. */
  readonly isImport: boolean;
  /** Count them as deliveries of their feed, as if heard at their time. */
  readonly noteFeeds?: boolean;
}

const EVENTS = connectorOf('events');

/** Checks one line as the live feed would. `now` is when an event without `receivedat` became known. */
export function readLine(text: string, line: number, connection: string, now: number): HistoryEvent | RejectedLine {
  const items = splitEvents(Buffer.from(text));
  const [item] = items;
  if (!item || items.length > 1) return { line, error: 'A line holds one event.' };
  if (item.error !== null) return { line, error: item.error };
  if (item.receivedAtError !== null) return { line, error: item.receivedAtError };
  const receivedAt = item.receivedAt === null ? now : Date.parse(item.receivedAt);
  return understood(item, { line, connection, receivedAt });
}

function understood(item: FeedItem, { line, connection, receivedAt }: { line: number; connection: string; receivedAt: number }): HistoryEvent | RejectedLine {
  const delivery: NewDelivery = { connection, topic: undefined, headers: {}, ...deliveryOf(item), origin: 'backfill', knownAt: receivedAt, isDone: true };
  const mapped = EVENTS.map({ connection, topic: undefined, headers: {}, body: item.body, checked: item.checked });
  if (mapped.outcome !== 'understood') return { line, error: mapped.outcome === 'dead' ? mapped.detail : mapped.reason };
  let subject = '';
  const facts = mapped.facts.map(({ to, fact }): IncomingFact => {
    if (!('order' in to)) return { to, fact, receivedAt, inboxId: null };
    subject = to.order;
    return { to: { orderId: orderIdOf(connection, to.order), home: connection, homeId: to.order }, fact, receivedAt, inboxId: null };
  });
  return { line, subject, receivedAt, delivery, facts, customers: mapped.customers };
}

/** Puts events of the past into the history of orders: the live feed's keys, facts and fold, in one transaction per call. */
export class HistoryImporter {
  constructor(private readonly parts: { readonly transactions: Transactions; readonly sealer: Sealer; readonly writer: OrderWriter; readonly feeds?: FeedHealthStore }) {}

  async write(events: readonly HistoryEvent[], how: ImportHow): Promise<ImportCounts> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.parts.transactions.run((tx) => this.writeIn(tx, events, how));
      } catch (error) {
        if (!isWorthARetry(error) || tries > 5) throw error;
      }
    }
  }

  private async writeIn(tx: Tx, events: readonly HistoryEvent[], { now, isImport, noteFeeds = false }: ImportHow): Promise<ImportCounts> {
    const { sealer, writer, feeds } = this.parts;
    const accepted = await insertInRounds(tx, sealer, events.map((e) => e.delivery));
    // A repeat is written as well: it may have been known earlier than the telling we have.
    const told = events.filter((_, i) => accepted[i]?.outcome !== 'reused');
    const ids = new Map(events.map((event, i) => [event, accepted[i]?.id ?? null]));
    await writer.write(tx, {
      facts: told.flatMap((e) => e.facts.map((fact) => ({ ...fact, inboxId: ids.get(e) ?? null }))), customers: told.flatMap((e) => e.customers), now, cause: { actor: 'import' }, isImport,
    });
    if (noteFeeds) await feeds?.note(tx, events.map((e) => ({ connection: e.delivery.connection, receivedAt: e.receivedAt, occurredAt: e.facts[0]?.fact.at ?? null })));
    const count = (outcome: Accepted['outcome']): number => accepted.filter((a) => a.outcome === outcome).length;
    const rejected = events.filter((_, i) => accepted[i]?.outcome === 'reused').map(({ line }) => ({ line, error: 'an event with this source and id and other content was received before' }));
    return { accepted: count('stored'), duplicates: count('duplicate'), rejected };
  }
}

const ORDERS_PER_TRANSACTION = 250;
const EVENTS_PER_TRANSACTION = 2_500;

/** Groups events so that an order is written once and no transaction holds the live feed back for long. */
export function groupByOrder(events: readonly HistoryEvent[]): HistoryEvent[][] {
  const bySubject = new Map<string, HistoryEvent[]>();
  for (const event of events) {
    const list = bySubject.get(event.subject);
    if (list) list.push(event);
    else bySubject.set(event.subject, [event]);
  }
  const groups: HistoryEvent[][] = [];
  let group: HistoryEvent[] = [];
  let orders = 0;
  for (const list of bySubject.values()) {
    if (orders === ORDERS_PER_TRANSACTION || (orders > 0 && group.length + list.length > EVENTS_PER_TRANSACTION)) {
      groups.push(group);
      group = [];
      orders = 0;
    }
    group = group.concat(list);
    orders += 1;
  }
  if (group.length > 0) groups.push(group);
  return groups;
}
