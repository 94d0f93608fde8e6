import type { z } from 'zod';
import { compiled } from '../compiled.js';
import type { Delivery, Mapped } from '../connector.js';
import { readJson } from '../json.js';
import { eventFacts, fulfilmentFacts, orderFacts, refundFacts, type Said } from './facts.js';
import { fulfilmentEventSchema, fulfilmentSchema, orderSchema, refundSchema } from './schema.js';
import { isLookalike, shapeOf, shapeOfTopic, unwrap, type Shape } from './topics.js';

const READERS: Readonly<Record<Shape, { readonly schema: z.ZodType; readonly facts: (value: never, connection: string) => Said }>> = {
  order: { schema: compiled(orderSchema), facts: orderFacts },
  fulfillment: { schema: compiled(fulfilmentSchema), facts: fulfilmentFacts },
  fulfillment_event: { schema: compiled(fulfilmentEventSchema), facts: eventFacts },
  refund: { schema: compiled(refundSchema), facts: refundFacts },
};

type OfOne = Said | { readonly unknown: true } | { readonly misfit: string };

/** The topic as the path or the (unsigned) header names it; an empty one names nothing. */
export function topicOf(delivery: Delivery): string | undefined {
  return delivery.topic || delivery.headers['x-shopify-topic'] || undefined;
}

/** A Shopify webhook → dated facts. The topic is not signed: it is a hint, and the body's own fields say what it is. */
export function mapShopify(delivery: Delivery): Mapped {
  const topic = topicOf(delivery);
  const hinted = topic === undefined ? undefined : shapeOfTopic(topic);
  if (topic !== undefined && isLookalike(topic)) return { outcome: 'not_used', reason: `topic ${topic}` };
  const read = readJson(delivery.body);
  if (!read.ok) return { outcome: 'dead', cause: 'not_json', detail: read.error };
  const said: Said = { facts: [], customers: [] };
  let understood = 0;
  for (const value of unwrap(read.value)) {
    const one = readOne(value, hinted, delivery.connection);
    if ('unknown' in one) continue;
    if ('misfit' in one) return { outcome: 'dead', cause: 'does_not_fit', detail: one.misfit };
    understood += 1;
    said.facts.push(...one.facts);
    said.customers.push(...one.customers);
  }
  if (understood > 0) return { outcome: 'understood', facts: said.facts, customers: said.customers };
  if (hinted) return { outcome: 'dead', cause: 'does_not_fit', detail: `The body is no ${hinted}: there is nothing in it.` };
  return { outcome: 'not_used', reason: topic === undefined ? 'no topic, and nothing we read in it' : `topic ${topic}` };
}

function readOne(value: unknown, hinted: Shape | undefined, connection: string): OfOne {
  const shape = shapeOf(value) ?? hinted;
  if (!shape) return { unknown: true };
  const parsed = READERS[shape].schema.safeParse(value);
  if (!parsed.success) {
    const what = parsed.error.issues.slice(0, 3).map((i) => `${i.path.join('.') || shape} ${i.message}`).join('; ');
    return { misfit: `The body is no ${shape}: ${what}` };
  }
  const said = READERS[shape].facts(parsed.data as never, connection);
  return said.problem ? { misfit: said.problem } : said;
}
