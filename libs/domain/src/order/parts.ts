import type { FulfilmentState, OrderState, ParcelState, Said } from './state.js';

/** A part of an order: a line, or the whole order when it has no lines. */
export interface Part {
  /** Line id; null = the order as a whole. */
  readonly lineId: string | null;
  /** The line's own promise, when it has one. */
  readonly promisedBy: string | null;
  readonly parcels: readonly ParcelState[];
  readonly isDelivered: boolean;
}

/** Fulfilments that nobody cancelled. */
export function liveFulfilments(state: OrderState): FulfilmentState[] {
  return Object.values(state.fulfilments).filter((f) => !f.cancelled);
}

/** Parcels of a fulfilment whose label was not voided. */
export function parcelsOf(state: OrderState, fulfilment: FulfilmentState): ParcelState[] {
  return fulfilment.parcels.map((id) => state.parcels[id]).filter((p) => p !== undefined).filter((p) => p.status?.value !== 'cancelled');
}

/**
 * The order's parts (contract, section 7): a line is delivered when every parcel of every uncancelled fulfilment that carries it is;
 * a fulfilment that names no lines carries all; an order without lines needs an uncancelled fulfilment or parcel, and all of them delivered.
 */
export function partsOf(state: OrderState): readonly Part[] {
  if (last?.state !== state || last.facts !== state.facts) last = { state, facts: state.facts, parts: readParts(state) };
  return last.parts;
}

/**
 * Rules and columns ask for the parts of the same state one after the other; each fact that is applied counts it up. One only: what a
 * long-lived WeakMap holds survives every collection of the young generation.
 */
let last: { readonly state: OrderState; readonly facts: number; readonly parts: readonly Part[] } | undefined;

function readParts(state: OrderState): Part[] {
  const live = liveFulfilments(state);
  if (state.lines.length === 0) return [wholeOf(state, live)];
  return state.lines.map((line) => partOf(state, line.id, line.promisedBy ?? null, live.filter((f) => f.lines === null || f.lines.includes(line.id))));
}

function partOf(state: OrderState, lineId: string | null, promisedBy: string | null, carriers: readonly FulfilmentState[]): Part {
  const perFulfilment = carriers.map((f) => parcelsOf(state, f));
  const parcels = [...new Set(perFulfilment.flat())];
  const isDelivered = carriers.length > 0 && perFulfilment.every((ps) => ps.length > 0 && ps.every((p) => p.delivered !== null));
  return { lineId, promisedBy, parcels, isDelivered };
}

/** An order without lines: parcels that no fulfilment names are parts of it as well. */
function wholeOf(state: OrderState, live: readonly FulfilmentState[]): Part {
  const named = new Set(Object.values(state.fulfilments).flatMap((f) => f.parcels));
  const loose = Object.values(state.parcels).filter((p) => !named.has(p.id) && p.status?.value !== 'cancelled');
  const ofFulfilments = partOf(state, null, null, live);
  if (loose.length === 0) return ofFulfilments;
  return { ...ofFulfilments, parcels: [...ofFulfilments.parcels, ...loose], isDelivered: (live.length === 0 || ofFulfilments.isDelivered) && loose.every((p) => p.delivered !== null) };
}

/** The latest of several mentions. */
export function latest(said: readonly (Said | null)[]): Said | null {
  let last: Said | null = null;
  for (const one of said) if (one && (!last || one.at > last.at)) last = one;
  return last;
}
