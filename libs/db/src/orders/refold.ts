import { applyFact, comparePositions, foldOrder, packState, positionOf, unpackState, type FoldConfig, type OrderState } from '@orderwatch/domain';
import type { EventRow } from './incoming.js';
import type { StoredOrder } from './order-rows.js';

/** An order's state, with the facts that were heard of before they are said to have happened. */
export interface Folded {
  readonly state: OrderState;
  /** As it is stored; equal states have equal texts. */
  readonly stateText: string;
  readonly early: Readonly<Record<string, number>>;
  /** When the newest fact was known. */
  readonly lastReceivedAt: number | null;
  /** Parcels of the stored state that are none of the order's any more. */
  readonly goneParcels: readonly string[];
}

function earlyOf(rows: readonly EventRow[], before: Readonly<Record<string, number>> = {}): Readonly<Record<string, number>> {
  const fresh = rows.filter(({ fact, receivedAt }) => receivedAt < fact.at);
  if (fresh.length === 0) return before;
  const early: Record<string, number> = { ...before };
  for (const { fact, receivedAt } of fresh) early[fact.id] = receivedAt;
  return Object.fromEntries(Object.entries(early).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function newest(rows: readonly EventRow[], before: number | null): number | null {
  return rows.reduce<number | null>((latest, row) => (latest === null || row.receivedAt > latest ? row.receivedAt : latest), before);
}

/** From all facts. */
export function foldAll(orderId: string, history: readonly EventRow[], config: FoldConfig, stored?: StoredOrder): Folded {
  const state = foldOrder(orderId, history.map((row) => row.fact), config);
  const goneParcels = stored ? Object.keys(unpackState(stored.stateText).parcels).filter((id) => !Object.hasOwn(state.parcels, id)) : [];
  return { state, stateText: packState(state), early: earlyOf(history), lastReceivedAt: newest(history, null), goneParcels };
}

/** From the stored state and what is new; undefined when only all facts give the right answer. */
export function foldOn(stored: StoredOrder, added: readonly EventRow[], config: FoldConfig): Folded | undefined {
  let state: OrderState | undefined = unpackState(stored.stateText);
  if (added.length === 0 && state.mapVersion !== config.statusMap.version) return undefined;
  const sorted = [...added].sort((a, b) => comparePositions(positionOf(a.fact), positionOf(b.fact)));
  for (const { fact } of sorted) {
    state = applyFact(state, fact, config);
    if (!state) return undefined;
  }
  const stateText = added.length === 0 ? stored.stateText : packState(state);
  return { state, stateText, early: earlyOf(added, stored.early), lastReceivedAt: newest(added, stored.lastReceivedAt), goneParcels: [] };
}
