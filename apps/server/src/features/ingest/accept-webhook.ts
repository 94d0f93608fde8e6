import { connectorOf, splitEvents, type FeedItem } from '@orderwatch/connectors';
import type { Accepted, Clock, Connection, Intake, NewDelivery } from '@orderwatch/db';

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
const KEPT = /^(content-type|user-agent|webhook-id|webhook-timestamp|x-shopify-(topic|shop-domain|webhook-id|event-id|api-version|triggered-at)|x-timestamp|ce-.*)$/;

function keptHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => KEPT.test(name)).map(([name, value]) => [name, value.slice(0, 500)]));
}

/** Genuine? Then durable. What is inside is nobody's business here, except that the generic feed answers per event. */
export class AcceptWebhook {
  constructor(
    private readonly intake: Intake,
    private readonly clock: Clock,
  ) {}

  async accept(webhook: Webhook): Promise<WebhookAnswer> {
    const { connection, topic, headers, body } = webhook;
    const delivery = { connection: connection.name, topic, headers, body };
    const verdict = connectorOf(connection.kind).verify(delivery, connection.secrets.signing, this.clock.now());
    if (!verdict.genuine) return { kind: 'forged', reason: verdict.reason };
    const kept = { connection: connection.name, topic, headers: keptHeaders(headers) };
    if (connection.kind === 'events') return this.acceptEvents(kept, splitEvents(body));
    const [stored] = await this.intake.accept([{ ...kept, body, keys: verdict.deliveryKeys }]);
    return { kind: 'stored', isDuplicate: stored?.outcome !== 'stored' };
  }

  private async acceptEvents(kept: Pick<NewDelivery, 'connection' | 'topic' | 'headers'>, items: readonly FeedItem[]): Promise<WebhookAnswer> {
    const stored = await this.intake.accept(items.map((item) => ({ ...kept, ...deliveryOf(item) })));
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
export function deliveryOf(item: FeedItem): Pick<NewDelivery, 'body' | 'keys' | 'content' | 'dead'> {
  if (item.error !== null) return { body: item.body, keys: [`rejected ${item.contentHash}`], dead: { cause: 'rejected', detail: item.id ? `${item.id}: ${item.error}` : item.error } };
  return { body: item.body, keys: [item.deliveryKey ?? item.contentHash], content: item.contentHash };
}
