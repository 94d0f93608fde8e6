import type { z } from 'zod';
import type { Delivery, Mapped } from '../connector.js';
import { readJson } from '../json.js';
import { eventFacts, fulfilmentFacts, orderFacts, refundFacts, type Said } from './facts.js';
import { fulfilmentEventSchema, fulfilmentSchema, orderSchema, refundSchema } from './schema.js';
import { shapeOf, shapeOfTopic, unwrap, type Shape } from './topics.js';

const READERS: Readonly<Record<Shape, { readonly schema: z.ZodType; readonly facts: (value: never, connection: string) => Said }>> = {
  order: { schema: orderSchema, facts: orderFacts },
  fulfillment: { schema: fulfilmentSchema, facts: fulfilmentFacts },
  fulfillment_event: { schema: fulfilmentEventSchema, facts: eventFacts },
  refund: { schema: refundSchema, facts: refundFacts },
};

/** A Shopify webhook → dated facts. The topic is a hint; the body's own fields say what it is. */
export function mapShopify(delivery: Delivery): Mapped {
  const topic = delivery.topic ?? delivery.headers['x-shopify-topic'];
  const hinted = topic === undefined ? undefined : shapeOfTopic(topic);
  if (topic !== undefined && hinted === undefined) return { outcome: 'not_used', reason: `topic ${topic}` };
  const read = readJson(delivery.body);
  if (!read.ok) return { outcome: 'dead', cause: 'not_json', detail: read.error };
  const said: Said = { facts: [], customers: [] };
  for (const value of unwrap(read.value)) {
    const shape = shapeOf(value) ?? hinted;
    if (!shape) return { outcome: 'not_used', reason: 'no topic, and nothing we read in it' };
    const parsed = READERS[shape].schema.safeParse(value);
    if (!parsed.success) {
      const what = parsed.error.issues.slice(0, 3).map((i) => `${i.path.join('.') || shape} ${i.message}`).join('; ');
      return { outcome: 'dead', cause: 'does_not_fit', detail: `The body is no ${shape}: ${what}` };
    }
    const more = READERS[shape].facts(parsed.data as never, delivery.connection);
    if (more.problem) return { outcome: 'dead', cause: 'does_not_fit', detail: more.problem };
    said.facts.push(...more.facts);
    said.customers.push(...more.customers);
  }
  if (said.facts.length === 0 && hinted === undefined) return { outcome: 'not_used', reason: 'nothing we read in it' };
  return { outcome: 'understood', facts: said.facts, customers: said.customers };
}
