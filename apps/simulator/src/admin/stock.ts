import { createHash } from 'node:crypto';
import { longId } from '../shared/random.js';
import type { ShopBooks, ShopLine } from './shop-books.js';

/** Pieces of an article at the most, when the demo begins. */
const MOST = 24;

/** The article's own id at the shop. */
export function variantIdOf(sku: string): string {
  return longId('variant', sku);
}

/** The article of that id, as some order has it. */
export function articleOf(books: ShopBooks, variantId: string): Pick<ShopLine, 'title' | 'sku'> | undefined {
  for (const order of books.all()) {
    const line = order.lines.find(({ sku }) => sku !== null && variantIdOf(sku) === variantId);
    if (line) return line;
  }
  return undefined;
}

/** Pieces that can be sold: so many to begin with, by its name alone, less what was sent again since. Like at a shop that sells on, it may fall below nothing. */
export function stockOf(books: ShopBooks, sku: string): number {
  const before = createHash('sha256').update(sku).digest().readUInt16LE(0) % (MOST + 1);
  const sent = books.all().filter((order) => order.sourceName === 'orderwatch').flatMap((order) => order.lines).reduce((sum, line) => (line.sku === sku ? sum + line.quantity : sum), 0);
  return before - sent;
}
