import { connectorOf, splitEvents, type FeedItem } from '@orderwatch/connectors';
import { type Accepted, CannotStore, type Clock, type Connection, type Intake, type NewDelivery } from '@orderwatch/db';

/** A delivery as it came in: inflated, unverified. */
export interface Webhook {
  readonly connection: Connection;
  readonly topic: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface RejectedEvent {
  readonly index: number;
  readonly id: string;
  readonly error: string;
}

export type WebhookAnswer =
  | { readonly kind: 'forged'; readonly reason: string }
  | { readonly kind: 'stored'; readonly isDuplicate: boolean }
  | { readonly kind: 'events'; readonly accepted: number; readonly duplicates: number; readonly rejected: readonly RejectedEvent[] };

/** Headers that are kept with a delivery: what tells topic, id and time of it; never a signature or a credential. */
const KEPT: ReadonlySet<string> = new Set([
  'content-type', 'user-agent', 'webhook-id', 'webhook-timestamp', 'x-timestamp',
  ...['topic', 'shop-domain', 'webhook-id', 'event-id', 'api-version', 'triggered-at'].map((name) => `x-shopify-${name}`),
]);

function keptHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of Object.keys(headers)) {
    const value = headers[name];
    if (value && (KEPT.has(name) || name.startsWith('ce-'))) kept[name] = value.slice(0, 500);
  }
  return kept;
}

/** Sources hang up after 5 s (Shopify); who is told 503 before that knows more than who heard nothing. Milliseconds. */
const ANSWER_WITHIN_MS = 3_500;

/** Genuine? Then durable. What is inside is nobody's business here, except that the generic feed answers per event. */
export class AcceptWebhook {
  constructor(
    private readonly intake: Intake,
    private readonly clock: Clock,
    private readonly answerWithinMs = ANSWER_WITHIN_MS,
  ) {}

  async accept(webhook: Webhook): Promise<WebhookAnswer> {
    const { connection, topic, headers, body } = webhook;
    const delivery = { connection: connection.name, topic, headers, body };
    const verdict = connectorOf(connection.kind).verify(delivery, connection.secrets.signing, this.clock.now());
    if (!verdict.genuine) return { kind: 'forged', reason: verdict.reason };
    const kept = { connection: connection.name, topic, headers: keptHeaders(headers) };
    if (connection.kind === 'events') return this.acceptEvents(kept, splitEvents(body));
    const [stored] = await this.store([{ ...kept, body, keys: verdict.deliveryKeys }]);
    return { kind: 'stored', isDuplicate: stored?.outcome !== 'stored' };
  }

  /** @throws CannotStore `slow` when nobody knows in time. What is under way goes on: nothing is lost by telling the sender to repeat it. */
  private store(deliveries: readonly NewDelivery[]): Promise<Accepted[]> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new CannotStore('slow')), this.answerWithinMs);
      this.intake.accept(deliveries).then(resolve, reject).finally(() => clearTimeout(late));
    });
  }

  private async acceptEvents(kept: Pick<NewDelivery, 'connection' | 'topic' | 'headers'>, items: readonly FeedItem[]): Promise<WebhookAnswer> {
    const stored = await this.store(items.map((item) => ({ ...kept, ...deliveryOf(item) })));
    const rejected = items.flatMap((item, i) => {
      const error = item.error ?? (stored[i]?.outcome === 'reused' ? 'an event with this source and id and other content was received before' : undefined);
      return error === undefined ? [] : [{ index: item.index, id: item.id, error }];
    });
    const valid = stored.filter((_, i) => items[i]?.error === null);
    const count = (outcome: Accepted['outcome']): number => valid.filter((a) => a.outcome === outcome).length;
    return { kind: 'events', accepted: count('stored'), duplicates: count('duplicate'), rejected };
  }
}

/** A rejected event is kept as a dead letter, once however often it is sent. */
export function deliveryOf(item: FeedItem): Pick<NewDelivery, 'body' | 'checked' | 'keys' | 'content' | 'dead'> {
  if (item.error !== null) return { body: item.body, keys: [`rejected ${item.contentHash}`], dead: { cause: 'rejected', detail: item.id ? `${item.id}: ${item.error}` : item.error } };
  return { body: item.body, checked: item.checked, keys: [item.deliveryKey ?? item.contentHash], content: item.contentHash };
}
