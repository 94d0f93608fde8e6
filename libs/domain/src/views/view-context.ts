import type { Policy } from '../exceptions/rule.js';
import type { HeardFact } from '../exceptions/rehearse.js';
import type { Instant } from '../shared/time.js';
import type { StatusMap } from '../status-map/status-map.js';

/** A stored fact with what only the screen needs: when it reached us and in which delivery. */
export interface ToldFact extends HeardFact {
  readonly inboxId: string | null;
}

/** What a view is given besides the state; the domain reads no clock. */
export interface ViewContext {
  readonly now: Instant;
  readonly policy: Policy;
  readonly statusMap: StatusMap;
  /** Connections that are silent right now, and since when. */
  readonly silences: Readonly<Record<string, Instant>>;
  /** Connection name → how people call it. */
  readonly labels: Readonly<Record<string, string>>;
}

/** `neutral` is nothing to look at, `amber` wants a look, `red` is broken, `green` is done. */
export type CardTone = 'neutral' | 'amber' | 'red' | 'green';

const KNOWN: Readonly<Record<string, string>> = { shopify: 'Shopify', easypost: 'EasyPost', events: 'Order feed', orderwatch: 'Orderwatch' };

/** A source as people call it; its connection name where nobody named it. */
export function sourceInWords(source: string, labels: Readonly<Record<string, string>>): string {
  return labels[source] ?? KNOWN[source] ?? source;
}
